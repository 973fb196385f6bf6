/** A zip file of one entry, stored as it is: DingTalk refuses the types it does not know, such as CSV (platform/dingtalk.md §3.5). */
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** File names are UTF-8. */
const UTF8 = 0x0800;
/** 1980-01-01, the earliest date a zip knows: the same file gives the same bytes. */
const DATE = 0x0021;

export function zipOne(name: string, bytes: Uint8Array): Uint8Array {
  const fileName = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(VERSION, 0);
  common.writeUInt16LE(UTF8, 2);
  common.writeUInt16LE(DATE, 8);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.byteLength, 14);
  common.writeUInt32LE(bytes.byteLength, 18);
  common.writeUInt16LE(fileName.byteLength, 22);
  const local = Buffer.concat([uint32(LOCAL), common, fileName, bytes]);
  // Made by, the common part, then comment length, disk, attributes and the offset of the local part, all zero.
  const central = Buffer.concat([uint32(CENTRAL), uint16(VERSION), common, Buffer.alloc(14), fileName]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.byteLength, 8);
  end.writeUInt32LE(local.byteLength, 12);
  return Buffer.concat([local, central, uint32(END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
