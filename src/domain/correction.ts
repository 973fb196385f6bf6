/** What an upheld objection may change about one person: upward only, whatever is chosen (F10). */
import type { Rules } from './rules.ts';
import { applyDecisions, type DecisionRefusal, type MemberSheet } from './sheet.ts';
import { no, type Verdict, yes } from './verdict.ts';

export interface Correction {
  /** The two stars of R121 count again. */
  liftBar: boolean;
  /** Key of a star to name outstanding (A37), or null. */
  outstanding: string | null;
}
export type CorrectionRefusal = DecisionRefusal | 'no_bar' | 'named_already';

export const isBarred = (sheet: MemberSheet): boolean => sheet.stars.some((star) => star.barred);
const namedStar = (sheet: MemberSheet): string | null => sheet.stars.find((star) => star.outstanding)?.key ?? null;
export const changesStars = ({ liftBar, outstanding }: Correction): boolean => liftBar || outstanding !== null;

/** Stars the correction may name outstanding; none where the person has one, for a second would take the first away (A37). */
export const nameable = (sheet: MemberSheet, liftBar: boolean): string[] =>
  !sheet.graded || sheet.level === null || namedStar(sheet) !== null
    ? []
    : sheet.stars
        .filter((star) => star.may_stand_out && (star.won || (liftBar && star.won_before_bar)))
        .map((star) => star.key);

/** The corrected sheet. Every star won before is won after, and an outstanding star stays one. */
export function correctSheet(
  sheet: MemberSheet,
  { liftBar, outstanding }: Correction,
  rules: Rules,
): Verdict<MemberSheet, CorrectionRefusal> {
  const barred = isBarred(sheet);
  const named = namedStar(sheet);
  if (liftBar && !barred) return no('no_bar');
  if (outstanding !== null && named !== null) return no('named_already');
  if (!changesStars({ liftBar, outstanding })) return yes(sheet);
  const applied = applyDecisions(sheet, { barred: barred && !liftBar, outstanding: outstanding ?? named }, rules);
  if (!applied.ok) return applied;
  // A rules file may bar other stars than those the sheet was made by; what was won stays won.
  const lost = sheet.stars.some((star, i) => star.won && applied.value.stars[i]?.won !== true);
  return lost ? no('star_not_won') : applied;
}
