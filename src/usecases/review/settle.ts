/** What follows from an upheld objection: the result of that one person is corrected, upward only, and published again (A46, F10). */
import { changesStars, correctSheet, type Correction, type CorrectionRefusal } from '../../domain/correction.ts';
import type { Review } from '../../domain/review.ts';
import { type MemberSheet, outstandingCap } from '../../domain/sheet.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dropDecision, putDecision } from '../../store/decisions.ts';
import { type Objection, settleObjection } from '../../store/objections.ts';
import type { Actor } from '../../store/roster.ts';
import { markUnseen, putSheets } from '../../store/sheets.ts';
import type { Use } from '../../use.ts';
import { rulesOf } from '../versions.ts';
import { memberSheets, REASON_MAX } from './confirm.ts';
import { settlers } from './objection-people.ts';
import { republish } from './publish.ts';

export type SettleRefusal =
  | 'not_settler'
  | 'settled'
  | 'reason_missing'
  | 'reason_long'
  | 'no_sheet'
  | 'too_many_outstanding'
  | CorrectionRefusal;

/** The sheet before and after; nothing is written. */
export interface Preview {
  before: MemberSheet;
  after: MemberSheet;
}

export async function previewCorrection(
  h: Reader,
  use: Use,
  actor: Actor,
  review: Review,
  objection: Objection,
  correction: Correction,
  reason: string,
): Promise<Verdict<Preview, SettleRefusal>> {
  if (!(await settlers(h, use, review, objection)).includes(actor.employeeNo)) return no('not_settler');
  if (objection.state !== 'upheld' || objection.settledAt !== null) return no('settled');
  const sheets = await memberSheets(h, review.id);
  const before = sheets.find((sheet) => sheet.employee_no === objection.person);
  if (before === undefined) return no('no_sheet');
  const rules = await rulesOf(h, review.rules);
  const corrected = correctSheet(before, correction, rules);
  if (!corrected.ok) return corrected;
  const after = corrected.value;
  const all = sheets.map((sheet) => (sheet === before ? after : sheet));
  // A rules file may allow fewer than were named; what was named before stands.
  if (correction.outstanding !== null && outstandingCap(all, rules).over) return no('too_many_outstanding');
  if (reason.trim() === '') return no('reason_missing');
  if (Array.from(reason.trim()).length > REASON_MAX) return no('reason_long');
  return yes({ before, after });
}

/** Settles an upheld case: the corrected sheet, or only the reason why no star changes. */
export async function settleCase(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  objection: Objection,
  correction: Correction,
  written: string,
  now: number,
): Promise<Verdict<null, SettleRefusal>> {
  const preview = await previewCorrection(tx, use, actor, review, objection, correction, written);
  if (!preview.ok) return preview;
  const { person } = objection;
  const [by, reason] = [actor.employeeNo, written.trim()];
  const { liftBar, outstanding } = correction;
  const settlement = { by, at: now, reason, barLifted: liftBar, starNamed: outstanding };
  if (!(await settleObjection(tx, objection.id, settlement))) return no('settled');
  const entry = { at: now, actor: by, object: review.id };
  if (liftBar) {
    // The row stays with its ground, reason and statement; it only has no effect any more.
    await dropDecision(tx, review.id, person, 'barred');
    await appendAudit(tx, { ...entry, act: 'bar_lifted', detail: { person } });
  }
  if (outstanding !== null) {
    const decision = {
      person,
      kind: 'outstanding',
      value: outstanding,
      reason,
      state: 'decided',
      by,
      at: now,
    } as const;
    await putDecision(tx, review.id, { ...decision, hearingUntil: null });
    await appendAudit(tx, { ...entry, act: 'outstanding_named', detail: { person, value: outstanding } });
  }
  await appendAudit(tx, {
    ...entry,
    act: 'objection_settled',
    detail: { objection: objection.id, changed: changesStars(correction) },
  });
  if (changesStars(correction)) {
    await putSheets(tx, review.id, [{ person, body: preview.value.after }]);
    await markUnseen(tx, review.id, person);
  }
  await republish(tx, use, review, objection, changesStars(correction), now);
  return yes(null);
}
