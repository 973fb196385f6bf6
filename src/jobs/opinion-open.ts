import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { branchesToCall, callSecretary, openRound, roundsToOpen } from '../usecases/review/opinion-clock.ts';

/**
 * The first day of opinions in a quarter (J14, J23), or the next working day: forms for reviews that have none, and a word to
 * secretaries who have not opened the review of the quarter.
 */
export const opinionOpen = defineJob<Use>({
  name: 'opinion-open',
  schedule: '0 9 * * *',
  days: JOB_DAYS.opinions,
  summary: 'opinion.job.open',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 5 * 24 * 60 }, // a call after the window is of no use
  async run(use, { now }) {
    const failed = (err: unknown) => use.log.error({ err }, 'opinions of a branch could not be opened');
    const opened = await eachItem(await roundsToOpen(use), (id) => openRound(use, id, now), failed);
    const called = await eachItem(await branchesToCall(use, now), (branch) => callSecretary(use, branch, now), failed);
    use.wake();
    return {
      done: opened.done + called.done,
      failed: opened.failed + called.failed,
      note: `${opened.done} opened, ${called.done} secretaries called`,
    };
  },
});
