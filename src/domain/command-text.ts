/** Reads what people type: `/word arguments` or `／词 参数`, with whatever spaces their keyboard makes. */

export interface CommandText {
  /** Lower case, without the slash. */
  name: string;
  args: readonly string[];
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '「': '」', '『': '』' };
/** Invisible characters that chat clients put around mentions. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/** No command takes as much; the rest of a message that long is nothing anybody means. Characters. */
export const COMMAND_MAX = 500;

/** Splits at white space (ideographic and no-break spaces too); a quoted part is one argument, an unclosed quote is a letter. */
function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let started = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const end = QUOTES[char] === undefined || started ? -1 : text.indexOf(QUOTES[char], i + 1);
    if (end > 0) {
      found.push(text.slice(i + 1, end));
      i = end;
    } else if (/\s/.test(char)) {
      if (started) found.push(word);
      [word, started] = ['', false];
    } else {
      word += char;
      started = true;
    }
  }
  if (started) found.push(word);
  return found;
}

/** @returns null when the text is not a command; a lone slash is a command without a name. */
export function readCommand(text: string): CommandText | null {
  const clean = text.replace(INVISIBLE, '').trim();
  if (!/^[/／]/.test(clean)) return null;
  const [name = '', ...args] = words(clean.slice(1, COMMAND_MAX).replace(/[：；，]/g, ' '));
  return { name: name.normalize('NFKC').toLowerCase(), args: args.map((arg) => arg.normalize('NFKC')) };
}
