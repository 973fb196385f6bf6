import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { callToAct, objectionsToCall } from '../usecases/review/objection-clock.ts';

/** Every working morning: objections that must be answered, or corrected after, soon, today, or should have been (A46, F10). */
export const objectionClock = defineJob<Use>({
  name: 'objection-clock',
  schedule: '15 9 * * *',
  summary: 'job.what.objection_clock',
  workdayRule: 'workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const outcome = await eachItem(
      await objectionsToCall(use, now),
      (call) => callToAct(use, call, now),
      (err, { objection }) =>
        use.log.error({ err, objection: objection.id }, 'those who must act on an objection could not be reminded'),
    );
    use.wake();
    return { ...outcome, note: '' };
  },
});
