/** The sealed boxes: one fixed-size blob a review while people vote (`urn`), one for a recount afterwards (`recount`). */
import { z } from 'zod';
import { reviewStateSchema } from '../domain/review.ts';
import type { Reader, Writer } from './db.ts';

const blob = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer));
const boxRow = z.object({ box: blob });
const reviewRow = z.object({ review: z.string() });

export async function insertUrn(tx: Writer, review: string, box: Uint8Array): Promise<void> {
  await tx.run('INSERT INTO urn (review, box) VALUES (?, ?)', [review, box]);
}
export const findUrn = async (h: Reader, review: string): Promise<Uint8Array | null> =>
  (await h.get(boxRow, 'SELECT box FROM urn WHERE review = ?', [review]))?.box ?? null;

export async function deleteUrn(tx: Writer, review: string): Promise<void> {
  await tx.run('DELETE FROM urn WHERE review = ?', [review]);
}
/** Reviews whose working key is still needed. */
export const reviewsWithUrn = async (h: Reader): Promise<string[]> =>
  (await h.all(reviewRow, 'SELECT review FROM urn')).map((row) => row.review);

/** What casting must know of a review; `until` is the end of the window, Unix ms. */
const pollRow = z.object({
  review: z.string(),
  state: reviewStateSchema,
  rollNo: z.int(),
  until: z.int().nullable(),
  box: blob.nullable(),
});
export type Poll = z.infer<typeof pollRow>;
const POLLS = `SELECT r.id AS review, r.state, r.roll_no AS rollNo, r.ballot_until AS until, u.box
  FROM review r LEFT JOIN urn u ON u.review = r.id WHERE r.id IN (SELECT value FROM json_each(?))`;
export const pollsOf = (h: Reader, reviews: readonly string[]): Promise<Poll[]> =>
  h.all(pollRow, POLLS, [JSON.stringify(reviews)]);

export interface SealedBox {
  review: string;
  box: Uint8Array;
}
// One statement for all boxes of a group: they travel as one blob, and the JSON says where each of them lies in it.
const REPLACE = `UPDATE urn SET box = substr(?1, part.value->>1, part.value->>2) FROM json_each(?2) AS part WHERE urn.review = part.value->>0`;

/** Replaces the boxes of a group. @returns how many there were to replace. */
export function replaceUrns(tx: Writer, boxes: readonly SealedBox[]): Promise<number> {
  let at = 1; // substr counts from 1
  const parts = boxes.map(({ review, box }) => {
    const part = [review, at, box.length];
    at += box.length;
    return part;
  });
  return tx.run(REPLACE, [Buffer.concat(boxes.map(({ box }) => box)), JSON.stringify(parts)]);
}

export async function insertRecount(tx: Writer, review: string, box: Uint8Array): Promise<void> {
  await tx.run('INSERT INTO recount (review, box) VALUES (?, ?)', [review, box]);
}
export const findRecount = async (h: Reader, review: string): Promise<Uint8Array | null> =>
  (await h.get(boxRow, 'SELECT box FROM recount WHERE review = ?', [review]))?.box ?? null;

/** @returns false when there was none. */
export const deleteRecount = async (tx: Writer, review: string): Promise<boolean> =>
  (await tx.run('DELETE FROM recount WHERE review = ?', [review])) > 0;

/** Reviews whose recount key is still needed. */
export const reviewsWithRecount = async (h: Reader): Promise<string[]> =>
  (await h.all(reviewRow, 'SELECT review FROM recount')).map((row) => row.review);
