import { JOB_DAYS, yearOf } from '../domain/dates.ts';
import { today } from '../domain/period.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { tellGaps } from '../usecases/scheme/roster-check.ts';

/** At the start of the year: gaps of the roster, and once more on the last day what is left of them (J3). */
export const rosterCheck = defineJob<Use>({
  name: 'roster-check',
  schedule: '20 9 * * *',
  days: JOB_DAYS.rosterCheck,
  summary: 'rules.job.roster',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 10 * 24 * 60 },
  async run(use, { now, slot }) {
    const date = today(slot, use.config.timezone);
    const done = await use.db.write((tx) => tellGaps(tx, use, yearOf(date), date, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
