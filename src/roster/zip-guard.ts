/**
 * Says how large an XLSX file unpacks before anything is unpacked: a small archive can hold gigabytes, and the workbook reader
 * trusts the sizes declared in the directory, so those are what must be summed.
 */
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 0xffff;
const ZIP64 = 0xffffffff;
const STORED = 0;
/** An empty deflated entry takes two bytes; more data with a declared size of nothing is a lie. */
const EMPTY_DEFLATED = 2;

/** Sum of the unpacked sizes in bytes; null when the archive is broken, too odd or lies about a size. */
export function unpackedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let n = 0; n < entries; n += 1) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) return null;
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    if (packed === ZIP64 || unpacked === ZIP64) return null;
    const sizeHidden = (view.getUint16(at + 8, true) & 8) !== 0 && packed === 0;
    if (method !== STORED && unpacked === 0 && (packed > EMPTY_DEFLATED || sizeHidden)) return null;
    total += Math.max(packed, unpacked);
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}
