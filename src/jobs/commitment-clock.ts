import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { remindApprovers } from '../usecases/commit/approval.ts';

/** Every working morning: approvers of sheets whose reply is due today, tomorrow, or late (A41). */
export const commitmentClock = defineJob<Use>({
  name: 'commitment-clock',
  schedule: '20 9 * * *',
  summary: 'commit.what.commitment_clock',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 8 * 60 },
  async run(use, { now }) {
    const done = await use.db.write((tx) => remindApprovers(tx, use, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
