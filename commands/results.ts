import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, today } from '../src/domain/period.ts';
import { readPeriod } from '../src/domain/period-text.ts';
import type { Review } from '../src/domain/review.ts';
import { periodName } from '../src/period-name.ts';
import type { Reader } from '../src/store/db.ts';
import { currentReview, reviewOf, reviewsOfBranch } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { findSheet } from '../src/store/sheets.ts';
import { isOffice, seesBranch, seesScores } from '../src/usecases/access.ts';
import { isPublished } from '../src/usecases/published.ts';
import { askedBranch, askedDistrict, districtsOf } from '../src/usecases/scope.ts';

/** A member: the own result. Committee and leaders: the branch's scores. Liaison officers and office: published results of their scope. */
export const resultsCommand = defineCommand({
  name: 'results',
  zh: ['结果'],
  group: 'secretary',
  usage: '[period] [branch]',
  async run({ actor, args, now, use, tx, t }) {
    const date = today(now, use.config.timezone);
    const typed = args.map((arg) => ({ arg, period: readPeriod(arg, date) }));
    const period = typed.find(({ period }) => period.ok)?.period;
    const other = typed.find(({ period }) => !period.ok)?.arg;
    const named = other === undefined ? await findBranch(tx, actor.branch) : await askedBranch(tx, other);
    if (named === null) return { card: 'notice', args: { key: 'bad_period' } };
    if (!seesBranch(use, actor, named)) return { card: 'notice', args: { key: 'not_allowed_results' } };
    const wide = other === undefined && (isOffice(use, actor) || districtsOf(actor).length > 0);
    if (wide && !seesScores(actor, named)) {
      const scope = await askedDistrict(tx, use, actor, undefined);
      const asked = period?.ok ? period.value : undefined;
      const district = scope.ok && scope.district !== null ? { district: scope.district } : {};
      return { card: 'status', args: { period: asked ?? (await newestPeriod(tx, actor.branch, date)), ...district } };
    }
    const review = period?.ok ? await reviewOf(tx, named.code, period.value) : await newestCounted(tx, named.code);
    if (review === null) return { card: 'notice', args: period?.ok ? { key: 'no_review_period', period: periodName(t, period.value) } : { key: 'no_review' } };
    if (seesScores(actor, named)) return { card: 'scores', args: { review: review.id } };
    if (named.code === actor.branch && (await findSheet(tx, review.id, actor.employeeNo)) !== null) return { card: 'my_result', args: { review: review.id } };
    if (!isPublished(review)) return { card: 'notice', args: { key: 'not_published', branch: named.name, period: periodName(t, review.period) } };
    return { card: 'results_branch', args: { review: review.id } };
  },
});

/** Without a period: the newest review that has been counted, or the one under way when none has. */
async function newestCounted(h: Reader, branch: string): Promise<Review | null> {
  const counted = (await reviewsOfBranch(h, branch)).find((review) => review.counts !== null && review.refused === null);
  return counted ?? currentReview(h, branch);
}

async function newestPeriod(h: Reader, branch: string, date: string): Promise<string> {
  const review = await currentReview(h, branch);
  if (review !== null) return review.period;
  return latestEndedQuarter(date);
}
