/** What is deleted when its term is over (F16, F23). Boxes and keys are destroyed by their own use cases. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

/** Kinds of records with a term of their own; `results` is the last, and the review goes with it. */
export type Term = 'raw_ballots' | 'raw_opinions' | 'sheets' | 'results';

const dueRow = z.object({ id: z.string(), rules: z.string(), finalAt: z.int() });
export type FinalReview = z.infer<typeof dueRow>;
/** Final reviews of which this is still kept and in which no objection is open or upheld without its correction, the oldest first. */
export const finalReviewsKeeping = (h: Reader, what: Term): Promise<FinalReview[]> =>
  h.all(
    dueRow,
    `SELECT id, rules, final_at AS finalAt FROM review r WHERE state = 'final' AND final_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM retired t WHERE t.review = r.id AND t.what = ?)
       AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.review = r.id
         AND (o.state = 'open' OR o.state = 'upheld' AND o.settled_at IS NULL)) ORDER BY final_at, id`,
    [what],
  );

export async function markRetired(tx: Writer, review: string, what: Exclude<Term, 'results'>): Promise<void> {
  await tx.run('INSERT INTO retired (review, what) VALUES (?, ?) ON CONFLICT DO NOTHING', [review, what]);
}

/** Everything about single persons in a review but what they won: the branch's feedback is the sheet of `branch`. */
const OF_SHEETS = [
  'self_review',
  'self_review_excuse',
  'decision',
  'recusal',
  'objection',
  'sheet_view',
  'opinion_digest',
  'opinion_roll',
  'review_due',
  'review_guest_sign_in',
  'review_guest',
  'review_rating',
  'elector_excuse',
  'elector',
  'receipt',
  'review_post_plan',
];
const OF_RESULTS = ['opinion_round', 'review_meeting', 'sheet', 'review_subject', 'retired'];
/** Every table that goes with its review, before the review itself; the boxes are destroyed by their own use cases before that. */
export const WITH_REVIEW: readonly string[] = [...OF_SHEETS, ...OF_RESULTS];
export const BOXES: readonly string[] = ['urn', 'recount', 'opinion_box'];

/** Those that hang on a review through another table. */
const THROUGH: Readonly<Record<string, string>> = {
  recusal: 'objection IN (SELECT id FROM objection WHERE review = ?)',
};
/** The rows of a table that belong to one review. */
export const ofReview = (table: string): string => THROUGH[table] ?? 'review = ?';
const deleteFrom = (table: string): string => `DELETE FROM ${table} WHERE ${ofReview(table)}`;
const SHEET_TERM = [...OF_SHEETS.map(deleteFrom), "DELETE FROM sheet WHERE review = ? AND person = 'branch'"];
const WHOLE = [...WITH_REVIEW.map(deleteFrom), 'DELETE FROM review WHERE id = ?'];
async function runAll(tx: Writer, statements: readonly string[], review: string): Promise<number> {
  let deleted = 0;
  for (const sql of statements) deleted += await tx.run(sql, [review]);
  return deleted;
}
/** Deletes what has the term of sheets, but the members' sheets themselves. @returns rows deleted. */
export const deleteSheetTerm = (tx: Writer, review: string): Promise<number> => runAll(tx, SHEET_TERM, review);
/** Deletes a review with everything that hangs on it; its boxes must be gone. @returns rows deleted. */
export const deleteReview = (tx: Writer, review: string): Promise<number> => runAll(tx, WHOLE, review);

/** Attendance, of guests as well, is kept until the branch's next annual appraisal, which is also its fourth quarter (A22), is final. @returns rows deleted. */
export async function forgetAttendance(tx: Writer): Promise<number> {
  const guests = await tx.run(`DELETE FROM review_guest_sign_in WHERE review IN (${APPRAISED})`);
  return guests + (await tx.run(`DELETE FROM review_due WHERE review IN (${APPRAISED})`));
}
const APPRAISED = `SELECT r.id FROM review r WHERE r.state = 'final' AND EXISTS
    (SELECT 1 FROM review a WHERE a.branch = r.branch AND a.state = 'final' AND a.period LIKE '%-Q4' AND a.period > r.period)`;

/** Telephone numbers and chat accounts of people who left before `before` (ISO date). @returns rows changed. */
export async function forgetLeavers(tx: Writer, before: string): Promise<number> {
  const numbers = await tx.run('UPDATE person SET mobile = NULL WHERE mobile IS NOT NULL AND left_on < ?', [before]);
  return (
    numbers +
    (await tx.run('DELETE FROM identity WHERE person IN (SELECT employee_no FROM person WHERE left_on < ?)', [before]))
  );
}
