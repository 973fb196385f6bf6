import { z } from 'zod';

/** The three rating categories, highest priority first (A1). One person rates in exactly one. */
export const CATEGORIES = ['leadership', 'committee', 'members_and_colleagues'] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;

/** Key of a star in the catalogue, for example `rule_compliance`. */
export type StarKey = string;

/** A mark on a ballot: a whole number 0–10, or `x` for 不了解 (A4, A10). */
export const MARK_VALUES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'x'] as const;
/** What may be marked: 不了解 where the rules allow it (`ballot.abstain`). */
export const markValues = (abstain: boolean): readonly (typeof MARK_VALUES)[number][] =>
  abstain ? MARK_VALUES : MARK_VALUES.filter((value) => value !== 'x');
export const markSchema = z.union([z.int().min(0).max(10), z.literal('x')]);
export type Mark = z.infer<typeof markSchema>;

/** The subject that stands for the branch itself, always the last of a ballot (R95, A25). */
export const BRANCH_SUBJECT = 'branch';

/** One rater's ten marks for one subject, in catalogue order. There is no rater in it. */
export interface RatingRow {
  category: Category;
  marks: readonly Mark[];
}
