/** Planning a meeting: the secretary says when, where and what about; notice is given three working days before (J6, J10). */
import { type MeetingKind, type PlanProblem, readPlan } from '../../domain/meeting.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { insertGuests } from '../../store/meeting-guests.ts';
import { changePlan, findMeeting, insertMeeting, type Meeting, moveMeeting, setNoticed } from '../../store/meetings.ts';
import { type Actor, branchesOfGroup } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import type { SendOptions } from '../notify.ts';
import { tellBranch, tellGuests } from './audience.ts';

/** Working days from today until the meeting are fewer than the rules ask for, or just as many: notice goes out now. */
export const noticeIsDue = (use: Use, meeting: Pick<Meeting, 'date'>, date: string): boolean =>
  use.calendar.workdaysBetween(date, meeting.date) <= use.years.at(meeting.date).rules.meeting.notice_working_days;
const isShort = (use: Use, meeting: Pick<Meeting, 'date'>, date: string): boolean =>
  use.calendar.workdaysBetween(date, meeting.date) < use.years.at(meeting.date).rules.meeting.notice_working_days;

/** The notice of a meeting, once for every plan of it. */
export async function giveNotice(tx: Writer, meeting: Meeting, options: SendOptions): Promise<void> {
  await setNoticed(tx, meeting.id, true);
  await tellBranch(
    tx,
    meeting,
    { card: 'meeting_call', args: { meeting: meeting.id } },
    { ...options, once: `meeting:${meeting.id}:${meeting.version}` },
  );
}

export type PlanRefusal = PlanProblem | 'not_secretary' | 'gone' | 'wrong_state';
export interface Planned {
  meeting: Meeting;
  /** Whether the notice is shorter than `meeting.notice_working_days`. */
  short: boolean;
}

/** Plans a meeting, or with `id` changes one that is planned. A change of one that was noticed is noticed again. */
export async function planMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  what: { kind: MeetingKind; id: string | null },
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Planned, PlanRefusal>> {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  const date = today(now, use.config.timezone);
  const before = what.id === null ? null : await findMeeting(tx, what.id);
  if (what.id !== null && before?.branch !== actor.branch) return no('gone');
  const plan = readPlan(form, before?.kind ?? what.kind, date);
  if (!plan.ok) return plan;
  const id = what.id ?? use.newId();
  if (before === null)
    await insertMeeting(tx, { id, branch: actor.branch, kind: what.kind, by: actor.employeeNo }, plan.value);
  else if (!(await changePlan(tx, id, plan.value))) return no('wrong_state');
  const meeting = await findMeeting(tx, id);
  if (meeting === null) return no('gone');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'branch_meeting_planned',
    object: id,
    detail: { branch: meeting.branch, kind: meeting.kind, date: meeting.date, change: before !== null },
  });
  if (meeting.kind === 'commitment_meeting') {
    if (before === null && actor.group !== null)
      await insertGuests(
        tx,
        id,
        (await branchesOfGroup(tx, actor.group)).map((branch) => branch.code).filter((code) => code !== actor.branch),
      );
    await tellGuests(tx, meeting, true, { now, once: `guest:${id}:${meeting.version}` });
  }
  if (before?.noticed === true || noticeIsDue(use, meeting, date)) await giveNotice(tx, meeting, { now });
  return yes({ meeting, short: isShort(use, meeting, date) });
}

export type StepRefusal = 'gone' | 'not_secretary' | 'wrong_state';
/** The meeting, for those who run its branch. */
export async function run(tx: Writer, actor: Actor, id: string): Promise<Verdict<Meeting, 'gone' | 'not_secretary'>> {
  const meeting = await findMeeting(tx, id);
  if (meeting === null) return no('gone');
  return runsBranch(actor, meeting.branch) ? yes(meeting) : no('not_secretary');
}

/** Calls a meeting off; whoever had been told is told. */
export async function cancelMeeting(
  tx: Writer,
  _use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Meeting, StepRefusal>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  if (!(await moveMeeting(tx, id, ['planned', 'open'], 'cancelled'))) return no('wrong_state');
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'branch_meeting_cancelled', object: id });
  if (found.value.noticed)
    await tellBranch(
      tx,
      found.value,
      { card: 'meeting_call', args: { meeting: id } },
      { now, once: `meeting-off:${id}` },
    );
  await tellGuests(tx, found.value, false, { now, once: `guest-off:${id}` });
  return yes({ ...found.value, state: 'cancelled' });
}
