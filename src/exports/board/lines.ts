/** Breaking text into lines: Chinese between any two characters but for punctuation, everything else between words. */

/** These never begin a line, and those never end one. */
const CLOSES = /^[\p{Pe}\p{Pf}、，。．！？：；…—·～％%,.!?:;)\]}々〻ー]/u;
const OPENS = /[\p{Ps}\p{Pi}（［｛《〈「『【〔“‘([{#￥$]$/u;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef“”‘’…—·]/u;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** Characters as a reader counts them. */
export const characters = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** The parts of a text that are not broken; a space stands at the end of the part before it. */
function unbreakable(text: string): string[] {
  const parts: string[] = [];
  let last = '';
  for (const character of characters(text)) {
    const before = last.at(-1) ?? '';
    const hyphenated = /\p{L}-$/u.test(last) && /^\p{L}/u.test(character);
    const joins =
      last === '' ||
      character === ' ' ||
      CLOSES.test(character) ||
      OPENS.test(last) ||
      (before !== ' ' && !hyphenated && !WIDE.test(before) && !WIDE.test(character));
    if (joins) last += character;
    else {
      parts.push(last);
      last = character;
    }
  }
  return last === '' ? parts : [...parts, last];
}

/**
 * White space of any kind becomes one space; what cannot be seen goes, and so do marks that only choose the shape of a character.
 * Characters of private use stay: some rosters write rare names with them, and a font of one's own may have them.
 */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** A piece of a line: a text, where it starts, and what it came from. */
interface Placed<P> {
  text: string;
  x: number;
  piece: P;
}
export type Line<P> = readonly Placed<P>[];

export interface Measure<P> {
  /** Room for a line. */
  width: number;
  /** Between two pieces on one line. */
  gap: number;
  of: (text: string, piece: P) => number;
  /** Told of a word that had to be broken because no line can hold it. */
  broke: () => void;
}

/** Sets pieces one after another into lines. */
export function setLines<P extends { text: string }>(
  pieces: readonly P[],
  { width, gap, of: measure, broke }: Measure<P>,
): Line<P>[] {
  const lines: Placed<P>[][] = [];
  let line: Placed<P>[] = [];
  let used = 0;
  const turn = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    used = 0;
  };
  const put = (text: string, piece: P, follows: boolean): void => {
    const x = used + (follows || line.length === 0 ? 0 : gap);
    const end = x + measure(text.trimEnd(), piece);
    if (end > width && line.length > 0) {
      turn();
      put(text, piece, false);
    } else if (end > width && characters(text).length > 1) {
      broke();
      for (const [n, character] of characters(text).entries()) put(character, piece, n > 0);
    } else {
      const last = line.at(-1);
      if (follows && last !== undefined && last.piece === piece) last.text += text;
      else line.push({ text, x, piece });
      used = x + measure(text, piece);
    }
  };
  for (const piece of pieces) {
    const text = printable(piece.text);
    if (text === '') continue;
    // A piece is begun only on a line that holds it whole; where none does, on one of its own.
    if (line.length > 0 && used + gap + measure(text, piece) > width) turn();
    for (const [n, part] of unbreakable(text).entries()) put(part, piece, n > 0);
  }
  turn();
  return lines;
}
