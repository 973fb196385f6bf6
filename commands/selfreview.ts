import { defineCommand } from '../src/command.ts';
import { currentReview } from '../src/store/reviews.ts';

export const selfReviewCommand = defineCommand({
  name: 'selfreview',
  zh: ['自评'],
  group: 'member',
  for: ['party'],
  async run({ actor, tx }) {
    const review = await currentReview(tx, actor.branch);
    if (review === null) return { card: 'notice', args: { key: 'no_review' } };
    if (actor.status === 'colleague') return { card: 'notice', args: { key: 'self_not_member' } };
    return { card: 'self_review', args: { review: review.id } };
  },
});
