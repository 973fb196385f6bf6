/** Files: upload, then a message that names it (platform/dingtalk.md §3.5). */
import type { Recipient, SendResult } from '../platform.ts';
import { plain } from './api.ts';
import type { RobotMessage } from './client.ts';
import type { Deadline } from './deadline.ts';
import { isMediaRefusal } from './errors.ts';
import { FILE_MAX_BYTES, FILE_TYPES, IMAGE_MAX_BYTES } from './limits.ts';
import type { Media, MediaCache } from './media-cache.ts';
import type { RobotSender } from './robot-sender.ts';
import { zipOne } from './zip.ts';

const IMAGES: readonly string[] = ['png', 'jpg', 'jpeg', 'gif', 'bmp'];
const TOO_LARGE: SendResult = { ok: false, reason: 'too_large', code: 'file-size' };

export interface SentFile {
  name: string;
  bytes: Uint8Array;
}
export interface FileSender {
  send(to: Recipient, file: SentFile, idempotencyKey: string, by: Deadline): Promise<SendResult>;
}

/** Of a message's time, what its upload leaves for the message itself. */
const MESSAGE_MS = 8_000;
/** The upload goes on; the next try of the same file waits for it or finds it done. */
const UPLOADING: SendResult = { ok: false, reason: 'in_flight', code: 'uploading' };
/** A fresh upload was not found either: no later try would change that, and each costs calls of the month. */
const NOT_FOUND: SendResult = { ok: false, reason: 'bad_request', code: 'file.resource.not.found' };

export function createFileSender(media: MediaCache, robot: RobotSender): FileSender {
  async function once(to: Recipient, file: Typed, key: string, by: Deadline) {
    const uploaded = await within(media.upload(file), by.leftMs() - MESSAGE_MS);
    if (uploaded === null) return { result: UPLOADING, mediaId: '' };
    if (!uploaded.ok) return { result: plain(uploaded), mediaId: '' };
    const { mediaId } = uploaded.value;
    return { result: await robot.send(to, messageOf(file, mediaId), key, by), mediaId };
  }
  return {
    async send(to, file, key, by) {
      const typed = acceptable(file);
      if (typed.bytes.byteLength > (typed.type === 'image' ? IMAGE_MAX_BYTES : FILE_MAX_BYTES)) return TOO_LARGE;
      const first = await once(to, typed, key, by);
      if (!isMediaRefusal(first.result)) return first.result;
      media.drop(first.mediaId); // several may find out at once: the first of them uploads, the others take that
      const { result } = await once(to, typed, key, by);
      return isMediaRefusal(result) ? NOT_FOUND : result;
    },
  };
}

const messageOf = ({ type, name, extension }: Typed, mediaId: string): RobotMessage =>
  type === 'image'
    ? { msgKey: 'sampleImageMsg', msgParam: { photoURL: mediaId } }
    : { msgKey: 'sampleFile', msgParam: { mediaId, fileName: name, fileType: extension } };

/** Null when it takes longer. */
async function within<T>(result: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, ms));
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Typed = Media & { extension: string };
/** The file as it is, or inside a zip where DingTalk would refuse its type (parity rule `file_as_zip`). */
export function acceptable({ name, bytes }: SentFile): Typed {
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  if (IMAGES.includes(extension)) return { name, bytes, type: 'image', extension };
  if (FILE_TYPES.includes(extension)) return { name, bytes, type: 'file', extension };
  return {
    name: `${name}.zip`, // the same table as CSV and as JSON makes two zips of two names
    bytes: zipOne(name, bytes),
    type: 'file',
    extension: 'zip',
  };
}
