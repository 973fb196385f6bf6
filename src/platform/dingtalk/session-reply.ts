/**
 * Answers by the address that came with a message (platform/dingtalk.md §3.3): the only way to somebody whose user id DingTalk keeps
 * back. The signature of a push does not cover its body, so the address is taken only where it leads to DingTalk's own interface;
 * whoever replays a push must not make this server call another.
 */
import type { DingTalkConfig } from './config.ts';
import { callApi } from './http.ts';

export interface ReplyAddress {
  url: string;
  /** Unix ms; absent when the message did not say. */
  until?: number;
  /** The conversation it leads to. */
  chat: string;
}

const HOSTS: readonly string[] = ['https://oapi.dingtalk.com', 'https://api.dingtalk.com'];
const PATH = '/robot/sendBySession';
const TIMEOUT_MS = 10_000;
/** An address about to run out is not tried. */
const MARGIN_MS = 5_000;
/** One sentence a conversation in this time, however much is written. */
const QUIET_MS = 60_000;

type Bases = Pick<DingTalkConfig, 'apiBase' | 'oapiBase'>;

/** The address if it is DingTalk's way to answer a message, or the emulator's that is configured in its place; else null. */
export function trustedReplyUrl(address: string, { apiBase, oapiBase }: Bases): string | null {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '' || url.pathname !== PATH) return null;
  const ours = [apiBase, oapiBase].map((base) => URL.parse(base)?.origin);
  return HOSTS.includes(url.origin) || ours.includes(url.origin) ? url.href : null;
}

export interface SessionReply {
  /** Resolves when it is said or has failed; a failure is nobody's to hear. */
  say(to: ReplyAddress, sentence: string): Promise<void>;
}

/** @param count called for each answer, which DingTalk counts like a push */
export function createSessionReply(
  bases: Bases,
  { now, count }: { now: () => number; count: () => void },
): SessionReply {
  const quietUntil = new Map<string, number>();
  return {
    async say({ url: address, until, chat }, sentence) {
      const at = now();
      for (const [old, end] of quietUntil) if (end <= at) quietUntil.delete(old);
      const url = trustedReplyUrl(address, bases);
      if (url === null || (until !== undefined && until - MARGIN_MS <= at) || quietUntil.has(chat)) return;
      quietUntil.set(chat, at + QUIET_MS);
      count();
      await callApi({
        method: 'POST',
        url,
        json: { msgtype: 'text', text: { content: sentence } },
        timeoutMs: TIMEOUT_MS,
      });
    },
  };
}
