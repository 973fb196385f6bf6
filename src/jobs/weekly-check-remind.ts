import { defineJob, eachItem } from '../job.ts';
import { branchesDue, openCheckRound } from '../store/weekly-checks.ts';
import type { Use } from '../use.ts';
import { remindChecksOf } from '../usecases/commit/weekly-check.ts';

/** Monday 09:00, or the next working day: only those who owe, in private (J8). */
export const weeklyCheckRemind = defineJob<Use>({
  name: 'weekly-check-remind',
  schedule: '0 9 * * 1',
  summary: 'commit.what.weekly_check_remind',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 45 }, // at 10:00 it is closed
  async run(use, { now }) {
    const round = await openCheckRound(use.db.read);
    if (round === null) return { done: 0, failed: 0, note: '' };
    let people = 0;
    const { failed } = await eachItem(
      await branchesDue(use.db.read, round.week),
      async (branch) => {
        people += await use.db.write((tx) => remindChecksOf(tx, use, round, branch, now));
      },
      (err, branch) =>
        use.log.error({ err, branch }, 'members of a branch could not be reminded of their weekly check'),
    );
    use.wake();
    return { done: people, failed, note: round.week };
  },
});
