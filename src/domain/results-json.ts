/** Results as data: what `tenstar results --format json` prints and what every export is made from (design.md §11). */
import { z } from 'zod';
import { countsSchema, reviewStateSchema } from './review.ts';
import { branchFeedbackSchema, memberSheetSchema, starSheetSchema } from './sheet.ts';

const starResultSchema = starSheetSchema.omit({ won_before_bar: true, may_stand_out: true });
export type StarResult = z.infer<typeof starResultSchema>;

const memberResultSchema = memberSheetSchema
  .omit({ graded: true, notes: true, stars: true })
  .extend({ stars: z.array(starResultSchema) });
export type MemberResult = z.infer<typeof memberResultSchema>;

export const branchResultSchema = z.strictObject({
  branch: z.string(),
  district: z.string(),
  group: z.string().nullable(),
  state: reviewStateSchema,
  /** Null until the ballot is closed. */
  counts: countsSchema.nullable(),
  /** In the order of the ballot; empty until the tally. */
  members: z.array(memberResultSchema),
  branch_feedback: branchFeedbackSchema,
});
export type BranchResult = z.infer<typeof branchResultSchema>;

/** For those entitled to scores; published cards and boards hold stars and levels only (A45). */
export const resultsSchema = z.strictObject({
  period: z.string(),
  rules_hash: z.string(),
  branches: z.array(branchResultSchema),
});
export type Results = z.infer<typeof resultsSchema>;
