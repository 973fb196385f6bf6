/** Files: upload, then a message that names it (platform/dingtalk.md §3.5). */
import type { Recipient, SendResult } from '../platform.ts';
import type { Outcome } from './api.ts';
import type { DingTalkClient, RobotMessage } from './client.ts';
import { FILE_MAX_BYTES, FILE_TYPES, IMAGE_MAX_BYTES } from './limits.ts';
import { zipOne } from './zip.ts';

const IMAGES: readonly string[] = ['png', 'jpg', 'jpeg', 'gif', 'bmp'];
const TOO_LARGE: SendResult = { ok: false, reason: 'too_large', code: 'file size' };
/** Kept of messages whose outcome is not known; more than can wait at once. */
const REMEMBERED = 1_000;

export interface SentFile {
  name: string;
  bytes: Uint8Array;
}
export interface FileSender {
  send(to: Recipient, file: SentFile, idempotencyKey: string): Promise<SendResult>;
}

/**
 * Robot messages have no idempotency key. When the answer to one is lost it may have arrived, so it is tried once more and then given
 * up: at most one copy too many.
 */
export function createFileSender(client: DingTalkClient): FileSender {
  const doubtful = new Set<string>();

  async function deliver(to: Recipient, message: RobotMessage): Promise<Outcome<string>> {
    if (to.kind === 'chat') return client.sendToGroup(to.chatId, message);
    const results = await client.sendToPeople([to.userId], message);
    return results.get(to.userId) ?? { ok: false, reason: 'unreachable', code: 'unknown answer', uncertain: true };
  }

  return {
    async send(to, file, key) {
      const { name, bytes, type, extension } = acceptable(file);
      if (bytes.byteLength > (type === 'image' ? IMAGE_MAX_BYTES : FILE_MAX_BYTES)) return TOO_LARGE;
      const media = await client.upload(type, name, bytes);
      if (!media.ok) return plain(media);
      const { mediaId } = media.value;
      const outcome = await deliver(
        to,
        type === 'image'
          ? { msgKey: 'sampleImageMsg', msgParam: { photoURL: mediaId } }
          : { msgKey: 'sampleFile', msgParam: { mediaId, fileName: name, fileType: extension } },
      );
      if (outcome.ok) return { ok: true, messageId: outcome.value };
      if (outcome.uncertain) {
        if (doubtful.delete(key)) return { ok: false, reason: 'bad_request', code: 'outcome unknown' };
        if (doubtful.size >= REMEMBERED) doubtful.clear();
        doubtful.add(key);
      }
      return plain(outcome);
    },
  };
}

/** The file as it is, or inside a zip where DingTalk would refuse its type (parity rule `file_as_zip`). */
export function acceptable({ name, bytes }: SentFile): SentFile & { type: 'file' | 'image'; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  if (IMAGES.includes(extension)) return { name, bytes, type: 'image', extension };
  if (FILE_TYPES.includes(extension)) return { name, bytes, type: 'file', extension };
  return {
    name: `${dot === -1 ? name : name.slice(0, dot)}.zip`,
    bytes: zipOne(name, bytes),
    type: 'file',
    extension: 'zip',
  };
}

const plain = ({ reason, code, retryAfterMs }: Exclude<Outcome<unknown>, { ok: true }>): SendResult => ({
  ok: false,
  reason,
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
