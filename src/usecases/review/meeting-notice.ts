/** The notice of the review meeting: when, where, and the order of proceedings; the group's other branches are invited (J16, R70, R89). */
import { readDate } from '../../domain/form.ts';
import { today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { putMeeting, type ReviewMeeting } from '../../store/review-meeting.ts';
import { type Actor, findBranch, leadersOfUnit } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsReview } from '../access.ts';
import { sendToPeople, sendToScope } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { inviteGuests } from './guests.ts';

export const PLACE_MAX = 60;
export type NoticeRefusal =
  | 'not_secretary'
  | 'wrong_state'
  | 'date_missing'
  | 'date_past'
  | 'time_bad'
  | 'place_missing'
  | 'place_long';

const TIME = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/;

function readForm(form: Readonly<Record<string, string>>, earliest: string): Verdict<ReviewMeeting, NoticeRefusal> {
  const date = readDate(form.date);
  const time = TIME.exec((form.time ?? '').normalize('NFKC').trim());
  const place = (form.place ?? '').trim();
  if (date === null) return no('date_missing');
  if (date < earliest) return no('date_past');
  if (time === null) return no('time_bad');
  if (place === '') return no('place_missing');
  if (Array.from(place).length > PLACE_MAX) return no('place_long');
  return yes({ date, time: `${(time[1] ?? '').padStart(2, '0')}:${time[2] ?? ''}`, place });
}

/** Working days a notice comes before the meeting, by the review's own rules. */
export const noticeDaysOf = async (h: Reader, { rules }: Pick<Review, 'rules'>): Promise<number> =>
  (await rulesOf(h, rules)).meeting.notice_working_days;

/**
 * Gives notice, again when something changed. Shorter notice than the rules ask for is allowed, and said: the calendar warns, it
 * never blocks (design.md 12.1).
 * @returns whether the notice is shorter than `meeting.notice_working_days`
 */
export async function giveNotice(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<{ short: boolean }, NoticeRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  if (review.state !== 'preparing') return no('wrong_state');
  const date = today(now, use.config.timezone);
  const meeting = readForm(form, date);
  if (!meeting.ok) return meeting;
  await putMeeting(tx, review.id, meeting.value);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'meeting_noticed',
    object: review.id,
    detail: { date: meeting.value.date },
  });
  const card = { card: 'meeting_notice', args: { review: review.id } };
  const branch = await findBranch(tx, review.branch);
  const leaders = branch === null ? [] : (await leadersOfUnit(tx, branch.unit)).map((person) => person.employeeNo);
  const due = (await dueList(tx, review.id))
    .filter((entry) => entry.exempt === null && entry.removed === 0)
    .map((entry) => entry.person);
  const others = (people: readonly string[]) => people.filter((person) => person !== actor.employeeNo);
  await sendToPeople(tx, others(leaders), card, { now });
  await sendToScope(tx, 'branch', review.branch, others(due.filter((person) => !leaders.includes(person))), card, {
    now,
  });
  await inviteGuests(tx, review, { now });
  return yes({ short: use.calendar.workdaysBetween(date, meeting.value.date) < (await noticeDaysOf(tx, review)) });
}
