/** Other branches of the four-mutual group at a review (R70): asked, there, and what they saw of the process. */
import { z } from 'zod';
import { type ReviewChecklist, reviewChecklistSchema } from '../domain/review-guest.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';
import type { CityPart } from './year-figures.ts';

const guestRow = z.object({
  branch: z.string(),
  name: z.string(),
  /** Null: no answer yet. */
  comes: z
    .int()
    .nullable()
    .transform((it) => (it === null ? null : it === 1)),
  who: z.string(),
  present: z.int(),
  checklist: jsonText(reviewChecklistSchema).nullable(),
  remark: z.string(),
});
export type ReviewGuest = z.infer<typeof guestRow>;
const GUEST =
  'SELECT g.branch, b.name, g.comes, g.who, g.present, g.checklist, g.remark FROM review_guest g JOIN branch b ON b.code = g.branch WHERE g.review = ?';
export const reviewGuests = (h: Reader, review: string): Promise<ReviewGuest[]> =>
  h.all(guestRow, `${GUEST} ORDER BY g.branch`, [review]);
export const findReviewGuest = (h: Reader, review: string, branch: string): Promise<ReviewGuest | null> =>
  h.get(guestRow, `${GUEST} AND g.branch = ?`, [review, branch]);

export const insertReviewGuests = (tx: Writer, review: string, branches: readonly string[]): Promise<number> =>
  tx.run(
    'INSERT INTO review_guest (review, branch) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    [review, JSON.stringify(branches)],
  );
export const putReviewGuestAnswer = (
  tx: Writer,
  review: string,
  branch: string,
  comes: boolean,
  who: string,
): Promise<number> =>
  tx.run('UPDATE review_guest SET comes = ?, who = ? WHERE review = ? AND branch = ?', [
    comes ? 1 : 0,
    who,
    review,
    branch,
  ]);
/** Whoever is there comes, whatever the branch answered before. @returns false when the person had signed in before. */
export async function insertGuestSignIn(tx: Writer, review: string, branch: string, person: string): Promise<boolean> {
  const fresh = await tx.run('INSERT INTO review_guest_sign_in (review, person) VALUES (?, ?) ON CONFLICT DO NOTHING', [
    review,
    person,
  ]);
  if (fresh > 0)
    await tx.run('UPDATE review_guest SET comes = 1, present = present + 1 WHERE review = ? AND branch = ?', [
      review,
      branch,
    ]);
  return fresh > 0;
}
export const hasSignedInAsGuest = async (h: Reader, review: string, person: string): Promise<boolean> =>
  (await h.get(z.object({ n: z.int() }), 'SELECT 1 AS n FROM review_guest_sign_in WHERE review = ? AND person = ?', [
    review,
    person,
  ])) !== null;
export const putReviewChecklist = (
  tx: Writer,
  review: string,
  branch: string,
  checklist: ReviewChecklist,
  remark: string,
): Promise<number> =>
  tx.run('UPDATE review_guest SET comes = 1, checklist = ?, remark = ? WHERE review = ? AND branch = ?', [
    JSON.stringify(checklist),
    remark,
    review,
    branch,
  ]);

const askedRow = z.object({ review: z.string(), period: z.string(), host: z.string() });
/** Reviews a branch is invited to and has not answered, the meeting being to come. */
export const unansweredReviewInvitations = (h: Reader, branch: string): Promise<z.infer<typeof askedRow>[]> =>
  h.all(
    askedRow,
    `SELECT r.id AS review, r.period, b.name AS host FROM review_guest g JOIN review r ON r.id = g.review JOIN branch b ON b.code = r.branch
     WHERE g.branch = ? AND g.comes IS NULL AND r.state = 'preparing' ORDER BY r.period, b.code`,
    [branch],
  );
/** Checklists filed about reviews of a year (`2026`). */
export const checklistsOfYear = async (
  h: Reader,
  year: number,
  { district, branch }: CityPart,
): Promise<ReviewChecklist[]> =>
  (
    await h.all(
      z.object({ checklist: jsonText(reviewChecklistSchema) }),
      `SELECT g.checklist FROM review_guest g JOIN review r ON r.id = g.review JOIN branch b ON b.code = r.branch
       WHERE g.checklist IS NOT NULL AND substr(r.period, 1, 4) = ?1 AND (?2 IS NULL OR b.district = ?2)
       AND (?3 IS NULL OR b.code = ?3)`,
      [String(year), district, branch],
    )
  ).map((row) => row.checklist);
