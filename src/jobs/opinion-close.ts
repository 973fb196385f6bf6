import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import {
  answersToRemind,
  closeRound,
  remindAnswer,
  remindGroupers,
  roundsToClose,
  roundsToForward,
} from '../usecases/review/opinion-clock.ts';

/** Every evening: rounds whose time is over are closed; then the clocks of P24, each reminding once. */
export const opinionClose = defineJob<Use>({
  name: 'opinion-close',
  schedule: '5 18 * * *',
  summary: 'opinion.job.close',
  workdayRule: 'any',
  missed: 'catch_up',
  async run(use, { now }) {
    const failed = (err: unknown) => use.log.error({ err }, 'opinions of a branch could not be closed or reminded of');
    const steps = [
      await eachItem(await roundsToClose(use, now), (id) => closeRound(use, id, now), failed),
      await eachItem(await roundsToForward(use, now), (id) => remindGroupers(use, id, now), failed),
      await eachItem(await answersToRemind(use, now), (owed) => remindAnswer(use, owed, now), failed),
    ];
    use.wake();
    const [closed, forward, answers] = steps.map(({ done }) => done);
    return {
      done: steps.reduce((sum, step) => sum + step.done, 0),
      failed: steps.reduce((sum, step) => sum + step.failed, 0),
      note: `${closed ?? 0} closed, ${forward ?? 0} to pass on, ${answers ?? 0} to answer`,
    };
  },
});
