import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { callDeciders, objectionsToCall } from '../usecases/review/objection-clock.ts';

/** Every working morning: objections that must be answered soon, today, or should have been (A46, F10). */
export const objectionClock = defineJob<Use>({
  name: 'objection-clock',
  schedule: '15 9 * * *',
  summary: 'job.what.objection_clock',
  workdayRule: 'workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const outcome = await eachItem(
      await objectionsToCall(use, now),
      (call) => callDeciders(use, call, now),
      (err, { objection }) =>
        use.log.error({ err, objection: objection.id }, 'those who decide an objection could not be reminded'),
    );
    use.wake();
    return { ...outcome, note: '' };
  },
});
