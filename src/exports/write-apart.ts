import { TenstarError } from '../errors.ts';
import { inThread } from './in-thread.ts';
import { type PrintSheet, writeWorkbook } from './workbook.ts';

/** A branch's workbook takes some 50 ms; a city's more than a second, in which no ballot could be answered. */
const SHEETS_AT_ONCE = 10;
const ROWS_AT_ONCE = 400;

/**
 * Writes a workbook without holding up anything else: a large one in a thread of its own.
 * @throws {TenstarError} `bug` when it cannot be written within the limits of that thread
 */
export async function writeApart(sheets: readonly PrintSheet[], title: string): Promise<Uint8Array> {
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (sheets.length <= SHEETS_AT_ONCE && rows <= ROWS_AT_ONCE) return writeWorkbook(sheets, title);
  const bytes = await inThread({
    module: new URL('./workbook-worker.ts', import.meta.url),
    data: { sheets, title },
    memoryMb: 768,
    timeMs: 60_000,
    what: `A workbook of ${sheets.length} sheets`,
  });
  if (bytes instanceof Uint8Array) return bytes;
  throw new TenstarError('bug', 'The thread that writes workbooks answered something else.');
}
