/** One row with all that decides whether a person may vote in a review now. */
import { z } from 'zod';
import { categorySchema } from '../domain/marks.ts';
import { reviewStateSchema } from '../domain/review.ts';
import type { Reader } from './db.ts';

const accessRow = z.object({
  review: z.string(),
  branch: z.string(),
  branchName: z.string(),
  period: z.string(),
  state: reviewStateSchema,
  rollNo: z.int(),
  /** Unix ms. */
  until: z.int().nullable(),
  rules: z.string(),
  catalogue: z.string(),
  /** Null: not on the roll. */
  category: categorySchema.nullable(),
  voted: z.int().nullable(),
});
export type BallotAccess = z.infer<typeof accessRow>;

const ACCESS = `SELECT r.id AS review, r.branch, b.name AS branchName, r.period, r.state, r.roll_no AS rollNo, r.ballot_until AS until,
  r.rules, r.catalogue, e.class AS category, e.voted
  FROM review r JOIN branch b ON b.code = r.branch LEFT JOIN elector e ON e.review = r.id AND e.person = ?2`;

export const ballotAccess = (h: Reader, review: string, person: string): Promise<BallotAccess | null> =>
  h.get(accessRow, `${ACCESS} WHERE r.id = ?1`, [review, person]);

/** Ballots this person can still cast at `now` (Unix ms), the one that ends first at the top. */
export const owedBy = (h: Reader, person: string, now: number): Promise<BallotAccess[]> =>
  h.all(
    accessRow,
    `${ACCESS} WHERE r.state = 'balloting' AND e.voted = 0 AND (r.ballot_until IS NULL OR r.ballot_until > ?1) ORDER BY r.ballot_until, r.id`,
    [now, person],
  );

/** The newest open ballot in which this person has voted already, to say so. */
export const lastVoted = (h: Reader, person: string): Promise<BallotAccess | null> =>
  h.get(
    accessRow,
    `${ACCESS} WHERE r.state = 'balloting' AND e.voted = 1 AND ?1 IS NULL ORDER BY r.ballot_until DESC LIMIT 1`,
    [null, person],
  );
