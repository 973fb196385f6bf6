import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { runMeetingClock } from '../usecases/meeting/clock.ts';

/** Every working morning; what was missed is done the next time. Meetings on other days are opened by the secretary. */
export const meetingClock = defineJob<Use>({
  name: 'meeting-clock',
  schedule: '0 9 * * *',
  summary: 'meeting.what.meeting_clock',
  workdayRule: 'workday',
  missed: { skipIfOlderThanMinutes: 8 * 60 },
  async run(use, { now }) {
    const outcome = await runMeetingClock(use, now);
    use.wake();
    return { ...outcome, note: '' };
  },
});
