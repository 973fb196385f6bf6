import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { closeNotice, hearingsOver, noticesOver, tellHearingOver } from '../usecases/review/clock.ts';

/** Every night: results whose notice has had its days become final (A46); committees hear that a hearing is over (F9). */
export const noticeClose = defineJob<Use>({
  name: 'notice-close',
  schedule: '10 0 * * *',
  summary: 'job.what.notice_close',
  workdayRule: 'any',
  missed: 'catch_up',
  async run(use, { now }) {
    let final = 0;
    const failure = (err: unknown) => use.log.error({ err }, 'a notice or a hearing that is over could not be ended');
    const notices = await eachItem(
      await noticesOver(use, now),
      async (id) => {
        if (await closeNotice(use, id, now)) final += 1;
      },
      failure,
    );
    const hearings = await eachItem(
      await hearingsOver(use, now),
      (hearing) => tellHearingOver(use, hearing, now),
      failure,
    );
    use.wake();
    return {
      done: final + hearings.done,
      failed: notices.failed + hearings.failed,
      note: `${final} final, ${hearings.done} hearings over`,
    };
  },
});
