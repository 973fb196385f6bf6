/** A plain table, ready to print: title, a line about it, heads that are repeated on every page, rows. */
import { cell, line } from './layout.ts';
import type { CellLook, PrintSheet, SheetCell } from './workbook.ts';

export interface Column {
  head: string;
  /** In characters. */
  width: number;
  /** `text`: to the left, for sentences; in the middle when absent. */
  look?: Extract<CellLook, 'text' | 'mark'>;
}
export interface TableOrder {
  name: string;
  title: string;
  about: string;
  columns: readonly Column[];
  /** A cell of its own where it stretches over others; null under one that does. */
  rows: readonly (readonly (string | number | null | SheetCell)[])[];
  /** Said where there are no rows. */
  empty: string;
  footer: string;
  landscape?: boolean;
}
const isCell = (value: string | number | null | SheetCell): value is SheetCell =>
  typeof value === 'object' && value !== null;

export function tableSheet({
  name,
  title,
  about,
  columns,
  rows,
  empty,
  footer,
  landscape = true,
}: TableOrder): PrintSheet {
  const across = columns.length;
  return {
    name,
    widths: columns.map(({ width }) => width),
    landscape,
    repeat: { from: 1, to: 3 },
    footer,
    rows: [
      line(title, 'title', across),
      line(about, 'subtitle', across),
      columns.map(({ head }) => cell(head, 'head')),
      ...(rows.length === 0
        ? [line(empty, 'note', across)]
        : rows.map((row) => row.map((value, i) => (isCell(value) ? value : cell(value, columns[i]?.look ?? 'body'))))),
    ],
  };
}
