/** The secretary's changes to the due list: absences by category (A14, F13), and colleagues who are no representatives this time. */
import { ABSENCE_REASONS, type AbsenceReason } from '../../domain/absence.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { dueCounts, dueList, findDue, setExempt, setRemoved } from '../../store/due.ts';
import type { Actor } from '../../store/roster.ts';
import { runsReview } from '../access.ts';
import { type SendOptions, sendToScope } from '../notify.ts';

const isReason = (value: string): value is AbsenceReason => ABSENCE_REASONS.some((reason) => reason === value);

/** The list goes to the branch chat, and to everybody on it whom no chat reaches (A14). */
export async function publishDueList(
  tx: Writer,
  { id, branch }: Pick<Review, 'id' | 'branch'>,
  options: SendOptions,
): Promise<void> {
  const card = { card: 'due_list', args: { review: id } };
  const listed = (await dueList(tx, id)).filter((entry) => entry.removed === 0);
  await sendToScope(
    tx,
    'branch',
    branch,
    listed.map((entry) => entry.person),
    card,
    options,
  );
}

/** Saves fields `due_<employee_no>`; the changed list is published again. */
export async function saveDueList(
  tx: Writer,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<{ due: number; changed: number }, 'not_secretary' | 'locked'>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  // The roll is frozen when the ballot opens; until then the meeting may still correct the list. After a refused tally
  // representatives may be invited, and nothing else changes (A17).
  const inviting = review.state === 'closed';
  if (review.state !== 'preparing' && review.state !== 'meeting' && !inviting) return no('locked');
  const changes: { person: string; exempt: AbsenceReason | null; removed: boolean }[] = [];
  for (const [name, value] of Object.entries(form)) {
    const person = /^due_(.+)$/.exec(name)?.[1];
    if (person === undefined) continue;
    const entry = await findDue(tx, review.id, person);
    if (entry === null) continue;
    const exempt = isReason(value) ? value : null;
    const removed = value === 'off' && entry.kind === 'representative';
    if (entry.exempt === exempt && (entry.removed === 1) === removed) continue;
    if (inviting && (entry.removed === 0 || removed || exempt !== null)) return no('locked');
    changes.push({ person, exempt, removed });
  }
  for (const { person, exempt, removed } of changes) {
    await setExempt(tx, review.id, person, exempt);
    await setRemoved(tx, review.id, person, removed);
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'due_list_changed',
      object: review.id,
      detail: { person, exempt, removed },
    });
  }
  if (changes.length > 0) await publishDueList(tx, review, { now });
  return yes({ due: (await dueCounts(tx, review.id)).due, changed: changes.length });
}
