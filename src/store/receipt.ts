/** The published receipts of a closed ballot: sorted, so their order says nothing about the order of voting. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const codeRow = z.object({ code: z.string() });
const reviewRow = z.object({ review: z.string() });

/** Writes the whole list at the close. */
export async function insertReceipts(tx: Writer, review: string, codes: readonly string[]): Promise<void> {
  await tx.run('INSERT INTO receipt (review, code) SELECT ?, value FROM json_each(?)', [
    review,
    JSON.stringify(codes.toSorted()),
  ]);
}
export const receiptsOf = async (h: Reader, review: string): Promise<string[]> =>
  (await h.all(codeRow, 'SELECT code FROM receipt WHERE review = ? ORDER BY code', [review])).map((row) => row.code);

/** `code` as `normaliseReceipt` writes it. */
export const hasReceipt = async (h: Reader, review: string, code: string): Promise<boolean> =>
  (await h.get(codeRow, 'SELECT code FROM receipt WHERE review = ? AND code = ?', [review, code])) !== null;

/** Reviews that counted a ballot with this receipt: none or one, but for a coincidence of one in a billion. */
export const reviewsWithReceipt = async (h: Reader, code: string): Promise<string[]> =>
  (await h.all(reviewRow, 'SELECT review FROM receipt WHERE code = ? ORDER BY review', [code])).map(
    (row) => row.review,
  );
