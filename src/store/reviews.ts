/** Reviews: one row per branch and period. */
import { z } from 'zod';
import { countsSchema, type Review, reviewSchema, reviewStateSchema } from '../domain/review.ts';
import { TenstarError } from '../errors.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const reviewRow = reviewSchema.extend({ counts: jsonText(countsSchema).nullable() });

const SELECT = `SELECT id, branch, period, state, rules, catalogue, opened_by AS openedBy, opened_at AS openedAt,
  agenda_done AS agendaDone, roll_no AS rollNo, ballot_until AS ballotUntil, extensions, closed_by AS closedBy, closed_at AS closedAt,
  refused, counts, confirmed_by AS confirmedBy, confirmed_at AS confirmedAt, notice_until AS noticeUntil,
  published_at AS publishedAt, final_at AS finalAt, version FROM review`;

export const findReview = (h: Reader, id: string): Promise<Review | null> =>
  h.get(reviewRow, `${SELECT} WHERE id = ?`, [id]);

export const reviewOf = (h: Reader, branch: string, period: string): Promise<Review | null> =>
  h.get(reviewRow, `${SELECT} WHERE branch = ? AND period = ?`, [branch, period]);

/** The branch's newest review that waits for a step, else the newest in its notice, else the newest of all. */
export const currentReview = (h: Reader, branch: string): Promise<Review | null> =>
  h.get(
    reviewRow,
    `${SELECT} WHERE branch = ? ORDER BY CASE state WHEN 'final' THEN 2 WHEN 'notice' THEN 1 ELSE 0 END, period DESC LIMIT 1`,
    [branch],
  );

export const reviewsOfBranch = (h: Reader, branch: string): Promise<Review[]> =>
  h.all(reviewRow, `${SELECT} WHERE branch = ? ORDER BY period DESC`, [branch]);

/** Reviews in which this person was rated, whatever branch they belong to now; the newest first. */
export const reviewsAbout = (h: Reader, person: string): Promise<Review[]> =>
  h.all(
    reviewRow,
    `${SELECT} WHERE id IN (SELECT review FROM sheet WHERE person = ?) ORDER BY period DESC, opened_at DESC`,
    [person],
  );

/** Those of the branch and all others in which the person has a sheet, so that who has moved keeps the own results; newest first. */
export const reviewsConcerning = (h: Reader, branch: string, person: string): Promise<Review[]> =>
  h.all(
    reviewRow,
    `${SELECT} WHERE branch = ?1 OR id IN (SELECT review FROM sheet WHERE person = ?2) ORDER BY period DESC`,
    [branch, person],
  );

/** Reviews this branch is a guest of. */
export const invitedReviews = (h: Reader, branch: string): Promise<Review[]> =>
  h.all(
    reviewRow,
    `${SELECT} WHERE id IN (SELECT review FROM review_guest WHERE branch = ?) ORDER BY period DESC, id`,
    [branch],
  );

export const reviewsOfPeriod = (h: Reader, period: string): Promise<Review[]> =>
  h.all(reviewRow, `${SELECT} WHERE period = ? ORDER BY branch`, [period]);

export const reviewsInState = (h: Reader, state: z.infer<typeof reviewStateSchema>): Promise<Review[]> =>
  h.all(reviewRow, `${SELECT} WHERE state = ? ORDER BY branch`, [state]);

const endedRow = z.object({ district: z.string(), period: z.string(), branches: z.int() });
/**
 * Districts and periods whose last notice ended before `date` and not before `since` (ISO dates), with how many branches have
 * ended theirs; none in which a notice still runs. An open objection holds nothing up here: its branch has been published.
 */
export const endedNotices = (h: Reader, date: string, since: string): Promise<z.infer<typeof endedRow>[]> =>
  h.all(
    endedRow,
    `SELECT b.district, r.period, count(*) AS branches FROM review r JOIN branch b ON b.code = r.branch
     WHERE r.notice_until IS NOT NULL GROUP BY b.district, r.period
     HAVING max(r.notice_until) < ?1 AND max(r.notice_until) >= ?2 ORDER BY r.period, b.district`,
    [date, since],
  );

export async function insertReview(tx: Writer, review: Review): Promise<void> {
  await tx.run(
    `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      review.id,
      review.branch,
      review.period,
      review.state,
      review.rules,
      review.catalogue,
      review.openedBy,
      review.openedAt,
    ],
  );
}

/** Saves `change` over `review`. @throws {TenstarError} `stale_write` when someone saved in between: load, decide and save again. */
export async function saveReview(tx: Writer, review: Review, change: Partial<Review>): Promise<Review> {
  const next = { ...review, ...change, version: review.version + 1 };
  const changed = await tx.run(
    `UPDATE review SET state = ?, agenda_done = ?, roll_no = ?, ballot_until = ?, extensions = ?, closed_by = ?, closed_at = ?,
       refused = ?, counts = ?, confirmed_by = ?, confirmed_at = ?, notice_until = ?, published_at = ?, final_at = ?, version = ?
     WHERE id = ? AND version = ?`,
    [
      next.state,
      next.agendaDone,
      next.rollNo,
      next.ballotUntil,
      next.extensions,
      next.closedBy,
      next.closedAt,
      next.refused,
      next.counts === null ? null : JSON.stringify(next.counts),
      next.confirmedBy,
      next.confirmedAt,
      next.noticeUntil,
      next.publishedAt,
      next.finalAt,
      next.version,
      review.id,
      review.version,
    ],
  );
  if (changed === 0)
    throw new TenstarError('stale_write', 'The review was changed at the same moment by someone else. Open it again.');
  return next;
}
