/** Reads a roster file, CSV or XLSX, into rows of named cells with their row numbers. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Translate } from '../i18n.ts';
import { columnNamed } from './columns.ts';
import { decodeText } from './decode.ts';
import { NO_COLUMN, type Problem, shown } from './problem.ts';
import { readXlsxRows } from './read-xlsx.ts';
import { unpackedSize } from './zip-guard.ts';

export interface TableRow<C extends string> {
  /** Row of the table, the header being row 1. */
  row: number;
  /** Trimmed text; empty where the cell is. */
  cells: Readonly<Record<C, string>>;
}
export type TableResult<C extends string> = { ok: true; rows: TableRow<C>[] } | { ok: false; problems: Problem[] };

const MB = 1024 * 1024;
export const MAX_FILE_MB = 20;
export const MAX_UNPACKED_MB = 160;
export const MAX_ROWS = 200_000;
const DELIMITERS = [',', '\t', ';', '，'] as const;

type Grid = { ok: true; grid: string[][] } | { ok: false; row: number; reason: string };

/**
 * Reads a whole file. Header cells must name exactly `columns`, in any order, in English or by a known Chinese name.
 * @param file name used in problems.
 */
export async function readTable<C extends string>(
  file: string,
  bytes: Uint8Array,
  columns: readonly C[],
  t: Translate,
): Promise<TableResult<C>> {
  const read = await readGrid(bytes, columns, t);
  if (!read.ok) return { ok: false, problems: [{ file, row: read.row, column: NO_COLUMN, reason: read.reason }] };
  return nameColumns(file, read.grid, columns, t);
}

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

async function readGrid(bytes: Uint8Array, columns: readonly string[], t: Translate): Promise<Grid> {
  const fail = (reason: string, row = 1): Grid => ({ ok: false, row, reason });
  if (bytes.byteLength > MAX_FILE_MB * MB)
    return fail(t('roster.file_too_big', { have: Math.ceil(bytes.byteLength / MB), max: MAX_FILE_MB }));
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return fail(t('roster.file_old_xls'));
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) {
    const size = unpackedSize(bytes);
    if (size === null) return fail(t('roster.file_not_xlsx'));
    if (size > MAX_UNPACKED_MB * MB) return fail(t('roster.file_unpacked_too_big', { max: MAX_UNPACKED_MB }));
    const grid = await readXlsxRows(bytes, MAX_ROWS + 2);
    if (!grid) return fail(t('roster.file_not_xlsx'));
    return limitRows(grid, columns, t);
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok)
    return decoded.why === 'damaged' ? fail(t('roster.file_damaged'), decoded.line) : fail(t('roster.file_not_text'));
  const parsed = parseCsv(decoded.text);
  return Array.isArray(parsed) ? limitRows(parsed, columns, t) : fail(t('roster.quote_broken'), parsed.row);
}

function limitRows(grid: string[][], columns: readonly string[], t: Translate): Grid {
  if (grid.every(isBlank))
    return { ok: false, row: 1, reason: t('roster.file_empty', { allowed: columns.join(', ') }) };
  if (grid.length > MAX_ROWS + 1)
    return { ok: false, row: MAX_ROWS + 2, reason: t('roster.too_many_rows', { max: MAX_ROWS }) };
  return { ok: true, grid };
}

/** Rows are records, as a spreadsheet shows them: a line break inside quotes does not start a new one. */
function parseCsv(text: string): string[][] | { row: number } {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    if (error instanceof CsvError) return { row: Number(error['records'] ?? 0) + 1 };
    throw error;
  }
}

/** The separator seen most often in the first line: cells further down may hold the others (roles are a `;` list). */
function delimiterOf(text: string): string {
  const header = text.slice(0, 4096).split(/[\r\n]/, 1)[0] ?? '';
  let best: string = DELIMITERS[0];
  for (const candidate of DELIMITERS) if (header.split(candidate).length > header.split(best).length) best = candidate;
  return best;
}

const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');

function nameColumns<C extends string>(
  file: string,
  grid: readonly string[][],
  columns: readonly C[],
  t: Translate,
): TableResult<C> {
  const problems: Problem[] = [];
  const allowed = columns.join(', ');
  const places = new Map<C, number>();
  const header = grid[0] ?? [];
  const unnamed: number[] = [];
  for (const [at, cell] of header.entries()) {
    const name = cell.trim();
    const column = columnNamed(name, columns);
    const fail = (reason: string) => problems.push({ file, row: 1, column: shown(name), reason });
    if (name === '') unnamed.push(at);
    else if (column === null) fail(t('roster.column_unknown', { value: shown(name), allowed }));
    else if (places.has(column)) fail(t('roster.column_twice', { value: shown(name) }));
    else places.set(column, at);
  }
  for (const column of columns) {
    if (!places.has(column))
      problems.push({ file, row: 1, column, reason: t('roster.column_missing', { value: column, allowed }) });
  }
  if (problems.length > 0) return { ok: false, problems };

  const rows: TableRow<C>[] = [];
  for (const [index, line] of grid.entries()) {
    if (index === 0 || isBlank(line)) continue;
    const row = index + 1;
    for (const [at, cell] of line.entries()) {
      if (cell.trim() === '') continue;
      if (unnamed.includes(at))
        problems.push({ file, row, column: String(at + 1), reason: t('roster.column_unnamed', { allowed }) });
      else if (at >= header.length)
        problems.push({ file, row, column: String(at + 1), reason: t('roster.extra_cell', { value: shown(cell) }) });
    }
    rows.push({ row, cells: cellsOf(line, columns, places) });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, rows };
}

function cellsOf<C extends string>(line: readonly string[], columns: readonly C[], places: ReadonlyMap<C, number>) {
  const cells = columns.map((column) => [column, (line[places.get(column) ?? -1] ?? '').trim()] as const);
  return Object.fromEntries(cells) as Record<C, string>; // every column has been found in the header
}
