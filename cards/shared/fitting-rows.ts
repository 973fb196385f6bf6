/** Rows of a table as long as they fit: a card has a limit of bytes, and names can be long. */
const ROWS_MAX_BYTES = 21_000;
/** Quotation marks of a row, which are escaped once more when the card is put into a message. */
const ESCAPES_BYTES = 10;

/** @returns the first rows that fit on a card beside a few lines of text, and how many do not */
export function fittingRows<R extends object>(rows: readonly R[]): { shown: R[]; left: number } {
  let size = 0;
  const shown: R[] = [];
  for (const row of rows) {
    size += Buffer.byteLength(JSON.stringify(row)) + ESCAPES_BYTES;
    if (size > ROWS_MAX_BYTES) break;
    shown.push(row);
  }
  return { shown, left: rows.length - shown.length };
}
