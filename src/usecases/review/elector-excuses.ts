/**
 * The secretary excuses electors who cannot vote, after a tally was refused because nobody of their category did (A7): a leader of
 * another branch who is ill, for instance, who is not on the due list. A category whose electors are all excused, and of whom nobody
 * voted, is one without eligible raters (A6; design.md 12.11). Members and colleagues are not among them: their share is what A13
 * protects. The excused may still vote (A53).
 */
import { ABSENCE_REASONS, type AbsenceReason } from '../../domain/absence.ts';
import type { Category } from '../../domain/marks.ts';
import { mayExcuseElectors, type Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  dropElectorExcuse,
  type ExcusableElector,
  excusableElectors,
  putElectorExcuse,
} from '../../store/elector-excuses.ts';
import type { Actor } from '../../store/roster.ts';
import { runsReview } from '../access.ts';

const EXCUSABLE: readonly Category[] = ['leadership', 'committee'];

/** Those whom this secretary may excuse; nobody excuses themselves, as whoever fills in this form can vote. */
export const electorsToExcuse = async (h: Reader, review: string, by: string | null): Promise<ExcusableElector[]> =>
  (await excusableElectors(h, review, EXCUSABLE)).filter(({ person }) => person !== by);

/** `locked`: not after such a refusal; `not_listed`: a person in the form is none of those who may be excused. */
export type ElectorExcuseRefusal = 'not_secretary' | 'locked' | 'not_listed';

const isReason = (value: string): value is AbsenceReason => ABSENCE_REASONS.some((reason) => reason === value);

/** Saves fields `elector_<employee_no>`; anything but a category of absence takes a reason back. All or nothing. */
export async function saveElectorExcuses(
  tx: Writer,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<number, ElectorExcuseRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  if (!mayExcuseElectors(review)) return no('locked');
  const listed = new Map((await electorsToExcuse(tx, review.id, actor.employeeNo)).map((one) => [one.person, one]));
  const changes: { person: string; reason: AbsenceReason | null }[] = [];
  for (const [name, value] of Object.entries(form)) {
    const person = /^elector_(.+)$/.exec(name)?.[1];
    if (person === undefined) continue;
    const elector = listed.get(person);
    if (elector === undefined) return no('not_listed');
    const reason = isReason(value) ? value : null;
    if (elector.reason !== reason) changes.push({ person, reason });
  }
  for (const { person, reason } of changes) {
    if (reason === null) await dropElectorExcuse(tx, review.id, person);
    else await putElectorExcuse(tx, review.id, person, reason, actor.employeeNo);
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'elector_excused',
      object: review.id,
      detail: { person, reason },
    });
  }
  return yes(changes.length);
}
