import { when } from '../cards/shared/when.ts';
import { defineCommand } from '../src/command.ts';
import { reviewsOfBranch } from '../src/store/reviews.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { remind } from '../src/usecases/review/remind.ts';

export const remindCommand = defineCommand({
  name: 'remind',
  zh: ['催办'],
  group: 'secretary',
  for: ['runner'],
  async run({ actor, now, use, tx }) {
    if (!runsBranch(actor, actor.branch)) return { card: 'notice', args: { key: 'not_secretary' } };
    const reviews = await reviewsOfBranch(tx, actor.branch);
    if (reviews.length === 0) return { card: 'notice', args: { key: 'no_review' } };
    // Two may be open at once; whoever owes something in either is reminded.
    let people = 0;
    let at = now;
    for (const review of reviews) {
      const reminded = await remind(tx, use, review, now);
      people += reminded.people;
      at = Math.max(at, reminded.at);
    }
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
