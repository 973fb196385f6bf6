import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { branchesOwing, monthsToRemind, remindBranch } from '../usecases/month/rounds.ts';

/** Every working day; acts from three working days before the close, once a month, and only where a summary is owed (J9). */
export const monthlySummaryRemind = defineJob<Use>({
  name: 'monthly-summary-remind',
  schedule: '0 9 * * *',
  summary: 'meeting.what.monthly_summary_remind',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 8 * 60 }, // the next day's run does it
  async run(use, { now }) {
    let done = 0;
    let failed = 0;
    for (const round of await monthsToRemind(use.db.read, use, now)) {
      const outcome = await eachItem(
        await branchesOwing(use.db.read, round.month),
        (branch) => use.db.write((tx) => remindBranch(tx, use, round, branch, now)),
        (err, branch) => use.log.error({ err, branch }, 'a branch could not be reminded of its monthly summary'),
      );
      done += outcome.done;
      failed += outcome.failed;
    }
    use.wake();
    return { done, failed, note: '' };
  },
});
