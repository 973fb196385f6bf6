import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { closeDueRounds } from '../usecases/commit/check-close.ts';

/** Monday 10:00, or the next working day: digest, rates, two missed weeks (J8). */
export const weeklyCheckClose = defineJob<Use>({
  name: 'weekly-check-close',
  schedule: '0 10 * * 1',
  summary: 'commit.what.weekly_check_close',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const outcome = await closeDueRounds(use, now);
    use.wake();
    return { ...outcome, note: '' };
  },
});
