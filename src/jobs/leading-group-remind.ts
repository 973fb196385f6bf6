import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { remindLeadingGroup, unitsBehind } from '../usecases/leading/remind.ts';

/** Three days a year, or the next working day (J12). */
export const leadingGroupRemind = defineJob<Use>({
  name: 'leading-group-remind',
  schedule: '30 9 * * *',
  days: JOB_DAYS.leadingGroup,
  summary: 'meeting.what.leading_group_remind',
  workdayRule: 'next_workday',
  missed: { skipIfOlderThanMinutes: 14 * 24 * 60 },
  async run(use, { now }) {
    let people = 0;
    const { failed } = await eachItem(
      await unitsBehind(use.db.read, use, now),
      async ({ unit }) => {
        people += await use.db.write((tx) => remindLeadingGroup(tx, use, unit, now));
      },
      (err, { unit }) => use.log.error({ err, unit }, 'a leading group could not be reminded'),
    );
    use.wake();
    return { done: people, failed, note: '' };
  },
});
