/** Text as GBK bytes: Node can only decode it, so the table is built by decoding every pair. */
const pairs = new Map<string, [number, number]>();
const decoder = new TextDecoder('gbk');
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if (!pairs.has(character)) pairs.set(character, [lead, trail]);
  }
}

export function gbk(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const pair = pairs.get(character);
      if (pair) return pair;
      const code = character.codePointAt(0) ?? 0;
      if (code > 0x7f) throw new Error(`no GBK code for ${character}`);
      return [code];
    }),
  );
}
