/** Members who are rated otherwise than by their status (A20, A21): recorded by the secretary with a ground, never with details (F13). */
import { z } from 'zod';
import type { DueKind } from './roll.ts';
import type { Rules } from './rules.ts';

/**
 * `feedback`: rated, but without stars and level, as a probationary member is (A20). `not_rated`: at the person's own request and with
 * the branch's consent, nobody rates them; they still vote, attend, and make commitments (A21).
 */
export type Rating = 'feedback' | 'not_rated';

/**
 * `new`: fewer than `eligibility.min_months` in the year here. The roster knows no joining date, so nothing but the secretary's record
 * can say this. `seconded` and `absent` (half the year or more) are reviewed where they work.
 */
export const RATING_GROUNDS = {
  new: 'feedback',
  seconded: 'feedback',
  absent: 'feedback',
  retired: 'not_rated',
  ill: 'not_rated',
  mobile: 'not_rated',
} as const satisfies Record<string, Rating>;
export type RatingGround = keyof typeof RATING_GROUNDS;
export const ratingGroundSchema = z.enum(['new', 'seconded', 'absent', 'retired', 'ill', 'mobile']);

/** Grounds the rules of a review know: `min_months` 0 asks for no time here, `exempt_on_request` may be switched off. */
export const groundsOf = ({ eligibility }: Pick<Rules, 'eligibility'>): RatingGround[] =>
  ratingGroundSchema.options.filter((ground) =>
    RATING_GROUNDS[ground] === 'feedback' ? eligibility.min_months > 0 : eligibility.exempt_on_request,
  );

/** Whether somebody on the due list is rated, and so writes a self-review. */
export const isRated = ({ kind, ground }: { kind: DueKind; ground: RatingGround | null }): boolean =>
  kind !== 'representative' && (ground === null || RATING_GROUNDS[ground] !== 'not_rated');
