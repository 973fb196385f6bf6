/** Opens a zip that holds one file as it is, without compression. */
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const HEAD_BYTES = 30;

/** @throws Error when it is no such zip */
export function unzipOne(zip: Uint8Array): { name: string; bytes: Uint8Array } {
  const head = Buffer.from(zip);
  const method = head.readUInt16LE(8);
  if (head.readUInt32LE(0) !== LOCAL || method !== 0) throw new Error('no zip with one file that is not compressed');
  const nameEnd = HEAD_BYTES + head.readUInt16LE(26);
  const start = nameEnd + head.readUInt16LE(28);
  const bytes = zip.slice(start, start + head.readUInt32LE(18));
  if (crc32(bytes) !== head.readUInt32LE(14)) throw new Error('the zip is damaged');
  return { name: head.toString('utf8', HEAD_BYTES, nameEnd), bytes };
}
