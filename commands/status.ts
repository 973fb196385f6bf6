import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, today } from '../src/domain/period.ts';
import { readPeriod } from '../src/domain/period-text.ts';
import { currentReview } from '../src/store/reviews.ts';
import { isOffice, onCommittee } from '../src/usecases/access.ts';
import { askedDistrict, districtsOf } from '../src/usecases/scope.ts';

/** Secretaries: their console. Liaison officers and the office: how far each branch is. */
export const statusCommand = defineCommand({
  name: 'status',
  zh: ['进度'],
  group: 'secretary',
  usage: '[period] [district]',
  async run({ actor, args, now, use, tx }) {
    const date = today(now, use.config.timezone);
    const typed = args.map((arg) => ({ arg, period: readPeriod(arg, date) }));
    const period = typed.find(({ period }) => period.ok)?.period;
    const other = typed.find(({ period }) => !period.ok)?.arg;
    if (isOffice(use, actor) || districtsOf(actor).length > 0) {
      const scope = await askedDistrict(tx, use, actor, other);
      if (!scope.ok) return { card: 'notice', args: { key: 'not_allowed_results' } };
      const value = period?.ok ? period.value : latestEndedQuarter(date);
      return { card: 'status', args: { period: value, ...(scope.district === null ? {} : { district: scope.district }) } };
    }
    if (!onCommittee(actor, actor.branch)) return { card: 'me', args: {} };
    const review = await currentReview(tx, actor.branch);
    return review === null ? { card: 'notice', args: { key: 'no_review' } } : { card: 'console', args: { review: review.id } };
  },
});
