import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { closeMonths } from '../usecases/month/rounds.ts';

/** The 5th, or the next working day, late in the afternoon: liaison officers hear which branches have not filed (J9). */
export const monthlySummaryClose = defineJob<Use>({
  name: 'monthly-summary-close',
  schedule: '0 17 * * *',
  days: JOB_DAYS.summaryClose,
  summary: 'meeting.what.monthly_summary_close',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const closed = await use.db.write((tx) => closeMonths(tx, use, now));
    use.wake();
    return { done: closed.length, failed: 0, note: closed.join(' ') };
  },
});
