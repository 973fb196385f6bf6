/** Bytes of a text file to text: UTF-8 first, then GBK, never a silent mix. */

export type Decoded =
  | { ok: true; text: string }
  | { ok: false; why: 'not_text' }
  | { ok: false; why: 'damaged'; line: number };

const REPLACEMENT = '\ufffd';

/**
 * Decodes strictly. A UTF-8 file with a damaged character would also pass as GBK and come out as nonsense names, so a file in
 * which most of the characters beyond ASCII are good UTF-8 is called damaged instead. `line` counts from 1.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strict('utf-16le', bytes) ?? { ok: false, why: 'not_text' };
  if (bytes.includes(0)) return { ok: false, why: 'not_text' };
  const utf8 = strict('utf-8', bytes);
  if (utf8) return utf8;
  const loose = new TextDecoder('utf-8').decode(bytes);
  const bad = loose.split(REPLACEMENT).length - 1;
  const good = loose.replace(/[\0-\x7f\ufffd]/g, '').length;
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (bom || good > bad)
    return { ok: false, why: 'damaged', line: loose.split(REPLACEMENT)[0]?.split('\n').length ?? 1 };
  return strict('gb18030', bytes) ?? { ok: false, why: 'not_text' };
}

function strict(encoding: string, bytes: Uint8Array): Decoded | null {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}
