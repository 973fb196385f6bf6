/** Counting again from the sealed ballots, for somebody who decides an objection (F15): says whether the sheets agree, shows no mark. */
import { tally } from '../../domain/tally.ts';
import type { Review } from '../../domain/review.ts';
import { type MemberSheet, memberSheetSchema } from '../../domain/sheet.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { readRecount } from '../urn-lifecycle.ts';
import { rulesOf } from '../versions.ts';
import { tallyInput } from './ballot-phase.ts';
import { memberSheets } from './confirm.ts';

export type RecountRefusal = 'not_counted' | 'ballots_destroyed';

/** What a count alone decides; the committee's decisions are no part of it. */
const counted = (sheet: MemberSheet): string =>
  JSON.stringify([
    sheet.employee_no,
    sheet.graded,
    sheet.total,
    sheet.withheld,
    sheet.stars.map((star) => [star.key, star.score, star.won_before_bar, star.means]),
  ]);

/** @returns how many sheets were compared and whether all agree; the recount key is gone 30 days after the result is final. */
export async function recount(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<{ sheets: number; equal: boolean }, RecountRefusal>> {
  if (review.counts === null || review.refused !== null || review.state === 'balloting') return no('not_counted');
  if (!use.keys.has(review.id, 'recount')) return no('ballots_destroyed');
  const reading = await readRecount(tx, use.keys, { review: review.id, rollNo: review.rollNo });
  const again = tally(await tallyInput(tx, review, reading), await rulesOf(tx, review.rules));
  const known = new Set((await memberSheets(tx, review.id)).map(counted));
  const equal =
    again.ok &&
    again.value.members.length === known.size &&
    again.value.members.every((sheet) => known.has(counted(memberSheetSchema.parse(sheet))));
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'recount_made',
    object: review.id,
    detail: { equal },
  });
  return yes({ sheets: known.size, equal });
}
