/** Minutes: what was agreed, within three working days; not who said what (J9, A54). */
import { type MinutesProblem, readMinutes } from '../../domain/meeting.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Meeting, minutesMissing, putMinutes } from '../../store/meetings.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runnersOf } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { publishCommitments } from '../commit/publish.ts';
import { run, type StepRefusal } from './plan.ts';

/** Files minutes or changes them. */
export async function fileMinutes(
  tx: Writer,
  actor: Actor,
  id: string,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Meeting, StepRefusal | MinutesProblem>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  if (found.value.state !== 'held') return no('wrong_state');
  const minutes = readMinutes(form);
  if (!minutes.ok) return minutes;
  if (!(await putMinutes(tx, id, minutes.value))) return no('wrong_state');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'minutes_filed',
    object: id,
    detail: { change: found.value.points !== null },
  });
  return yes({ ...found.value, ...minutes.value });
}

/** Minutes a branch owes, the oldest first, whether their day has come or not. */
export const owedMinutes = (h: Reader, branch: string): Promise<Meeting[]> => minutesMissing(h, branch, '9999-12-31');

/** Reminds those who run a branch, once a meeting, on the day minutes are due. */
export async function remindMinutes(tx: Writer, use: Use, meeting: Meeting, now: number): Promise<number> {
  const people = await runnersOf(tx, meeting.branch);
  await sendToPeople(
    tx,
    people,
    { card: 'minutes_reminder', args: { meeting: meeting.id } },
    { ...inMessageHours(use, now), once: `minutes:${meeting.id}` },
  );
  return people.length;
}
export const minutesToRemind = (h: Reader, use: Use, now: number): Promise<Meeting[]> =>
  minutesMissing(h, null, today(now, use.config.timezone));

/** After a commitment meeting: what was approved is published, on the boards and in the chat (R58, R59). @returns how many sheets */
export async function publishAfterMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<number, StepRefusal | 'nothing_approved'>> {
  const found = await run(tx, actor, id);
  if (!found.ok) return found;
  if (found.value.kind !== 'commitment_meeting' || found.value.state !== 'held') return no('wrong_state');
  return publishCommitments(tx, use, actor, Number(found.value.date.slice(0, 4)), now);
}
