/** The day of the meeting: sign-in on the spot, its end, and who was there (R67, J10, P28). */
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { insertSignIn, presentAt } from '../../store/meeting-people.ts';
import { findMeeting, holdMeeting, type Meeting, moveMeeting } from '../../store/meetings.ts';
import { type Actor, findPerson } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { has } from '../access.ts';
import { type SendOptions, sendToChats } from '../notify.ts';
import { dueAt, isInvited, tellBranch, tellGuests } from './audience.ts';
import { leadersArePublic } from './leaders.ts';
import { run, type StepRefusal } from './plan.ts';

/** Minutes are due this many working days after the meeting (J9). */
const MINUTES_WORKING_DAYS = 3;

/** Opens the sign-in: a card to the branch. @returns false when it is open or over */
export async function openSignIn(tx: Writer, meeting: Meeting, options: SendOptions): Promise<boolean> {
  if (!(await moveMeeting(tx, meeting.id, ['planned'], 'open'))) return false;
  await tellBranch(
    tx,
    meeting,
    { card: 'meeting_sign_in', args: { meeting: meeting.id } },
    { ...options, once: `meeting-sign-in:${meeting.id}` },
  );
  return true;
}
export async function openMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Meeting, StepRefusal | 'too_early'>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  if (found.value.state === 'planned' && found.value.date > today(now, use.config.timezone)) return no('too_early');
  return (await openSignIn(tx, found.value, { now })) ? yes({ ...found.value, state: 'open' }) : no('wrong_state');
}

export type SignInAnswer = Verdict<Meeting, 'gone' | 'not_open' | 'not_invited' | 'again'>;
/** Signs somebody in; only that the person was there is kept, and whether as a leader. */
export async function signIn(tx: Writer, actor: Actor, id: string): Promise<SignInAnswer> {
  const meeting = await findMeeting(tx, id);
  if (meeting === null) return no('gone');
  if (meeting.state !== 'open') return no('not_open');
  if (!isInvited(actor, meeting)) return no('not_invited');
  return (await insertSignIn(tx, id, actor.employeeNo, has(actor, 'leader'))) ? yes(meeting) : no('again');
}

/** The secretary enters somebody who has no telephone at hand (F21), until minutes are due. */
export async function markPresent(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  person: string,
  now: number,
): Promise<Verdict<Meeting, StepRefusal | 'person_missing'>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  const meeting = found.value;
  const late = meeting.state === 'held' && (meeting.minutesBy ?? '') >= today(now, use.config.timezone);
  if (meeting.state !== 'open' && !late) return no('wrong_state');
  const known = await findPerson(tx, person);
  if (known === null || known.leftOn !== null || !isInvited({ ...known, leftOn: null }, meeting))
    return no('person_missing');
  if (await insertSignIn(tx, id, person, has({ ...known, leftOn: null }, 'leader')))
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'attendance_entered',
      object: id,
      detail: { person },
    });
  return yes(meeting);
}

/** Ends a meeting: due and present are counted, guests get their checklist, leaders' attendance is published. */
export async function endSignIn(
  tx: Writer,
  use: Use,
  meeting: Meeting,
  actor: string,
  now: number,
  options: SendOptions,
): Promise<Verdict<Meeting, 'wrong_state' | 'nobody_signed_in'>> {
  const present = await presentAt(tx, meeting.id);
  if (meeting.state !== 'open') return no('wrong_state');
  if (present.length === 0) return no('nobody_signed_in');
  const there = new Set(present.map((one) => one.person));
  const due = await dueAt(tx, meeting);
  const date = today(now, use.config.timezone);
  const counted = {
    due: due.length,
    present: due.filter((person) => there.has(person.employeeNo)).length,
    minutesBy: use.calendar.addWorkdays(date, MINUTES_WORKING_DAYS),
  };
  if (!(await holdMeeting(tx, meeting.id, counted))) return no('wrong_state');
  await appendAudit(tx, {
    at: now,
    actor,
    act: 'branch_meeting_held',
    object: meeting.id,
    detail: { branch: meeting.branch, kind: meeting.kind, due: counted.due, present: counted.present },
  });
  await tellGuests(tx, meeting, false, { ...options, once: `guest-check:${meeting.id}` });
  if (present.some((one) => one.leader) && leadersArePublic(use))
    await sendToChats(
      tx,
      'branch',
      meeting.branch,
      { card: 'leader_attendance', args: { branch: meeting.branch, year: Number(meeting.date.slice(0, 4)) } },
      { ...options, once: `leaders:${meeting.id}` },
    );
  return yes({ ...meeting, ...counted, state: 'held' });
}
export async function endMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Meeting, StepRefusal | 'nobody_signed_in'>> {
  const found = await run(tx, actor, id);
  return found.ok ? endSignIn(tx, use, found.value, actor.employeeNo, now, { now }) : found;
}
