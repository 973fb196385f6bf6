import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob, eachItem } from '../job.ts';
import { allBranches } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { askBranch, openMonth } from '../usecases/month/rounds.ts';

/** The 25th, or the next working day: a draft of the month to those who run a branch (J9). */
export const monthlySummaryOpen = defineJob<Use>({
  name: 'monthly-summary-open',
  schedule: '0 9 * * *',
  days: JOB_DAYS.summaryOpen,
  summary: 'meeting.what.monthly_summary_open',
  workdayRule: 'next_workday',
  missed: 'catch_up', // a month that is over by then is left alone
  async run(use, { now }) {
    const round = await use.db.write((tx) => openMonth(tx, use, now));
    if (round === null) return { done: 0, failed: 0, note: '' };
    const outcome = await eachItem(
      await allBranches(use.db.read),
      ({ code }) => use.db.write((tx) => askBranch(tx, use, round, code, now)),
      (err, { code }) => use.log.error({ err, branch: code }, 'a branch could not be asked for its monthly summary'),
    );
    use.wake();
    return { ...outcome, note: round.month };
  },
});
