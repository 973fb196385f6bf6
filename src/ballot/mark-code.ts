import type { Mark } from '../domain/marks.ts';

/** A row holds one mark for each of the ten stars. */
export const MARKS_PER_ROW = 10;
const DONT_KNOW = 11;

/** A mark as a number that fits four bits: 0–10, or 11 for 不了解. */
export const encodeMark = (mark: Mark): number => (mark === 'x' ? DONT_KNOW : mark);

/** The mark of a code, or null when no mark has it. */
export function decodeMark(code: number): Mark | null {
  if (code === DONT_KNOW) return 'x';
  return Number.isInteger(code) && code >= 0 && code <= 10 ? code : null;
}
