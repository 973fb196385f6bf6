import { when } from '../cards/shared/when.ts';
import { defineCommand } from '../src/command.ts';
import { currentReview } from '../src/store/reviews.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { remind } from '../src/usecases/review/remind.ts';

export const remindCommand = defineCommand({
  name: 'remind',
  zh: ['催办'],
  group: 'secretary',
  for: ['runner'],
  async run({ actor, now, use, tx }) {
    if (!runsBranch(actor, actor.branch)) return { card: 'notice', args: { key: 'not_secretary' } };
    const review = await currentReview(tx, actor.branch);
    if (review === null) return { card: 'notice', args: { key: 'no_review' } };
    const { people, at } = await remind(tx, use, review, now);
    if (people === 0) return { card: 'notice', args: { key: 'remind_none' } };
    if (at > now)
      return {
        card: 'notice',
        args: {
          key: 'remind_quiet',
          n: people,
          at: when(at, use.config.timezone, actor.locale ?? use.config.defaultLocale),
        },
      };
    return { card: 'notice', args: { key: 'remind_done', n: people } };
  },
});
