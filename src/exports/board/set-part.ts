/** Setting one part of a board: its title on every page, and under it groups of rows that are kept together. */
import type { BoardFile, BoardGroup, BoardPart, BoardRow, Piece } from './content.ts';
import { type Line, printable, setLines } from './lines.ts';
import { FOOT, LINE, MM, type Page, paperOf } from './marks.ts';
import { Pen } from './pen.ts';
import type { TypeCase, Weight } from './type-case.ts';

// In units of the type size.
const TITLE = 2.2;
const TITLE_AGAIN = 1.25;
const SUBTITLE = 1.15;
const NAME = 1.3;
const NOTE = 0.85;
const PAD = 0.5;
const GAP = 0.6;
/** Room kept free for the foot. */
const FOOT_LINES = 3;

interface Measured {
  row: BoardRow;
  cells: readonly Line<Piece>[][];
  /** With what it repeats of the row above, and without. */
  lines: number;
  ownLines: number;
}
const weightOf = ({ look }: Piece): Weight => (look === 'plain' || look === 'soft' ? 'regular' : 'bold');

export class PartSetter {
  /** More pages were needed than allowed. */
  full = false;
  readonly #pen: Pen;
  readonly #part: BoardPart;
  /** Added to a name whose rows go on. */
  readonly #continued: string;
  /** The type size, points. */
  readonly #s: number;
  readonly #most: number;
  readonly #left: number;
  readonly #width: number;
  readonly #bottom: number;
  readonly #columns: readonly { x: number; width: number }[];
  /** Where rows begin on a page that goes on. */
  #top = 0;
  /** Nothing stands below the head of this page yet. */
  #fresh = true;

