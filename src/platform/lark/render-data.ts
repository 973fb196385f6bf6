/** Tables and charts. Each is one element; their contents are data, not elements. */
import type { Block, Column } from '../../card.ts';
import type { LarkElement } from './element.ts';
import { TABLE_MAX_PAGE_SIZE } from './limits.ts';

type Table = Extract<Block, { kind: 'table' }>;
type Chart = Extract<Block, { kind: 'chart' }>;

const MAX_PRECISION = 4;
/** From here on the first column stays in view while the others are moved sideways. */
const WIDE_COLUMNS = 4;

export function renderTable({ columns, rows, pageSize }: Table): LarkElement[] {
  if (columns.length === 0) return [];
  return [
    {
      tag: 'table',
      page_size: Math.min(Math.max(Math.trunc(pageSize), 1), TABLE_MAX_PAGE_SIZE),
      row_height: 'low',
      ...(columns.length >= WIDE_COLUMNS ? { freeze_first_column: true } : {}),
      header_style: { background_style: 'grey', bold: true, lines: 1 },
      columns: columns.map((column) => renderColumn(column, rows)),
      // Only declared columns: one key more and the platform refuses the card (200915).
      rows: rows.map((row) => Object.fromEntries(columns.flatMap(({ key }) => cell(key, row[key])))),
    },
  ];
}

const cell = (key: string, value: string | number | undefined): [string, string | number][] =>
  value === undefined ? [] : [[key, value]];

/** Numbers keep the decimals they come with; a number column with a word in it ("—") is text, or the platform refuses it (200914). */
function renderColumn({ key, label, kind }: Column, rows: Table['rows']): Record<string, unknown> {
  const values = rows.flatMap((row) => row[key] ?? []);
  const numbers = values.filter((value) => typeof value === 'number');
  const isNumber = kind === 'number' && numbers.length === values.length;
  return {
    name: key,
    display_name: label,
    data_type: isNumber ? 'number' : 'text',
    ...(isNumber ? { format: { precision: Math.max(0, ...numbers.map(decimals)) } } : {}),
    ...(kind === 'number' ? { horizontal_align: 'right' } : {}),
  };
}

function decimals(value: number): number {
  const [, fraction = ''] = value.toFixed(MAX_PRECISION).replace(/0+$/, '').split('.');
  return fraction.length;
}

/** VChart with its oldest properties only: clients carry very different versions of it (platform/lark.md §3.7). */
export function renderChart({ chart, points }: Chart): LarkElement[] {
  if (points.length === 0) return [];
  const grouped = points.some(({ series }) => series !== undefined);
  const values = points.map(({ label, value, series }) => ({
    label,
    value,
    ...(grouped ? { series: series ?? '' } : {}),
  }));
  return [
    {
      tag: 'chart',
      aspect_ratio: chart === 'radar' ? '1:1' : '16:9',
      color_theme: 'brand',
      chart_spec: {
        type: chart,
        data: { values },
        ...axes(chart, grouped),
        ...(grouped ? { seriesField: 'series', legends: { visible: true } } : {}),
        ...(chart === 'bar' ? { label: { visible: true } } : {}),
      },
    },
  ];
}

function axes(chart: Chart['chart'], grouped: boolean): Record<string, unknown> {
  switch (chart) {
    case 'radar':
      return { categoryField: 'label', valueField: 'value' };
    case 'line':
      return { xField: 'label', yField: 'value' };
    case 'bar':
      return { xField: grouped ? ['label', 'series'] : 'label', yField: 'value' };
  }
}
