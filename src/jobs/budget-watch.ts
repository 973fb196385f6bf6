import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { warnOfShortMonth } from '../usecases/budget.ts';

/** Every working morning: whether the month's budget of a platform will do; the office is told once a month when not. */
export const budgetWatch = defineJob<Use>({
  name: 'budget-watch',
  schedule: '25 9 * * *',
  summary: 'budget.what.budget_watch',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 24 * 60 },
  async run(use, { now }) {
    const short = await use.db.write((tx) => warnOfShortMonth(tx, use, now));
    use.wake();
    return { done: short, failed: 0, note: '' };
  },
});
