import { today } from '../domain/period.ts';
import { defineJob, eachItem } from '../job.ts';
import { findReview, reviewsInState } from '../store/reviews.ts';
import type { Use } from '../use.ts';
import { remindBallots } from '../usecases/review/remind.ts';

/** Every working day to those whose ballot is still out. Only they know; the ledger gets a number (F12, design.md section 8). */
export const reviewRemind = defineJob<Use>({
  name: 'review-remind',
  schedule: '0 10 * * *',
  summary: 'job.what.review_remind',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 7 * 60 }, // later than that it would arrive with the next day's
  async run(use, { now }) {
    const date = today(now, use.config.timezone);
    let people = 0;
    const { failed } = await eachItem(
      await reviewsInState(use.db.read, 'balloting'),
      async ({ id }) => {
        const reminded = await use.db.write(async (tx) => {
          const review = await findReview(tx, id);
          return review === null
            ? null
            : remindBallots(tx, use, review, now, `review-remind:${id}:${review.rollNo}:${date}`);
        });
        people += reminded?.people ?? 0;
      },
      (err, { id }) => use.log.error({ err, review: id }, 'electors of a review could not be reminded'),
    );
    use.wake();
    return { done: people, failed, note: '' };
  },
});
