/** Puts boxes and text on the newest page, from its top down. */
import type { BoardFile } from './content.ts';
import { setLines } from './lines.ts';
import { type Box, type Ink, LINE, type Page, wordsAt } from './marks.ts';
import type { TypeCase, Weight } from './type-case.ts';

type Colours = BoardFile['style']['colours'];

export class Pen {
  readonly pages: Page[] = [];
  /** How far down the page. */
  y = 0;
  /** A word was broken, as no line could hold it. */
  broken = false;
  readonly #type: TypeCase;
  readonly #colours: Colours;
  readonly #size: number;

  /** @param size of plain text, points */
  constructor(type: TypeCase, colours: Colours, size: number) {
    this.#type = type;
    this.#colours = colours;
    this.#size = size;
  }

  ink(colour: keyof Colours, weight: Weight, scale = 1): Ink {
    return { size: this.#size * scale, colour: this.#colours[colour], weight };
  }
  /** In units of the type size. */
  width(text: string, weight: Weight): number {
    return this.#type.width(text, weight);
  }
  readonly broke = (): void => {
    this.broken = true;
  };

  /** @returns the box, whose height may be set when what stands on it is written */
  box(x: number, y: number, width: number, height: number, colour: keyof Colours): Box {
    const box: Box = { kind: 'box', x, y, width, height, colour: this.#colours[colour] };
    this.pages.at(-1)?.marks.push(box);
    return box;
  }
  /** One line that begins at `top`. */
  write(text: string, x: number, top: number, ink: Ink): void {
    if (text !== '') this.pages.at(-1)?.marks.push(wordsAt(this.#type, text, x, top, ink));
  }
  wrap(text: string, { size, weight }: Ink, room: number): string[] {
    const of = (words: string) => this.width(words, weight);
    return setLines([{ text }], { width: room / size, gap: 0, of, broke: this.broke }).map((line) =>
      line.map((placed) => placed.text.trimEnd()).join(''),
    );
  }
  /** Lines from here on down. @param centred in the width they have */
  paragraph(text: string, x: number, room: number, ink: Ink, centred = false): void {
    for (const line of this.wrap(text, ink, room)) {
      const indent = centred ? (room - this.width(line, ink.weight) * ink.size) / 2 : 0;
      this.write(line, x + indent, this.y, ink);
      this.y += LINE * ink.size;
    }
  }
}
