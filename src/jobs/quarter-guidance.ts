import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { remindGuidance } from '../usecases/network/guidance.ts';

/** Before each review (J13, J22) the office is asked for its guidance, and branches that have not read it are reminded. */
export const quarterGuidance = defineJob<Use>({
  name: 'quarter-guidance',
  schedule: '30 9 * * *',
  days: JOB_DAYS.guidance,
  summary: 'network.what.quarter_guidance',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, moment) {
    const done = await use.db.write((tx) => remindGuidance(tx, use, moment));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
