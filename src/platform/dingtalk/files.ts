/** Files: upload, then a message that names it (platform/dingtalk.md §3.5). */
import type { Recipient, SendResult } from '../platform.ts';
import type { DingTalkClient } from './client.ts';
import { FILE_MAX_BYTES, FILE_TYPES, IMAGE_MAX_BYTES } from './limits.ts';
import { plain, type RobotSender } from './robot-sender.ts';
import { zipOne } from './zip.ts';

const IMAGES: readonly string[] = ['png', 'jpg', 'jpeg', 'gif', 'bmp'];
const TOO_LARGE: SendResult = { ok: false, reason: 'too_large', code: 'file size' };

export interface SentFile {
  name: string;
  bytes: Uint8Array;
}
export interface FileSender {
  send(to: Recipient, file: SentFile, idempotencyKey: string): Promise<SendResult>;
}

export function createFileSender(client: DingTalkClient, robot: RobotSender): FileSender {
  return {
    async send(to, file, key) {
      const { name, bytes, type, extension } = acceptable(file);
      if (bytes.byteLength > (type === 'image' ? IMAGE_MAX_BYTES : FILE_MAX_BYTES)) return TOO_LARGE;
      const media = await client.upload(type, name, bytes);
      if (!media.ok) return plain(media);
      const { mediaId } = media.value;
      return robot.send(
        to,
        type === 'image'
          ? { msgKey: 'sampleImageMsg', msgParam: { photoURL: mediaId } }
          : { msgKey: 'sampleFile', msgParam: { mediaId, fileName: name, fileType: extension } },
        key,
      );
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
    name: `${name}.zip`, // the same table as CSV and as JSON makes two zips of two names
    bytes: zipOne(name, bytes),
    type: 'file',
    extension: 'zip',
  };
}
