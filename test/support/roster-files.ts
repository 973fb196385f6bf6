/** Small valid roster files that tests change one thing in. */
import { writeXlsx } from 'hucre/xlsx';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from '../../src/roster/columns.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const BRANCH_ROWS = [
  ['D1', '天枢片区', 'G01', '第1四互小组', 'U1', '晴川处', 'B001', '晴川第一党支部'],
  ['D1', '天枢片区', 'G01', '第1四互小组', 'U1', '晴川处', 'B002', '晴川第二党支部'],
  ['D2', '天璇片区', '', '', 'U2', '远山处', 'B003', '远山党支部'],
];
export const PEOPLE_ROWS = [
  ['E0001', '霁夏至', '16100000001', 'B001', 'full', 'secretary', '', '', ''],
  ['E0002', '棠冬至', '+85261234567', 'B001', 'full', 'leader;liaison:D1', 'ou_demo_b', '', 'en'],
  ['E0003', '霞芒种', '', 'B001', 'colleague', '', '', 'ding3', 'zh-CN'],
  ['E0004', '澜小雪', '16100000004', 'B002', 'probationary', '', '', '', ''],
  ['E0005', '荷新月', '16100000005', 'B003', 'full', 'secretary;leading_group', '', '', ''],
];
export const csv = (head: readonly string[], rows: readonly (readonly string[])[], delimiter = ','): string =>
  `${[head, ...rows].map((row) => row.join(delimiter)).join('\r\n')}\r\n`;

export const branchesCsv = (rows: readonly (readonly string[])[] = BRANCH_ROWS): string => csv(BRANCH_COLUMNS, rows);
export const peopleCsv = (rows: readonly (readonly string[])[] = PEOPLE_ROWS): string => csv(PEOPLE_COLUMNS, rows);

/** The rows with one cell replaced; `row` is the row of the table, the header being 1. */
export function withCell<T extends readonly string[]>(
  rows: readonly T[],
  row: number,
  column: number,
  value: string,
): string[][] {
  return rows.map((cells, index) => cells.map((cell, at) => (index === row - 2 && at === column ? value : cell)));
}

export const xlsx = (rows: readonly (readonly (string | number | Date | null)[])[]): Promise<Uint8Array> =>
  writeXlsx({ sheets: [{ name: 'Sheet1', rows: rows.map((row) => [...row]) }] });
