/** What stands on a page, in points from the top left corner, and how a text becomes marks. */
import type { BoardFile } from './content.ts';
import type { Run, TypeCase, Weight } from './type-case.ts';

export interface Box {
  kind: 'box';
  x: number;
  y: number;
  width: number;
  height: number;
  colour: string;
}
export interface Words {
  kind: 'text';
  x: number;
  /** The base line. */
  y: number;
  size: number;
  colour: string;
  runs: readonly Run[];
}
export interface Page {
  marks: (Box | Words)[];
  /** Title of the part that begins here, for the list of contents. */
  begins?: string;
}

export const MM = 72 / 25.4;
const PAPER = { A3: [297 * MM, 420 * MM], A4: [210 * MM, 297 * MM] } as const;
export function paperOf({ paper, orientation }: BoardFile['style']): { width: number; height: number } {
  const [short, long] = PAPER[paper];
  return orientation === 'landscape' ? { width: long, height: short } : { width: short, height: long };
}

/** Height of a line, in units of its type size. */
export const LINE = 1.45;
/** Height of the foot's type, in units of the template's. */
export const FOOT = 0.7;
/** Chinese characters stand around this height above the base line. */
const MIDDLE = 0.38;

export interface Ink {
  size: number;
  colour: string;
  weight: Weight;
}
/** A text in the middle of a line that begins at `top`. */
export const wordsAt = (type: TypeCase, text: string, x: number, top: number, ink: Ink): Words => ({
  kind: 'text',
  x,
  y: top + (LINE / 2 + MIDDLE) * ink.size,
  size: ink.size,
  colour: ink.colour,
  runs: type.runs(text, ink.weight),
});
