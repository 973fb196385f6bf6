/** Names of files that people keep: readable, and safe on every system and in every download folder. */

/** Path and shell characters, control characters, and marks that turn the direction of writing around. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|%$`;&]/gu;
/** With an extension at most 240 bytes of UTF-8, which is below every file system's limit. */
const MAX_CHARACTERS = 70;

/** `[晴川第一党支部, 2026年第3季度, 测评汇总表] + xlsx` becomes `晴川第一党支部_2026年第3季度_测评汇总表.xlsx`. The last part is always kept whole. */
export function fileName(parts: readonly string[], extension: string): string {
  const plain = parts
    .map((part) => part.normalize('NFC').replace(UNSAFE, ' ').trim().replace(/\s+/g, '-'))
    .filter(Boolean);
  const last = plain.pop() ?? 'file';
  const room = MAX_CHARACTERS - Array.from(last).length - 1;
  const first = Array.from(plain.join('_')).slice(0, Math.max(0, room)).join('');
  // A name must not begin like a hidden file, an option of a program or a formula.
  return `${
    [first, last]
      .filter(Boolean)
      .join('_')
      .replace(/^[.\-=+@_~]+/, '') || 'file'
  }.${extension}`;
}
