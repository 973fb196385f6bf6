/** Which review of a branch a command is about; two scheme years may be open at once (design.md section 5). */
import { reviewPeriod, today } from '../../domain/period.ts';
import { readPeriod } from '../../domain/period-text.ts';
import type { Review } from '../../domain/review.ts';
import { type Verdict, yes } from '../../domain/verdict.ts';
import type { Reader } from '../../store/db.ts';
import { currentReview, reviewOf, reviewsOfBranch } from '../../store/reviews.ts';
import type { Use } from '../../use.ts';

/** A refusal names the period where there is one. */
export type Meant =
  | { ok: true; review: Review }
  | { ok: false; reason: 'no_review' | 'bad_period' }
  | { ok: false; reason: 'no_review_period'; period: string };

/** Arguments of the notice that says so. */
export const refusalArgs = (meant: Extract<Meant, { ok: false }>): Record<string, string> =>
  'period' in meant ? { key: meant.reason, period: meant.period } : { key: meant.reason };

/** The quarter somebody typed; a year stands for its annual review (A22). @param now Unix ms */
export function readReviewPeriod(typed: string, use: Pick<Use, 'config'>, now: number): Verdict<string, 'bad_period'> {
  const read = readPeriod(typed, today(now, use.config.timezone));
  const period = read.ok ? reviewPeriod(read.value) : null;
  return period === null ? { ok: false, reason: 'bad_period' } : yes(period);
}

/** The review of the period typed; without one the newest that `fits`, else the one under way. */
export async function reviewMeant(
  h: Reader,
  use: Pick<Use, 'config'>,
  branch: string,
  typed: string,
  fits: (review: Review) => boolean | Promise<boolean>,
  now: number,
): Promise<Meant> {
  if (typed !== '') {
    const period = readReviewPeriod(typed, use, now);
    if (!period.ok) return period;
    const review = await reviewOf(h, branch, period.value);
    return review === null ? { ok: false, reason: 'no_review_period', period: period.value } : { ok: true, review };
  }
  for (const review of await reviewsOfBranch(h, branch)) if (await fits(review)) return { ok: true, review };
  const review = await currentReview(h, branch);
  return review === null ? { ok: false, reason: 'no_review' } : { ok: true, review };
}
