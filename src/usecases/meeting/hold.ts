/** The day of the meeting: sign-in on the spot, its end, and who was there (R67, J10, P28). */
import { absenceReasonSchema } from '../../domain/absence.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { absentAt, dropAbsence, insertSignIn, presentAt, putAbsence } from '../../store/meeting-people.ts';
import { findMeeting, holdMeeting, type Meeting, moveMeeting, recountMeeting } from '../../store/meetings.ts';
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

/** How many were expected, less those excused, and how many of them came. */
async function count(h: Reader, meeting: Meeting): Promise<{ due: number; present: number }> {
  const there = new Set((await presentAt(h, meeting.id)).map(({ person }) => person));
  const excused = new Set((await absentAt(h, meeting.id)).map(({ person }) => person));
  const due = (await dueAt(h, meeting)).filter(({ employeeNo }) => !excused.has(employeeNo));
  return { due: due.length, present: due.filter(({ employeeNo }) => there.has(employeeNo)).length };
}

export type EntryRefusal = StepRefusal | 'person_missing';
/** The meeting and the person, while entries are taken: until minutes are due. @param from the state in which they begin to be */
async function entry(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  person: string,
  from: 'planned' | 'open',
  now: number,
): Promise<Verdict<{ meeting: Meeting; known: Actor }, EntryRefusal>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  const meeting = found.value;
  const late = meeting.state === 'held' && (meeting.minutesBy ?? '') >= today(now, use.config.timezone);
  if (meeting.state !== 'open' && meeting.state !== from && !late) return no('wrong_state');
  const known = await findPerson(tx, person);
  if (known === null || known.leftOn !== null) return no('person_missing');
  const here = { ...known, leftOn: null };
  return isInvited(here, meeting) ? yes({ meeting, known: here }) : no('person_missing');
}

/** The secretary enters somebody who has no telephone at hand (F21), until minutes are due. */
export async function markPresent(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  person: string,
  now: number,
): Promise<Verdict<Meeting, EntryRefusal>> {
  const found = await entry(tx, use, actor, id, person, 'open', now);
  if (!found.ok) return found;
  const { meeting, known } = found.value;
  if (await insertSignIn(tx, id, person, has(known, 'leader')))
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'attendance_entered',
      object: id,
      detail: { person },
    });
  if (meeting.state === 'held') await recountMeeting(tx, id, await count(tx, meeting));
  return yes(meeting);
}

/**
 * The secretary notes that somebody is excused, by category only (F13), from the planning of the meeting until minutes are due; the
 * empty reason takes it back. The trail says that it was done, not why.
 */
export async function recordAbsence(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Meeting, EntryRefusal | 'reason_missing' | 'was_present'>> {
  const person = form.person ?? '';
  const found = await entry(tx, use, actor, id, person, 'planned', now);
  if (!found.ok) return found;
  const { meeting } = found.value;
  const reason = form.reason === 'none' ? null : absenceReasonSchema.safeParse(form.reason).data;
  if (reason === undefined) return no('reason_missing');
  if ((await presentAt(tx, id)).some((one) => one.person === person)) return no('was_present');
  if (reason === null) await dropAbsence(tx, id, person);
  else await putAbsence(tx, id, person, reason);
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'absence_recorded', object: id, detail: { person } });
  if (meeting.state === 'held') await recountMeeting(tx, id, await count(tx, meeting));
  return yes(meeting);
}

/** Ends a meeting: due and present are counted without those excused, guests get their checklist, leaders' attendance is published. */
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
  const date = today(now, use.config.timezone);
  const minutesBy = use.calendar.addWorkdays(date, MINUTES_WORKING_DAYS);
  const counted = { ...(await count(tx, meeting)), minutesBy };
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
