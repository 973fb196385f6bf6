import { defineCommand } from '../src/command.ts';
import { refusalArgs, reviewMeant } from '../src/usecases/review/meant.ts';
import { takesForms } from '../src/usecases/review/self-review.ts';

export const selfReviewCommand = defineCommand({
  name: 'selfreview',
  zh: ['自评'],
  group: 'member',
  for: ['party'],
  usage: '[period]',
  async run({ actor, args, now, tx, use }) {
    const meant = await reviewMeant(tx, use, actor.branch, args.join(' '), takesForms, now);
    if (!meant.ok) return { card: 'notice', args: refusalArgs(meant) };
    if (actor.status === 'colleague') return { card: 'notice', args: { key: 'self_not_member' } };
    return { card: 'self_review', args: { review: meant.review.id } };
  },
});
