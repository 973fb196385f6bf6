import { today } from '../domain/period.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { remindGuidance } from '../usecases/network/guidance.ts';

/**
 * Before each review (J13: 15 March, June, September; J22: 1 December) the office is asked for its guidance, and branches that have
 * not read it are reminded. The other days of the schedule are passed over.
 */
export const quarterGuidance = defineJob<Use>({
  name: 'quarter-guidance',
  schedule: '30 9 1,15 3,6,9,12 *',
  summary: 'network.what.quarter_guidance',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, { now, slot }) {
    const [, month, day] = today(slot, use.config.timezone).split('-').map(Number);
    if (month !== 12 && (day ?? 0) < 15) return { done: 0, failed: 0, note: '' };
    const done = await use.db.write((tx) => remindGuidance(tx, use, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
