/** Tables and charts. */
import type { Block } from '../../card.ts';
import type { DataChart, DataTable, Line } from './card-data.ts';
import { TABLE_MAX_ROWS, VALUE_MAX_BYTES } from './limits.ts';
import { bar, line } from './text-lines.ts';

type Table = Extract<Block, { kind: 'table' }>;
type Chart = Extract<Block, { kind: 'chart' }>;

const CELL_CHARS = 120;
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** One table, or several where one would be too large (parity rule `table_in_parts`). */
export function renderTable({ columns, rows }: Table): DataTable[] {
  if (columns.length === 0) return [];
  // Short aliases: each stands in every row.
  const alias = (index: number) => index.toString(36);
  const meta = columns.map(({ label, kind }, index) => ({
    alias: alias(index),
    aliasName: label,
    dataType: 'STRING' as const,
    weight: kind === 'number' ? 1 : 2,
  }));
  const data = rows.map((row) =>
    Object.fromEntries(
      columns.flatMap(({ key }, index) => (row[key] === undefined ? [] : [[alias(index), cut(String(row[key]))]])),
    ),
  );
  const parts: DataTable[] = [];
  const room = VALUE_MAX_BYTES - bytesOf({ meta, data: [] });
  let part: DataTable['data'] = [];
  let used = 0;
  for (const row of data) {
    const bytes = bytesOf(row) + 1;
    if (part.length > 0 && (part.length === TABLE_MAX_ROWS || used + bytes > room)) {
      parts.push({ meta, data: part });
      [part, used] = [[], 0];
    }
    part.push(row);
    used += bytes;
  }
  return [...parts, { meta, data: part }];
}

const cut = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= CELL_CHARS ? text : `${characters.slice(0, CELL_CHARS - 1).join('')}…`;
};

const TYPES = { bar: 'histogram', line: 'lineChart', radar: 'histogram' } as const; // parity rule `radar_as_bars`

/** A chart, or lines where it would be too large (parity rule `chart_as_lines`). */
export function renderChart({ chart, points }: Chart): { chart: DataChart } | { lines: Line[] } {
  const data = points.map(({ label, value, series }) => ({
    x: label,
    y: value,
    ...(series === undefined ? {} : { type: series }),
  }));
  const rendered: DataChart = { type: TYPES[chart], data, config: {} };
  if (points.length > 0 && bytesOf(rendered) <= VALUE_MAX_BYTES) return { chart: rendered };
  const most = Math.max(1, ...points.map(({ value }) => value));
  return {
    lines: points.map(({ label, value, series }) =>
      line(`${label}${series === undefined ? '' : ` ${series}`} ${bar(value, most)} ${value}`),
    ),
  };
}
