/**
 * Uploads that can be sent again (platform/dingtalk.md §3.5): a file for thirty people is one upload, each of which counts towards the
 * month. How long an id is good is not documented; when one is refused, `drop` it and upload again.
 */
import { createHash } from 'node:crypto';
import type { Outcome } from './api.ts';
import type { DingTalkClient } from './client.ts';

/** A message to many is out within this time. Own choice. */
const KEPT_MS = 3_600_000;
/** Ids, not files; the oldest goes first. */
const KEPT = 200;

export interface Media {
  type: 'file' | 'image';
  name: string;
  bytes: Uint8Array;
}
type Uploaded = Outcome<{ mediaId: string }>;
export interface MediaCache {
  /** The upload of a file, perhaps one that is under way or over. A failed one is not kept. */
  upload(media: Media): Promise<Uploaded>;
  /** That id is no longer good. */
  drop(mediaId: string): void;
}

/** @param now Unix ms */
export function createMediaCache({ upload }: Pick<DingTalkClient, 'upload'>, now: () => number): MediaCache {
  const kept = new Map<string, { at: number; mediaId: string | null; result: Promise<Uploaded> }>();

  return {
    upload({ type, name, bytes }) {
      const key = createHash('sha256').update(`${type}\n${name}\n`).update(bytes).digest('base64');
      const before = kept.get(key);
      if (before !== undefined && now() - before.at < KEPT_MS) return before.result;
      const mine = { at: now(), mediaId: null as string | null, result: upload(type, name, bytes) };
      kept.delete(key); // an old one would keep its place in the order
      kept.set(key, mine);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      void mine.result.then((result) => {
        if (result.ok) mine.mediaId = result.value.mediaId;
        else if (kept.get(key) === mine) kept.delete(key);
      });
      return mine.result;
    },
    drop(mediaId) {
      for (const [key, one] of kept) if (one.mediaId === mediaId) kept.delete(key);
    },
  };
}
