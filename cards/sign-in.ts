import { z } from 'zod';
import { button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { periodName } from '../src/period-name.ts';

/** Goes to the branch chat, or to each person due where no chat is bound. */
export const signInCard = defineCard({
  name: 'sign_in',
  audience: 'any',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }) {
    const review = await findReview(read, id);
    const branch = review && (await findBranch(read, review.branch));
    return review && branch ? { review: id, period: review.period, branchName: branch.name } : null;
  },
  render: ({ review: r, period, branchName }, { t }) => ({
    title: t('review.sign_in.title'),
    tone: 'blue',
    blocks: [
      text(t('review.sign_in.intro', { branch: branchName, period: periodName(t, period) })),
      buttons(button('sign_in', t('review.sign_in.button'), { a: 'sign_in', r }, 'primary')),
    ],
    typed: t('review.sign_in.typed'),
  }),
});
