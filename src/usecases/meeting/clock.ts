/** What comes due by itself: notices, the sign-in on the day, the end of a meeting nobody ended, reminders of minutes. */
import { eachItem } from '../../job.ts';
import { addDays, today } from '../../domain/period.ts';
import { leftOpenBefore, type Meeting, plannedBetween } from '../../store/meetings.ts';
import type { Use } from '../../use.ts';
import { inMessageHours } from '../notify.ts';
import { endSignIn, openSignIn } from './hold.ts';
import { minutesToRemind, remindMinutes } from './minutes.ts';
import { giveNotice, noticeIsDue } from './plan.ts';

/** No notice reaches further than this, however many holidays lie between. */
const DAYS_AHEAD = 40;

/** Does each of these once; every step is harmless when it is done twice. */
export async function runMeetingClock(use: Use, now: number): Promise<{ done: number; failed: number }> {
  const date = today(now, use.config.timezone);
  const options = inMessageHours(use, now);
  const planned = await plannedBetween(use.db.read, date, addDays(date, DAYS_AHEAD));
  const steps: (readonly [what: string, meeting: Meeting, step: () => Promise<unknown>])[] = [
    ...planned
      .filter((meeting) => !meeting.noticed && noticeIsDue(use, meeting, date))
      .map((meeting) => ['notice', meeting, () => use.db.write((tx) => giveNotice(tx, meeting, options))] as const),
    ...planned
      .filter((meeting) => meeting.date === date)
      .map((meeting) => ['sign-in', meeting, () => use.db.write((tx) => openSignIn(tx, meeting, options))] as const),
    // Nobody signed in to it: it stays open, to be ended with somebody entered, or called off.
    ...(await leftOpenBefore(use.db.read, date)).map(
      (meeting) =>
        ['end', meeting, () => use.db.write((tx) => endSignIn(tx, use, meeting, 'system', now, options))] as const,
    ),
    ...(await minutesToRemind(use.db.read, use, now)).map(
      (meeting) => ['minutes', meeting, () => use.db.write((tx) => remindMinutes(tx, use, meeting, now))] as const,
    ),
  ];
  return eachItem(
    steps,
    ([, , step]) => step(),
    (err, [what, { id }]) => use.log.error({ err, meeting: id, what }, 'a step of a meeting could not be taken'),
  );
}
