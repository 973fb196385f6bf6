import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { ballotsOver, closeBallotOver } from '../usecases/review/clock.ts';

/** Closes ballots whose window is over, at most five minutes late (A52, A53); from the end of the window on no ballot is taken anyway. */
export const reviewAutoClose = defineJob<Use>({
  name: 'review-auto-close',
  schedule: '*/5 * * * *',
  summary: 'job.what.review_auto_close',
  workdayRule: 'any',
  missed: 'catch_up',
  async run(use, { now }) {
    let closed = 0;
    const { failed } = await eachItem(
      await ballotsOver(use, now),
      async (id) => {
        if (await closeBallotOver(use, id, now)) closed += 1;
      },
      (err, id) => use.log.error({ err, review: id }, 'a ballot whose window is over could not be closed'),
    );
    if (closed > 0) use.wake();
    return { done: closed, failed, note: '' };
  },
});
