import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { sendHalfYear } from '../usecases/year/half-year.ts';

/** In July, once: commitments behind schedule and branches with missed steps, to the office and each liaison officer (J21). */
export const halfYearLook = defineJob<Use>({
  name: 'half-year-look',
  schedule: '0 10 * * *',
  days: JOB_DAYS.halfYear,
  summary: 'job.what.half_year_look',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 10 * 24 * 60 },
  async run(use, { now }) {
    const done = await use.db.write((tx) => sendHalfYear(tx, use, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
