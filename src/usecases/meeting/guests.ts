/** Guests at a commitment meeting: whether they come, and what they saw of the process (R70, A18). */
import { readChecklist } from '../../domain/checklist.ts';
import { cleanLine } from '../../domain/form.ts';
import { GUEST_ITEMS, type GuestItem, WHO_MAX } from '../../domain/meeting.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { findGuest, type Guest, putChecklist, putGuestAnswer } from '../../store/meeting-guests.ts';
import { findMeeting, type Meeting } from '../../store/meetings.ts';
import type { Actor } from '../../store/roster.ts';
import { runsBranch } from '../access.ts';

export type GuestRefusal = 'gone' | 'not_secretary' | 'not_invited' | 'wrong_state';
async function invitation(
  h: Reader,
  actor: Actor,
  id: string,
): Promise<Verdict<{ meeting: Meeting; guest: Guest }, GuestRefusal>> {
  const meeting = await findMeeting(h, id);
  if (meeting === null) return no('gone');
  const guest = await findGuest(h, id, actor.branch);
  if (guest === null) return no('not_invited');
  return runsBranch(actor, actor.branch) ? yes({ meeting, guest }) : no('not_secretary');
}

/** Says whether the branch comes, and who: a few names or a number. */
export async function answerInvitation(
  tx: Writer,
  actor: Actor,
  id: string,
  comes: boolean,
  form: Readonly<Record<string, string>>,
): Promise<Verdict<Meeting, GuestRefusal | 'who_missing' | 'who_long'>> {
  const found = await invitation(tx, actor, id);
  if (!found.ok) return found;
  if (found.value.meeting.state !== 'planned') return no('wrong_state');
  const who = cleanLine(form.who);
  if (comes && who === '') return no('who_missing');
  if (Array.from(who).length > WHO_MAX) return no('who_long');
  await putGuestAnswer(tx, id, actor.branch, comes, comes ? who : '');
  return yes(found.value.meeting);
}

export type ChecklistResult =
  | { ok: true; value: Meeting }
  | { ok: false; reason: GuestRefusal | 'remark_long' }
  | { ok: false; reason: 'items_missing'; items: readonly GuestItem[] };
/** Files the checklist or changes it, from the beginning of the meeting on. */
export async function fileChecklist(
  tx: Writer,
  actor: Actor,
  id: string,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<ChecklistResult> {
  const found = await invitation(tx, actor, id);
  if (!found.ok) return found;
  const { meeting } = found.value;
  if (meeting.state !== 'open' && meeting.state !== 'held') return no('wrong_state');
  const read = readChecklist(GUEST_ITEMS, form);
  if (!read.ok) return read;
  await putChecklist(tx, id, actor.branch, read.value.checklist, read.value.remark);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'guest_checklist_filed',
    object: id,
    detail: { branch: actor.branch },
  });
  return yes(meeting);
}
