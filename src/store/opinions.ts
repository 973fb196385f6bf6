/**
 * Opinions: who was asked and whether they answered (no times, no link to a remark), the sealed box, how far the branch has got,
 * and the grouped texts with their answers (F3, F7).
 */
import { z } from 'zod';
import { type OpinionState, opinionStateSchema } from '../domain/opinion.ts';
import type { Reader, Writer } from './db.ts';

const roundRow = z.object({
  review: z.string(),
  state: opinionStateSchema,
  /** Unix ms; forms are taken before it. */
  until: z.int(),
  /** Date by which grouped texts should be passed on; null while the round is open. */
  forwardBy: z.string().nullable(),
});
export type OpinionRound = z.infer<typeof roundRow>;
const ROUND = 'SELECT review, state, until, forward_by AS forwardBy FROM opinion_round';

export async function insertRound(tx: Writer, review: string, until: number): Promise<void> {
  await tx.run(`INSERT INTO opinion_round (review, state, until) VALUES (?, 'open', ?)`, [review, until]);
}
export const findRound = (h: Reader, review: string): Promise<OpinionRound | null> =>
  h.get(roundRow, `${ROUND} WHERE review = ?`, [review]);
export const roundsInState = (h: Reader, state: OpinionState): Promise<OpinionRound[]> =>
  h.all(roundRow, `${ROUND} WHERE state = ? ORDER BY review`, [state]);

/** Moves a round on. @returns false when it was not in state `from` any more. */
export const moveRound = async (
  tx: Writer,
  review: string,
  from: OpinionState,
  to: OpinionState,
  forwardBy: string | null,
): Promise<boolean> =>
  (await tx.run('UPDATE opinion_round SET state = ?, forward_by = ? WHERE review = ? AND state = ?', [
    to,
    forwardBy,
    review,
    from,
  ])) > 0;

const reviewRow = z.object({ review: z.string() });
/** Reviews still being prepared that no opinions were gathered for. */
export const reviewsWithoutRound = async (h: Reader): Promise<string[]> =>
  (
    await h.all(
      reviewRow,
      `SELECT id AS review FROM review WHERE state = 'preparing' AND id NOT IN (SELECT review FROM opinion_round) ORDER BY id`,
    )
  ).map((row) => row.review);

// The roll -----------------------------------------------------------------------------------------------------------
export async function insertOpinionRoll(tx: Writer, review: string, people: readonly string[]): Promise<void> {
  await tx.run('INSERT INTO opinion_roll (review, person) SELECT ?, value FROM json_each(?)', [
    review,
    JSON.stringify(people),
  ]);
}
const flagRow = z.object({ given: z.int() });
/** Whether this person has given a form; null: was not asked. */
export async function hasGiven(h: Reader, review: string, person: string): Promise<boolean | null> {
  const row = await h.get(flagRow, 'SELECT given FROM opinion_roll WHERE review = ? AND person = ?', [review, person]);
  return row === null ? null : row.given === 1;
}
/** @returns false when the person had given one before, or was not asked. */
export const markGiven = async (tx: Writer, review: string, person: string): Promise<boolean> =>
  (await tx.run('UPDATE opinion_roll SET given = 1 WHERE review = ? AND person = ? AND given = 0', [review, person])) >
  0;

/** How many were asked and how many have answered; numbers only, nobody is listed. */
export async function countOpinions(h: Reader, review: string): Promise<{ asked: number; given: number }> {
  const row = await h.get(
    z.object({ asked: z.int(), given: z.int() }),
    'SELECT count(*) AS asked, coalesce(sum(given), 0) AS given FROM opinion_roll WHERE review = ?',
    [review],
  );
  return row ?? { asked: 0, given: 0 };
}

