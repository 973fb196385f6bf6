import { z } from 'zod';
import { CATEGORIES, categorySchema } from './marks.ts';
import type { Rules } from './rules.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Why a value is not shown: a category is too small (F4), or there are too few valid ballots for a tally (A17). */
export const withheldSchema = z.enum(['min_category', 'min_total']);
export type Withheld = z.infer<typeof withheldSchema>;

const decimal = z.string().regex(/^\d+\.\d\d$/);
/** Mean per category, two decimals rounded down; only categories that exist. `self` is null when the self-review was excused. */
export const meansSchema = z.strictObject({
  self: decimal.nullable(),
  members_and_colleagues: decimal.optional(),
  committee: decimal.optional(),
  leadership: decimal.optional(),
});
export type Means = z.infer<typeof meansSchema>;

/** A departure from the plain rule that the result sheet must name (A6, A9, A10, A12). Weights are per cent, rounded down. */
export const noteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('category_without_raters'), category: categorySchema }),
  z.strictObject({ kind: z.literal('category_only_abstained'), category: categorySchema }),
  z.strictObject({ kind: z.literal('category_empty_for_star'), category: categorySchema, star: z.string() }),
  z.strictObject({ kind: z.literal('weights'), weights: z.partialRecord(z.enum(['self', ...CATEGORIES]), decimal) }),
  z.strictObject({ kind: z.literal('self_missing') }),
  z.strictObject({ kind: z.literal('self_excused') }),
  z.strictObject({ kind: z.literal('star_without_marks'), star: z.string() }),
  z.strictObject({ kind: z.literal('trimmed'), category: categorySchema }),
]);
export type Note = z.infer<typeof noteSchema>;

export const starSheetSchema = z.strictObject({
  key: z.string(),
  score: decimal.nullable(),
  won: z.boolean(),
  barred: z.boolean(),
  /** Whether the marks alone win the star; what `won` returns to when a bar is lifted. Not published. */
  won_before_bar: z.boolean(),
  outstanding: z.boolean(),
  /** Whether the committee may name it an outstanding star (A37); for the confirmation form, not published. */
  may_stand_out: z.boolean(),
  means: meansSchema.nullable(),
  withheld: withheldSchema.optional(),
});
export type StarSheet = z.infer<typeof starSheetSchema>;

/** One person's result after the publication gate: nothing in it need be hidden from those entitled to scores. */
export const memberSheetSchema = z.strictObject({
  employee_no: z.string(),
  /** False: probationary, feedback only, no level (A19). */
  graded: z.boolean(),
  level: z.int().min(0).max(10).nullable(),
  total: decimal.nullable(),
  withheld: withheldSchema.optional(),
  stars: z.array(starSheetSchema),
  notes: z.array(noteSchema),
});
export type MemberSheet = z.infer<typeof memberSheetSchema>;

/** What a branch hears of its own review: self marks and the mean of members and colleagues, no score and no level (R95, A25). */
export const branchFeedbackSchema = z.array(
  z.strictObject({
    key: z.string(),
    self: decimal.nullable(),
    members_and_colleagues: decimal.nullable(),
    withheld: withheldSchema.optional(),
  }),
);
export type BranchFeedback = z.infer<typeof branchFeedbackSchema>;

/** What the branch committee decided for one person when it confirmed the results. */
export interface Decisions {
  /** The two stars of R121 are barred for this quarter. */
  barred: boolean;
  /** Key of the star named outstanding, or null. */
  outstanding: string | null;
}
export type DecisionRefusal =
  | 'not_graded'
  | 'not_tallied'
  | 'unknown_star'
  | 'star_not_won'
  | 'score_too_low'
  | 'none_allowed';

/**
 * The sheet with the committee's decisions in it (R103, R121, A31, A37). Earlier decisions are replaced, not added to. A barred
 * star is not won, whatever its score; an outstanding star is a won star that reaches `rules.outstanding.min_score`.
 */
export function applyDecisions(
  sheet: MemberSheet,
  decisions: Decisions,
  rules: Rules,
): Verdict<MemberSheet, DecisionRefusal> {
  const { barred, outstanding } = decisions;
  if (outstanding !== null) {
    if (!sheet.graded) return no('not_graded');
    if (sheet.level === null) return no('not_tallied');
    if (rules.outstanding.per_member_period < 1) return no('none_allowed');
  }
  const stars = sheet.stars.map((star) => {
    const out = barred && rules.barred_stars.includes(star.key);
    const won = !out && star.won_before_bar;
    return { ...star, barred: out, won, outstanding: star.key === outstanding };
  });
  if (outstanding !== null) {
    const chosen = stars.find((star) => star.key === outstanding);
    if (chosen === undefined) return no('unknown_star');
    if (!chosen.won) return no('star_not_won');
    if (!chosen.may_stand_out) return no('score_too_low');
  }
  const level = sheet.level === null ? null : stars.filter((star) => star.won).length;
  return yes({ ...sheet, level, stars });
}

/** How many outstanding stars a branch has named and may name in a period (A37). */
export function outstandingCap(
  sheets: readonly MemberSheet[],
  rules: Rules,
): { named: number; allowed: number; over: boolean } {
  const named = sheets.reduce((sum, sheet) => sum + sheet.stars.filter((star) => star.outstanding).length, 0);
  const allowed = rules.outstanding.per_branch_period;
  return { named, allowed, over: named > allowed };
}

/** One star as `tenstar results --format json` prints it. */
export type StarJson = Omit<StarSheet, 'may_stand_out' | 'won_before_bar'>;
/** One member as `tenstar results --format json` prints it. */
export type MemberJson = Pick<MemberSheet, 'employee_no' | 'level' | 'total' | 'withheld'> & { stars: StarJson[] };

/** The part of a sheet that results as data hold (design: 11). */
export function memberJson({ employee_no, level, total, withheld, stars }: MemberSheet): MemberJson {
  return { employee_no, level, total, ...(withheld === undefined ? {} : { withheld }), stars: stars.map(starJson) };
}

function starJson({ key, score, won, barred, outstanding, means, withheld }: StarSheet): StarJson {
  return { key, score, won, barred, outstanding, means, ...(withheld === undefined ? {} : { withheld }) };
}
