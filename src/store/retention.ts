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
  'DELETE FROM self_review WHERE review = ?',
  'DELETE FROM self_review_excuse WHERE review = ?',
  'DELETE FROM decision WHERE review = ?',
  'DELETE FROM recusal WHERE objection IN (SELECT id FROM objection WHERE review = ?)',
  'DELETE FROM objection WHERE review = ?',
  'DELETE FROM sheet_view WHERE review = ?',
  "DELETE FROM sheet WHERE review = ? AND person = 'branch'",
  'DELETE FROM opinion_digest WHERE review = ?',
  'DELETE FROM opinion_roll WHERE review = ?',
  'DELETE FROM review_due WHERE review = ?',
  'DELETE FROM review_guest_sign_in WHERE review = ?',
  'DELETE FROM review_guest WHERE review = ?',
  'DELETE FROM review_rating WHERE review = ?',
  'DELETE FROM elector_excuse WHERE review = ?',
  'DELETE FROM elector WHERE review = ?',
  'DELETE FROM receipt WHERE review = ?',
  'DELETE FROM review_post_plan WHERE review = ?',
];
const OF_RESULTS = [
  'DELETE FROM opinion_round WHERE review = ?',
  'DELETE FROM review_meeting WHERE review = ?',
  'DELETE FROM sheet WHERE review = ?',
  'DELETE FROM review_subject WHERE review = ?',
  'DELETE FROM retired WHERE review = ?',
  'DELETE FROM review WHERE id = ?',
];
async function runAll(tx: Writer, statements: readonly string[], review: string): Promise<number> {
  let deleted = 0;
  for (const sql of statements) deleted += await tx.run(sql, [review]);
  return deleted;
}
/** Deletes what has the term of sheets, but the members' sheets themselves. @returns rows deleted. */
export const deleteSheetTerm = (tx: Writer, review: string): Promise<number> => runAll(tx, OF_SHEETS, review);
/** Deletes a review with everything that hangs on it; its boxes must be gone. @returns rows deleted. */
export const deleteReview = (tx: Writer, review: string): Promise<number> =>
  runAll(tx, [...OF_SHEETS, ...OF_RESULTS], review);

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
