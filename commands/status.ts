import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, today } from '../src/domain/period.ts';
import { currentReview } from '../src/store/reviews.ts';
import { isOffice, onCommittee } from '../src/usecases/access.ts';
import { askedDistrict, districtsOf, periodAndPlace } from '../src/usecases/scope.ts';

/** Secretaries: their console. Liaison officers and the office: how far each branch is. */
export const statusCommand = defineCommand({
  name: 'status',
  zh: ['进度'],
  group: 'secretary',
  usage: '[period] [district]',
  async run({ actor, args, now, use, tx }) {
    const date = today(now, use.config.timezone);
    const { period, place } = periodAndPlace(args, date);
    if (isOffice(use, actor) || districtsOf(actor).length > 0) {
      const scope = await askedDistrict(tx, use, actor, place);
      if (!scope.ok) return { card: 'notice', args: { key: scope.reason === 'not_allowed' ? 'not_allowed_results' : 'bad_scope' } };
      return { card: 'status', args: { period: period ?? latestEndedQuarter(date), ...(scope.district === null ? {} : { district: scope.district }) } };
    }
    if (!onCommittee(actor, actor.branch)) return { card: 'me', args: {} };
    const review = await currentReview(tx, actor.branch);
    return review === null ? { card: 'notice', args: { key: 'no_review' } } : { card: 'console', args: { review: review.id } };
  },
});
