import { today } from '../domain/period.ts';
import { defineJob, eachItem } from '../job.ts';
import { findReview, reviewsInState } from '../store/reviews.ts';
import type { Use } from '../use.ts';
import { remindSelfReviews } from '../usecases/review/remind.ts';

/** Three times a week to members whose self-review is missing, for as long as it is taken: until the ballot closes (R80, A9). */
export const selfReviewRemind = defineJob<Use>({
  name: 'self-review-remind',
  schedule: '0 10 * * 1,3,5',
  summary: 'job.what.self_review_remind',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 7 * 60 },
  async run(use, { now }) {
    const date = today(now, use.config.timezone);
    let people = 0;
    const reviews = (
      await Promise.all(
        (['preparing', 'meeting', 'balloting'] as const).map((state) => reviewsInState(use.db.read, state)),
      )
    ).flat();
    const { failed } = await eachItem(
      reviews,
      async ({ id }) => {
        const reminded = await use.db.write(async (tx) => {
          const review = await findReview(tx, id);
          return review === null ? null : remindSelfReviews(tx, use, review, now, `self-review-remind:${id}:${date}`);
        });
        people += reminded?.people ?? 0;
      },
      (err, { id }) =>
        use.log.error({ err, review: id }, 'members of a review could not be reminded of their self-reviews'),
    );
    use.wake();
    return { done: people, failed, note: '' };
  },
});
