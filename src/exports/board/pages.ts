/** Typesetting of a board: words in, things to draw on pages out. Points from the top left corner; no PDF in here. */
import type { BoardFile, BoardGroup, BoardPart, BoardRow, Piece } from './content.ts';
import { type Line, printable, setLines } from './lines.ts';
import type { Run, TypeCase, Weight } from './type-case.ts';

export type Mark =
  | { kind: 'box'; x: number; y: number; width: number; height: number; colour: string }
  /** `y` is the base line. */
  | { kind: 'text'; x: number; y: number; size: number; colour: string; runs: readonly Run[] };
export interface Page {
  marks: Mark[];
  /** Name of the part that begins here, for the list of contents. */
  begins?: string;
}

const MM = 72 / 25.4;
const PAPER = { A3: [297 * MM, 420 * MM], A4: [210 * MM, 297 * MM] } as const;
/** Tried in this order: the largest type with which a part stands on one page; else the size of the template, on several. */
const SCALES = [1.6, 1.4, 1.2, 1, 0.9, 0.8];

// In units of the type size.
const LINE = 1.45;
const TITLE = 2.2;
const TITLE_AGAIN = 1.25;
const SUBTITLE = 1.15;
const NAME = 1.3;
const FOOT = 0.7;
const PAD = 0.5;
/** Chinese characters stand around this height above the base line. */
const MIDDLE = 0.38;

export function paperOf({ paper, orientation }: BoardFile['style']): { width: number; height: number } {
  const [short, long] = PAPER[paper];
  return orientation === 'landscape' ? { width: long, height: short } : { width: short, height: long };
}

interface Measured {
  row: BoardRow;
  cells: readonly Line<Piece>[][];
  lines: number;
}

interface Setting {
  pages: Page[];
  /** A word had to be broken, as no line could hold it. */
  broken: boolean;
}

function setPart(part: BoardPart, { style, words }: BoardFile, type: TypeCase, scale: number): Setting {
  const { colours } = style;
  const paper = paperOf(style);
  const s = style.text_size * scale;
  const left = style.margin_mm * MM;
  const width = paper.width - 2 * left;
  const lineHeight = LINE * s;
  const bottom = paper.height - left - 2 * FOOT * style.text_size * LINE;
  const share = part.columns.reduce((sum, column) => sum + column.width, 0);
  const columns: { x: number; width: number }[] = [];
  for (const column of part.columns) {
    const before = columns.at(-1);
    columns.push({ x: before === undefined ? left : before.x + before.width, width: (column.width / share) * width });
  }
  const weightOf = (piece: Pick<Piece, 'look'>): Weight =>
    piece.look === 'plain' || piece.look === 'soft' ? 'regular' : 'bold';
  const inkOf = ({ look }: Pick<Piece, 'look'>): string =>
    look === 'accent' ? colours.accent : look === 'soft' ? colours.soft : colours.text;

  const pages: Page[] = [];
  let y = 0;
  let broken = false;
  const broke = (): void => {
    broken = true;
  };
  const draw = (mark: Mark): unknown => pages.at(-1)?.marks.push(mark);
  /** Text in the middle of a line that begins at `top`. */
  const write = (text: string, at: { x: number; top: number; size: number; colour: string; weight: Weight }): void => {
    if (text === '') return;
    const base = at.top + (LINE / 2 + MIDDLE) * at.size;
    draw({ kind: 'text', x: at.x, y: base, size: at.size, colour: at.colour, runs: type.runs(text, at.weight) });
  };
  const wrap = (text: string, size: number, weight: Weight, room: number): string[] =>
    setLines([{ text }], { width: room / size, gap: 0, of: (words) => type.width(words, weight), broke }).map((line) =>
      line.map((placed) => placed.text.trimEnd()).join(''),
    );
  const centred = (text: string, top: number, size: number, weight: Weight): number => {
    const lines = wrap(text, size, weight, width - 2 * s);
    for (const [n, line] of lines.entries())
      write(line, {
        x: left + (width - type.width(line, weight) * size) / 2,
        top: top + n * LINE * size,
        size,
        colour: colours.on_accent,
        weight,
      });
    return lines.length * LINE * size;
  };

  function head(): void {
    const first = pages.length === 0;
    pages.push(first ? { marks: [], begins: printable(part.title) } : { marks: [] });
    const pad = PAD * s;
    const box: Mark = { kind: 'box', x: left, y: left, width, height: 0, colour: colours.accent };
    draw(box);
    y = left + pad;
    y += centred(part.title, y, (first ? TITLE : TITLE_AGAIN) * s, 'bold');
    if (first && part.subtitle !== '') y += centred(part.subtitle, y, SUBTITLE * s, 'regular');
    y += pad;
    box.height = y - left;
    const headings = part.columns.map((column, n) =>
      wrap(column.heading, s, 'bold', (columns[n]?.width ?? 0) - 2 * pad),
    );
    const lines = Math.max(0, ...headings.map((heading) => heading.length));
    draw({ kind: 'box', x: left, y, width, height: lines * lineHeight + pad, colour: colours.band });
    for (const [n, heading] of headings.entries())
      for (const [i, line] of heading.entries())
        write(line, {
          x: (columns[n]?.x ?? left) + pad,
          top: y + pad / 2 + i * lineHeight,
          size: s,
          colour: colours.accent,
          weight: 'bold',
        });
    y += lines * lineHeight + pad;
  }

  const measure = (row: BoardRow): Measured => {
    const cells = row.cells.map((cell, n) =>
      setLines(cell, {
        width: ((columns[n]?.width ?? 0) - 2 * PAD * s) / s,
        gap: 1,
        of: (text, piece) => type.width(text, weightOf(piece)),
        broke,
      }),
    );
    return { row, cells, lines: Math.max(1, ...cells.map((cell) => cell.length)) };
  };
  const heightOf = (lines: number): number => lines * lineHeight + 2 * PAD * s;
  const nameLines = (name: string): string[] => wrap(name, NAME * s, 'bold', width - 3 * s);
  const nameHeight = (name: string | null): number =>
    name === null ? 0 : nameLines(name).length * NAME * lineHeight + PAD * s;

  function drawName(name: string): void {
    const lines = nameLines(name);
    const height = nameHeight(name);
    draw({
      kind: 'box',
      x: left,
      y: y + (PAD * s) / 2,
      width: 0.3 * s,
      height: height - PAD * s,
      colour: colours.accent,
    });
    for (const [n, line] of lines.entries())
      write(line, {
        x: left + s,
        top: y + (PAD * s) / 2 + n * NAME * lineHeight,
        size: NAME * s,
        colour: colours.text,
        weight: 'bold',
      });
    y += height;
    draw({ kind: 'box', x: left, y: y - 0.5, width, height: 1, colour: colours.accent });
  }

  /** Lines `from` to `to` of a row. @param again whether it says what the row above said as well */
  function drawRow({ row, cells }: Measured, from: number, to: number, again: boolean): void {
    for (const [n, cell] of cells.entries()) {
      if (!again && row.repeats.includes(n)) continue;
      for (const [i, line] of cell.slice(from, to).entries())
        for (const { text, x, piece } of line)
          write(text.trimEnd(), {
            x: (columns[n]?.x ?? left) + PAD * s + x * s,
            top: y + PAD * s + i * lineHeight,
            size: s,
            colour: inkOf(piece),
            weight: weightOf(piece),
          });
    }
    y += heightOf(to - from);
    draw({ kind: 'box', x: left, y: y - 0.25, width, height: 0.5, colour: colours.line });
  }

  function drawGroup({ name, rows }: BoardGroup): void {
    const measured = rows.map(measure);
    const gap = y === top() ? 0 : name === null ? 0 : 0.6 * s;
    const start = nameHeight(name) + heightOf(measured[0]?.lines ?? 1);
    const height = nameHeight(name) + measured.reduce((sum, row) => sum + heightOf(row.lines), 0);
    const fresh = bottom - freshTop;
    // Kept together where a page can hold it, and never begun with its name alone.
    if (y + gap + height > bottom && (height <= fresh || y + gap + start > bottom) && y > freshTop) head();
    else y += gap;
    if (name !== null) drawName(name);
    let again = true;
    const turn = (): void => {
      head();
      if (name !== null) drawName(name + words.continued);
      again = true;
    };
    for (const row of measured) {
      let from = 0;
      while (from < row.lines) {
        const room = Math.floor((bottom - y - 2 * PAD * s) / lineHeight);
        const left = row.lines - from;
        const onPage = freshLines(name);
        if (room >= left || (left > onPage && room > 2)) {
          const to = Math.min(row.lines, from + room);
          drawRow(row, from, to, again);
          from = to;
          again = from < row.lines;
        } else turn();
      }
    }
  }
  const top = (): number => freshTop;
  const freshLines = (name: string | null): number =>
    Math.max(3, Math.floor((bottom - freshTop - nameHeight(name) - 2 * PAD * s) / lineHeight));

  // How high the head of a page that goes on is; the first page's is higher.
  head();
  head();
  const freshTop = y;
  pages.length = 0;
  head();
  if (part.groups.length === 0)
    write(part.empty, { x: left + PAD * s, top: y + PAD * s, size: s, colour: colours.soft, weight: 'regular' });
  for (const group of part.groups) drawGroup(group);
  return { pages, broken };
}

