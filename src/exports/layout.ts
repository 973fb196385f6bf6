/** Small helpers for sheets that are printed. */
import type { CellLook, SheetCell } from './workbook.ts';

export const cell = (value: string | number | null, look: CellLook = 'body', span?: SheetCell['span']): SheetCell =>
  span === undefined ? { value, look } : { value, look, span };

/** One cell across the whole width. */
export const line = (text: string, look: CellLook, columns: number): SheetCell[] => [cell(text, look, { columns })];

/** A decimal string as a number that keeps its two digits in print; a withheld one as a dash. */
export const mark = (value: string | null | undefined, hidden: string): SheetCell =>
  value === null || value === undefined ? cell(hidden) : cell(Number(value), 'mark');

/** Labels spread over the width, each with room to sign. */
export function signatures(labels: readonly string[], columns: number): (SheetCell | null)[] {
  const width = Math.floor(columns / labels.length);
  const row: (SheetCell | null)[] = Array.from({ length: columns }, () => null);
  for (const [n, label] of labels.entries()) {
    const last = n === labels.length - 1;
    row[n * width] = cell(label, 'note', { columns: last ? columns - n * width : width });
  }
  return row;
}