const personRow = z.object({ person: z.string() });
/** Everybody who was asked, whether they answered or not; to tell them all the same. */
export const askedPeople = async (h: Reader, review: string): Promise<string[]> =>
  (await h.all(personRow, 'SELECT person FROM opinion_roll WHERE review = ? ORDER BY person', [review])).map(
    (row) => row.person,
  );

// The box ------------------------------------------------------------------------------------------------------------
const boxRow = z.object({ box: z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer)) });

export async function insertOpinionBox(tx: Writer, review: string, box: Uint8Array): Promise<void> {
  await tx.run('INSERT INTO opinion_box (review, box) VALUES (?, ?)', [review, box]);
}
export const findOpinionBox = async (h: Reader, review: string): Promise<Uint8Array | null> =>
  (await h.get(boxRow, 'SELECT box FROM opinion_box WHERE review = ?', [review]))?.box ?? null;
/** @returns false when there is no box to replace. */
export const replaceOpinionBox = async (tx: Writer, review: string, box: Uint8Array): Promise<boolean> =>
  (await tx.run('UPDATE opinion_box SET box = ? WHERE review = ?', [box, review])) > 0;
/** @returns false when there was none. */
export const deleteOpinionBox = async (tx: Writer, review: string): Promise<boolean> =>
  (await tx.run('DELETE FROM opinion_box WHERE review = ?', [review])) > 0;
/** Reviews whose key is still needed. */
export const reviewsWithOpinionBox = async (h: Reader): Promise<string[]> =>
  (await h.all(reviewRow, 'SELECT review FROM opinion_box')).map((row) => row.review);

// Grouped texts --------------------------------------------------------------------------------------------------------
const digestRow = z.object({
  /** An employee number, or `branch`. */
  subject: z.string(),
  /** Empty: nothing that may be passed on. */
  body: z.string(),
  /** Date; null until it is passed on. */
  answerBy: z.string().nullable(),
  answer: z.string().nullable(),
});
export type Digest = z.infer<typeof digestRow>;
const DIGEST = 'SELECT subject, body, answer_by AS answerBy, answer FROM opinion_digest';

export const digestsOf = (h: Reader, review: string): Promise<Digest[]> =>
  h.all(digestRow, `${DIGEST} WHERE review = ? ORDER BY subject`, [review]);
export const findDigest = (h: Reader, review: string, subject: string): Promise<Digest | null> =>
  h.get(digestRow, `${DIGEST} WHERE review = ? AND subject = ?`, [review, subject]);

/** Keeps a grouped text that is not passed on yet. @returns false when it has been. */
export const putDigest = async (tx: Writer, review: string, subject: string, body: string): Promise<boolean> =>
  (await tx.run(
    `INSERT INTO opinion_digest (review, subject, body) VALUES (?, ?, ?)
     ON CONFLICT (review, subject) DO UPDATE SET body = excluded.body WHERE answer_by IS NULL`,
    [review, subject, body],
  )) > 0;
export async function passOnDigests(
  tx: Writer,
  review: string,
  subjects: readonly string[],
  answerBy: string,
): Promise<void> {
  await tx.run(
    'UPDATE opinion_digest SET answer_by = ? WHERE review = ? AND answer_by IS NULL AND subject IN (SELECT value FROM json_each(?))',
    [answerBy, review, JSON.stringify(subjects)],
  );
}
export async function putAnswer(tx: Writer, review: string, subject: string, answer: string): Promise<void> {
  await tx.run('UPDATE opinion_digest SET answer = ? WHERE review = ? AND subject = ?', [answer, review, subject]);
}
const owedRow = z.object({ review: z.string(), subject: z.string() });
/** Texts passed on that were to be answered by `date` and are not, oldest first. */
export const answersOwed = (h: Reader, date: string): Promise<{ review: string; subject: string }[]> =>
  h.all(
    owedRow,
    `SELECT review, subject FROM opinion_digest WHERE answer_by <= ? AND answer IS NULL AND body <> '' ORDER BY answer_by, review, subject`,
    [date],
  );