/** The foot of every page: who, when, and which of how many. */
function drawFoot(
  pages: readonly { page: Page; part: BoardPart }[],
  { style, words }: BoardFile,
  type: TypeCase,
): void {
  const paper = paperOf(style);
  const left = style.margin_mm * MM;
  const right = paper.width - left;
  const size = FOOT * style.text_size;
  const missing = type.missing();
  for (const [n, { page, part }] of pages.entries()) {
    const y = paper.height - left - 0.3 * size;
    const put = (text: string, x: (width: number) => number, at = y): void => {
      const shown = printable(text);
      if (shown !== '')
        page.marks.push({
          kind: 'text',
          x: x(type.width(shown, 'regular') * size),
          y: at,
          size,
          colour: style.colours.soft,
          runs: type.runs(shown, 'regular'),
        });
    };
    const lost = page.marks.some((mark) => mark.kind === 'text' && mark.runs.some((run) => run.text.includes('〓')));
    page.marks.push({
      kind: 'box',
      x: left,
      y: y - 1.4 * size,
      width: right - left,
      height: 0.5,
      colour: style.colours.line,
    });
    put(part.footer, () => left);
    put(words.stamp, (width) => (paper.width - width) / 2);
    put(words.page.replace('{n}', String(n + 1)).replace('{of}', String(pages.length)), (width) => right - width);
    if (lost) put(words.missing.replace('{codes}', missing.slice(0, 8).join(' ')), () => left, y - 1.9 * size);
  }
}

function bestSetting(part: BoardPart, file: BoardFile, type: TypeCase): Page[] {
  for (const scale of SCALES) {
    const { pages, broken } = setPart(part, file, type, scale);
    if (pages.length === 1 && !(broken && scale > 1)) return pages;
  }
  return setPart(part, file, type, 1).pages;
}

/** All pages of a file. */
export function typeset(file: BoardFile, type: TypeCase): Page[] {
  const pages = file.parts.flatMap((part) => bestSetting(part, file, type).map((page) => ({ page, part })));
  drawFoot(pages, file, type);
  return pages.map(({ page }) => page);
}
