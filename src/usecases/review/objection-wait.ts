/** What keeps a review's results from becoming final (A46). */
import { type Waiting, waitingFor } from '../../domain/objection.ts';
import { today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import type { Reader } from '../../store/db.ts';
import { objectionsOfReview } from '../../store/objections.ts';
import type { Use } from '../../use.ts';
import { rulesOf } from '../versions.ts';

export async function waitingOf(h: Reader, { config }: Use, review: Review, now: number): Promise<Waiting> {
  const cases = (await objectionsOfReview(h, review.id)).map(({ person, level, state, decidedAt, settledAt }) => ({
    person,
    level,
    state,
    decidedOn: decidedAt === null ? null : today(decidedAt, config.timezone),
    settled: settledAt !== null,
  }));
  const { objection } = await rulesOf(h, review.rules);
  return waitingFor(cases, today(now, config.timezone), objection.appeal_days);
}
