import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { closeDueRounds } from '../usecases/commit/check-close.ts';
import { openChecksOf, openRound } from '../usecases/commit/weekly-check.ts';

/**
 * Friday 15:00: one card to everybody with an open task (J8). A Friday that is a day off has no check: its Monday would be over
 * before the next working day.
 */
export const weeklyCheckOpen = defineJob<Use>({
  name: 'weekly-check-open',
  schedule: '0 15 * * 5',
  summary: 'commit.what.weekly_check_open',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 3 * 60 }, // in the evening it would wait for Monday and leave an hour to answer
  async run(use, { now }) {
    // One that was never closed, because nobody was up on Monday.
    await closeDueRounds(use, now);
    const { round, branches } = await use.db.write((tx) => openRound(tx, use, now));
    let people = 0;
    const { failed } = await eachItem(
      branches,
      async (branch) => {
        people += await use.db.write((tx) => openChecksOf(tx, use, round, branch, now));
      },
      (err, branch) => use.log.error({ err, branch }, 'weekly checks of a branch could not be sent'),
    );
    use.wake();
    return { done: people, failed, note: round.week };
  },
});