  /** @param scale of the template's type size @param most pages; where more are needed it stops */
  constructor(part: BoardPart, file: BoardFile, type: TypeCase, scale: number, most: number) {
    const { style } = file;
    const paper = paperOf(style);
    this.#part = part;
    this.#continued = file.words.continued;
    this.#s = style.text_size * scale;
    this.#pen = new Pen(type, style.colours, this.#s);
    this.#most = most;
    this.#left = style.margin_mm * MM;
    this.#width = paper.width - 2 * this.#left;
    this.#bottom = paper.height - this.#left - FOOT_LINES * FOOT * style.text_size * LINE;
    const share = part.columns.reduce((sum, column) => sum + column.width, 0);
    let x = this.#left;
    this.#columns = part.columns.map((column) => {
      const width = (column.width / share) * this.#width;
      x += width;
      return { x: x - width, width };
    });
  }

  get pages(): Page[] {
    return this.#pen.pages;
  }
  /** A word was broken, as no line could hold it. */
  get broken(): boolean {
    return this.#pen.broken;
  }

  set(): this {
    const { groups, empty } = this.#part;
    this.#top = this.#heightOfHead();
    this.#head();
    if (groups.length === 0) {
      this.#pen.y += PAD * this.#s;
      this.#pen.paragraph(empty, this.#left + PAD * this.#s, this.#width, this.#pen.ink('soft', 'regular'));
    }
    for (const group of groups) if (!this.full) this.#group(group);
    return this;
  }

  /** Set once for nothing: the head of a page that goes on is lower than that of the first. */
  #heightOfHead(): number {
    const { title, subtitle } = this.#part;
    this.#titles(title, subtitle, false);
    const bottom = this.#pen.y;
    this.#pen.broken = false;
    return bottom;
  }
  #head(): void {
    if (this.pages.length === this.#most) {
      this.full = true;
      return;
    }
    const { title, subtitle } = this.#part;
    const first = this.pages.length === 0;
    this.pages.push(first ? { marks: [], begins: printable(title) } : { marks: [] });
    this.#titles(title, subtitle, first);
    this.#fresh = true;
  }
  #titles(title: string, subtitle: string, first: boolean): void {
    const pad = PAD * this.#s;
    const band = this.#pen.box(this.#left, this.#left, this.#width, 0, 'accent');
    this.#pen.y = this.#left + pad;
    const room = this.#width - 4 * pad;
    this.#pen.paragraph(
      title,
      this.#left + 2 * pad,
      room,
      this.#pen.ink('on_accent', 'bold', first ? TITLE : TITLE_AGAIN),
      true,
    );
    if (first)
      this.#pen.paragraph(subtitle, this.#left + 2 * pad, room, this.#pen.ink('on_accent', 'regular', SUBTITLE), true);
    band.height = this.#pen.y + pad - this.#left;
    this.#pen.y += pad;
    const headings = this.#pen.box(this.#left, this.#pen.y, this.#width, 0, 'band');
    const top = this.#pen.y + pad / 2;
    let lowest = top;
    for (const [n, { heading }] of this.#part.columns.entries()) {
      this.#pen.y = top;
      const { x, width } = this.#columns[n] ?? { x: this.#left, width: this.#width };
      this.#pen.paragraph(heading, x + pad, width - 2 * pad, this.#pen.ink('accent', 'bold'));
      lowest = Math.max(lowest, this.#pen.y);
    }
    this.#pen.y = lowest + pad / 2;
    headings.height = this.#pen.y - headings.y;
  }

  #measure(row: BoardRow): Measured {
    const of = (text: string, piece: Piece) => this.#pen.width(text, weightOf(piece));
    const cells = row.cells.map((cell, n) =>
      setLines(cell, { width: (this.#columns[n]?.width ?? 0) / this.#s - 2 * PAD, gap: 1, of, broke: this.#pen.broke }),
    );
    const highest = (some: typeof cells): number => Math.max(1, ...some.map((cell) => cell.length));
    return { row, cells, lines: highest(cells), ownLines: highest(cells.filter((_, n) => !row.repeats.includes(n))) };
  }
  #rowHeight(lines: number): number {
    return (lines * LINE + 2 * PAD) * this.#s;
  }
  #nameHeight(name: string | null, notes: readonly string[] = []): number {
    if (name === null) return 0;
    const lines = this.#pen.wrap(name, this.#pen.ink('text', 'bold', NAME), this.#width - 2 * this.#s).length;
    const ink = this.#pen.ink('soft', 'regular', NOTE);
    const below = notes.reduce((sum, note) => sum + this.#pen.wrap(note, ink, this.#width - 2 * this.#s).length, 0);
    return (lines * LINE * NAME + below * LINE * NOTE + PAD) * this.#s;
  }

  #name(name: string | null, notes: readonly string[] = []): void {
    if (name === null) return;
    const pad = PAD * this.#s;
    const height = this.#nameHeight(name, notes);
    const top = this.#pen.y;
    this.#pen.box(this.#left, top + pad / 2, 0.3 * this.#s, height - pad, 'accent');
    this.#pen.y += pad / 2;
    this.#pen.paragraph(name, this.#left + this.#s, this.#width - 2 * this.#s, this.#pen.ink('text', 'bold', NAME));
    for (const note of notes)
      this.#pen.paragraph(
        note,
        this.#left + this.#s,
        this.#width - 2 * this.#s,
        this.#pen.ink('soft', 'regular', NOTE),
      );
    this.#pen.y = top + height;
    this.#pen.box(this.#left, this.#pen.y - 0.5, this.#width, 1, 'accent');
  }

  /** Lines `from` to `to` of a row. @param again whether it says what the row above said as well */
  #row({ row, cells }: Measured, from: number, to: number, again: boolean): void {
    const top = this.#pen.y + PAD * this.#s;
    for (const [n, cell] of cells.entries()) {
      if (!again && row.repeats.includes(n)) continue;
      const left = (this.#columns[n]?.x ?? this.#left) + PAD * this.#s;
      for (const [i, line] of cell.slice(from, to).entries())
        for (const { text, x, piece } of line) {
          const colour = piece.look === 'plain' || piece.look === 'strong' ? 'text' : piece.look;
          this.#pen.write(
            text.trimEnd(),
            left + x * this.#s,
            top + i * LINE * this.#s,
            this.#pen.ink(colour, weightOf(piece)),
          );
        }
    }
    this.#pen.y += this.#rowHeight(to - from);
    this.#fresh = false;
    this.#pen.box(this.#left, this.#pen.y - 0.25, this.#width, 0.5, 'line');
  }

  #group({ name, notes, rows }: BoardGroup): void {
    const measured = rows.map((row) => this.#measure(row));
    const gap = this.#fresh || name === null ? 0 : GAP * this.#s;
    const least = gap + this.#nameHeight(name, notes) + this.#rowHeight(measured[0]?.lines ?? 1);
    const heights = measured.map((row, n) => this.#rowHeight(n === 0 ? row.lines : row.ownLines));
    const whole = gap + this.#nameHeight(name, notes) + heights.reduce((sum, height) => sum + height, 0);
    const room = this.#bottom - this.#pen.y;
    // Kept together where a page can hold it, and never begun with its name alone.
    if (whole > room && (whole <= this.#bottom - this.#top || least > room) && !this.#fresh) this.#head();
    else this.#pen.y += gap;
    this.#name(name, notes);
    let first = true;
    for (const row of measured) {
      let lines = first ? row.lines : row.ownLines;
      for (let from = 0; from < lines && !this.full; ) {
        const fits = Math.floor((this.#bottom - this.#pen.y) / (LINE * this.#s) - (2 * PAD) / LINE);
        const left = lines - from;
        // A row is broken only where no page can hold it.
        if (fits >= left || first) {
          const to = from + Math.max(1, Math.min(left, fits));
          this.#row(row, from, to, first);
          from = to;
          first = false;
        } else {
          this.#head();
          this.#name(name === null ? null : name + this.#continued);
          first = true;
          if (from === 0) lines = row.lines;
        }
      }
    }
  }
}
