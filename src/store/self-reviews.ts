/** Written self-reviews and the recorded reasons for missing ones (R82, A9). */
import { z } from 'zod';
import { type AbsenceReason, absenceReasonSchema } from '../domain/absence.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const selfReviewRow = z.object({
  person: z.string(),
  marks: jsonText(z.record(z.string(), z.int().min(0).max(10))),
  achievements: z.string(),
  shortcomings: z.string(),
  direction: z.string(),
});
export type SelfReview = z.infer<typeof selfReviewRow>;

export async function putSelfReview(
  tx: Writer,
  review: string,
  self: SelfReview,
  filedBy: string,
  at: number,
): Promise<void> {
  await tx.run(
    `INSERT INTO self_review (review, person, marks, achievements, shortcomings, direction, filed_by, filed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (review, person) DO UPDATE SET marks = excluded.marks, achievements = excluded.achievements,
       shortcomings = excluded.shortcomings, direction = excluded.direction, filed_by = excluded.filed_by, filed_at = excluded.filed_at`,
    [
      review,
      self.person,
      JSON.stringify(self.marks),
      self.achievements,
      self.shortcomings,
      self.direction,
      filedBy,
      at,
    ],
  );
}
export const findSelfReview = (h: Reader, review: string, person: string): Promise<SelfReview | null> =>
  h.get(
    selfReviewRow,
    'SELECT person, marks, achievements, shortcomings, direction FROM self_review WHERE review = ? AND person = ?',
    [review, person],
  );
export const selfReviewsOf = (h: Reader, review: string): Promise<SelfReview[]> =>
  h.all(
    selfReviewRow,
    'SELECT person, marks, achievements, shortcomings, direction FROM self_review WHERE review = ?',
    [review],
  );
const personRow = z.object({ person: z.string() });
/** People whose self-review is there, `branch` among them for the branch's own. */
export const selfReviewsFiled = async (h: Reader, review: string): Promise<Set<string>> =>
  new Set(
    (await h.all(personRow, 'SELECT person FROM self_review WHERE review = ?', [review])).map((row) => row.person),
  );

export const putExcuse = (
  tx: Writer,
  review: string,
  person: string,
  reason: AbsenceReason,
  by: string,
): Promise<number> =>
  tx.run(
    `INSERT INTO self_review_excuse (review, person, reason, by_person) VALUES (?, ?, ?, ?)
     ON CONFLICT (review, person) DO UPDATE SET reason = excluded.reason, by_person = excluded.by_person`,
    [review, person, reason, by],
  );
export const dropExcuse = (tx: Writer, review: string, person: string): Promise<number> =>
  tx.run('DELETE FROM self_review_excuse WHERE review = ? AND person = ?', [review, person]);
export const excusesOf = (h: Reader, review: string) =>
  h.all(
    z.object({ person: z.string(), reason: absenceReasonSchema }),
    'SELECT person, reason FROM self_review_excuse WHERE review = ?',
    [review],
  );
