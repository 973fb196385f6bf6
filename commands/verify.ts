import { normaliseReceipt } from '../src/ballot/receipt.ts';
import { defineCommand } from '../src/command.ts';
import { reviewsWithReceipt } from '../src/store/receipt.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';

/** The answer does not repeat the code: it would lie in the outbox beside the person, even before the list is published. */
export const verifyCommand = defineCommand({
  name: 'verify',
  zh: ['核验'],
  group: 'member',
  usage: 'CODE',
  async run({ args, tx }) {
    const code = normaliseReceipt(args.join(''));
    if (code === null) return { card: 'notice', args: { key: 'verify_usage' } };
    const [id] = await reviewsWithReceipt(tx, code);
    const review = id === undefined ? null : await findReview(tx, id);
    const branch = review === null ? null : await findBranch(tx, review.branch);
    if (review === null || branch === null) return { card: 'notice', args: { key: 'verify_no' } };
    return { card: 'notice', args: { key: 'verify_yes', branch: branch.name, period: review.period } };
  },
});
