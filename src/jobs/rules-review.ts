import { JOB_DAYS, yearOf } from '../domain/dates.ts';
import { today } from '../domain/period.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { askForReview } from '../usecases/scheme/plan.ts';

/** In December the office looks through the rules of the next year: on the first day, and on the last if nothing was adopted (J1). */
export const rulesReview = defineJob<Use>({
  name: 'rules-review',
  schedule: '15 9 * * *',
  days: JOB_DAYS.rulesReview,
  summary: 'rules.job.review',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 10 * 24 * 60 },
  async run(use, { now, slot }) {
    const date = today(slot, use.config.timezone);
    const done = await use.db.write((tx) => askForReview(tx, use, yearOf(date) + 1, date, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
