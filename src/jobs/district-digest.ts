import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { sendDigests } from '../usecases/network/digest.ts';

/** Monday morning: to each liaison officer what is late in their district (R28). */
export const districtDigestJob = defineJob<Use>({
  name: 'district-digest',
  schedule: '30 10 * * 1',
  summary: 'network.what.district_digest',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 24 * 60 },
  async run(use, { now }) {
    const done = await use.db.write((tx) => sendDigests(tx, use, now));
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
