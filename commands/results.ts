import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, reviewPeriod, today } from '../src/domain/period.ts';
import type { Review } from '../src/domain/review.ts';
import type { Reader } from '../src/store/db.ts';
import { currentReview, reviewOf, reviewsConcerning } from '../src/store/reviews.ts';
import { type Actor, findBranch } from '../src/store/roster.ts';
import { findSheet, recordViewOfAll } from '../src/store/sheets.ts';
import { isOffice, seesBranch, seesScores } from '../src/usecases/access.ts';
import { isCounted } from '../src/usecases/export-access.ts';
import { isPublished, newestReview } from '../src/usecases/published.ts';
import { askedBranch, askedDistrict, districtsOf, periodAndPlace } from '../src/usecases/scope.ts';

/** A member: the own result. Committee and leaders: the branch's scores. Liaison officers and office: published results of their scope. */
export const resultsCommand = defineCommand({
  name: 'results',
  zh: ['结果'],
  group: 'member',
  usage: '[period] [branch]',
  async run({ actor, args, now, use, tx }) {
    const date = today(now, use.config.timezone);
    const { period, place } = periodAndPlace(args, date);
    const named = place === undefined ? await findBranch(tx, actor.branch) : await askedBranch(tx, place);
    if (named === null) return { card: 'notice', args: { key: 'bad_scope' } };
    if (!seesBranch(use, actor, named)) return { card: 'notice', args: { key: 'not_allowed_results' } };
    const wide = place === undefined && (isOffice(use, actor) || districtsOf(actor).length > 0);
    if (wide && !seesScores(actor, named)) {
      const scope = await askedDistrict(tx, use, actor, undefined);
      const district = scope.ok && scope.district !== null ? { district: scope.district } : {};
      return { card: 'status', args: { period: period ?? (await newestPeriod(tx, actor.branch, date)), ...district } };
    }
    const early = seesScores(actor, named) || (named.code === actor.branch && actor.status !== 'colleague');
    const shows = (one: Review) => isPublished(one) || (early && one.counts !== null && one.refused === null);
    const quarter = period === null ? null : (reviewPeriod(period) ?? period);
    const review =
      quarter === null ? await newestReview(tx, named.code, shows) : await reviewOf(tx, named.code, quarter);
    if (review === null || !shows(review)) {
      const own = place === undefined && !seesScores(actor, named) ? await ownReview(tx, actor, quarter) : null;
      if (own !== null) return { card: 'my_result', args: { review: own.id } };
    }
    if (review === null)
      return {
        card: 'notice',
        args: quarter === null ? { key: 'no_review' } : { key: 'no_review_period', period: quarter },
      };
    if (seesScores(actor, named) && !isCounted(review))
      return { card: 'notice', args: { key: 'not_counted', branch: named.name, period: review.period } };
    if (seesScores(actor, named)) {
      // The overview has everybody's total on it: whoever opens it has looked at each of them (F14).
      await recordViewOfAll(tx, review.id, actor.employeeNo, now);
      return { card: 'scores', args: { review: review.id } };
    }
    if (named.code === actor.branch && (await findSheet(tx, review.id, actor.employeeNo)) !== null)
      return { card: 'my_result', args: { review: review.id } };
    if (!isPublished(review))
      return { card: 'notice', args: { key: 'not_published', branch: named.name, period: review.period } };
    return { card: 'results_branch', args: { review: review.id } };
  },
});

/** The newest counted review, or that of `period`, with a sheet about the person: who has moved keeps what was found elsewhere (F8). */
async function ownReview(h: Reader, { branch, employeeNo }: Actor, period: string | null): Promise<Review | null> {
  for (const review of await reviewsConcerning(h, branch, employeeNo))
    if ((period === null || review.period === period) && (await findSheet(h, review.id, employeeNo)) !== null)
      return review;
  return null;
}

async function newestPeriod(h: Reader, branch: string, date: string): Promise<string> {
  const review = await currentReview(h, branch);
  if (review !== null) return review.period;
  return latestEndedQuarter(date);
}
