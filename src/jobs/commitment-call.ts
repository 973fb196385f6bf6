import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob, eachItem } from '../job.ts';
import { allBranches } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { callToCommit } from '../usecases/commit/calls.ts';

/** On the first day of drafting the card to everybody, on the days of reminders to those who have handed nothing in (J4). */
export const commitmentCall = defineJob<Use>({
  name: 'commitment-call',
  schedule: '0 9 * * *',
  days: JOB_DAYS.commitmentCall,
  summary: 'commit.what.commitment_call',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 5 * 24 * 60 },
  async run(use, moment) {
    let people = 0;
    const { failed } = await eachItem(
      await allBranches(use.db.read),
      async ({ code }) => {
        people += await use.db.write((tx) => callToCommit(tx, use, code, moment));
      },
      (err, { code }) => use.log.error({ err, branch: code }, 'members of a branch could not be asked for commitments'),
    );
    use.wake();
    return { done: people, failed, note: '' };
  },
});
