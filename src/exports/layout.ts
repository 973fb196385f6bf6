/** Small helpers for sheets that are printed. */
import type { CellLook, SheetCell } from './workbook.ts';

export const cell = (value: string | number | null, look: CellLook = 'body', span?: SheetCell['span']): SheetCell =>
  span === undefined ? { value, look } : { value, look, span };

/** One cell across the whole width. */
export const line = (text: string, look: CellLook, columns: number): SheetCell[] => [cell(text, look, { columns })];

/** A decimal string as a number that keeps its two digits in print; a withheld one as a dash. */
export const mark = (value: string | null | undefined, hidden: string): SheetCell =>
  value === null || value === undefined ? cell(hidden) : cell(Number(value), 'mark');

/** Labels spread over the sheet in parts of about the same width, each with room to sign. `widths` are those of the columns. */
export function signatures(labels: readonly string[], widths: readonly number[]): (SheetCell | null)[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const startOf = (part: number): number => {
    let before = 0;
    const found = widths.findIndex((width) => {
      if (before >= (part * total) / labels.length) return true;
      before += width;
      return false;
    });
    return found === -1 ? widths.length - 1 : found;
  };
  const row: (SheetCell | null)[] = widths.map(() => null);
  for (const [n, label] of labels.entries()) {
    const start = startOf(n);
    const end = n === labels.length - 1 ? widths.length : startOf(n + 1);
    row[start] = cell(label, 'sign', { columns: Math.max(1, end - start) });
  }
  return row;
}
