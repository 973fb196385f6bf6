/** What the benchmark reports: one figure a row, and whether it met its target. */
import { z } from 'zod';

export const figureSchema = z.strictObject({
  suite: z.string(),
  name: z.string(),
  /** A rate, a time or a size, in `unit`. */
  figure: z.number(),
  unit: z.string(),
  /** What it was measured against in the same run, with that one's figure in the same unit; null for a figure that stands alone. */
  against: z.strictObject({ name: z.string(), figure: z.number() }).nullable(),
  /** Median over the rounds of figure / against, pair by pair. */
  ratio: z.number().nullable(),
  /** Null: only for information. `ratio` targets judge the ratio, `figure` targets the figure. */
  target: z
    .strictObject({ of: z.enum(['figure', 'ratio']), is: z.enum(['at least', 'at most']), value: z.number() })
    .nullable(),
  met: z.boolean().nullable(),
  note: z.string(),
});
export type Figure = z.infer<typeof figureSchema>;

export const benchSchema = z.strictObject({
  /** ISO time of the start. */
  at: z.string(),
  node: z.string(),
  cpus: z.int(),
  /** Small sizes: shows that it runs; the figures say nothing. */
  quick: z.boolean(),
  figures: z.array(figureSchema),
});
export type Bench = z.infer<typeof benchSchema>;

type Draft = Pick<Figure, 'suite' | 'name' | 'figure' | 'unit'> &
  Partial<Pick<Figure, 'against' | 'ratio' | 'target' | 'note'>>;

/** A row with its verdict. */
export function figure({ against = null, ratio = null, target = null, note = '', ...draft }: Draft): Figure {
  const value = target?.of === 'ratio' ? ratio : draft.figure;
  const met =
    target === null || value === null ? null : target.is === 'at least' ? value >= target.value : value <= target.value;
  return { ...draft, against, ratio, target, met, note };
}

export const atLeast = (of: 'figure' | 'ratio', value: number): Figure['target'] => ({ of, is: 'at least', value });
export const atMost = (of: 'figure' | 'ratio', value: number): Figure['target'] => ({ of, is: 'at most', value });

const show = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
const HEAD = ['figure', '', 'unit', 'against', 'ratio', 'target', 'met'] as const;

/** The table for people: a line a figure, notes below. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((it) => [
    it.name,
    show(it.figure),
    it.unit,
    it.against === null ? '' : `${it.against.name}: ${show(it.against.figure)}`,
    it.ratio === null ? '' : show(it.ratio),
    it.target === null
      ? ''
      : `${it.target.is === 'at least' ? '≥' : '≤'} ${show(it.target.value)}${it.target.of === 'ratio' ? ' ×' : ''}`,
    it.met === null ? '' : it.met ? 'yes' : 'NO',
  ]);
  const all = [[...HEAD], ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const notes = figures.filter(({ note }) => note !== '').map(({ name, note }) => `  ${name}: ${note}`);
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}
