/** Text blocks as lines. Lines are plain text: the template shows them without any markup, so nothing needs escaping. */
import type { Block } from '../../card.ts';
import type { Line } from './card-data.ts';

/** Longest piece of one line: a value of the template holds several. Characters. */
const PIECE_CHARS = 400;
const BAR_CELLS = 10;

export const line = (text: string, k: Line['k'] = 'normal'): Line => ({ t: text, k });

/** Blocks that are nothing but text; null for the others. */
export function linesOf(block: Block): Line[] | null {
  switch (block.kind) {
    case 'text':
      return pieces(block.text).map((text) => line(text, block.tone));
    case 'facts':
      return block.items.flatMap(({ label, value }) => pieces(labelled(label, value)).map((text) => line(text)));
    case 'list':
      return block.items.flatMap((item) => pieces(`• ${item}`).map((text) => line(text)));
    case 'divider':
      return [line('', 'rule')];
    case 'progress':
      return [line(`${block.label} ${bar(block.done, block.of)} ${block.done}/${block.of}`)];
    case 'table':
    case 'chart':
    case 'form':
    case 'buttons':
      return null;
  }
}

/** With the colon of the label's script. */
export const labelled = (label: string, value: string): string =>
  `${label}${/[\u2e80-\uffff]/.test(label) ? '：' : ': '}${value}`;

/** One piece a line, long lines in several; never inside a surrogate pair. */
export function pieces(text: string): string[] {
  return text.split(/\r\n?|\n/).flatMap((row) => {
    const characters = Array.from(row);
    if (characters.length <= PIECE_CHARS) return row.trim() === '' ? [] : [row];
    return Array.from({ length: Math.ceil(characters.length / PIECE_CHARS) }, (_, index) =>
      characters.slice(index * PIECE_CHARS, (index + 1) * PIECE_CHARS).join(''),
    );
  });
}

/** Full only when everything is done, empty only when nothing is. */
export function bar(done: number, of: number): string {
  const share = of > 0 ? Math.min(Math.max(done / of, 0), 1) : 0;
  const full =
    share > 0 && share < 1 ? Math.min(Math.max(Math.round(share * BAR_CELLS), 1), BAR_CELLS - 1) : share * BAR_CELLS;
  return '▓'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}
