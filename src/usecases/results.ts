/** Results as data, for those entitled to scores (design.md section 11). */
import { type BranchFeedback, branchFeedbackSchema, memberJson } from '../domain/sheet.ts';
import type { BranchResult, Results } from '../domain/results-json.ts';
import type { Review } from '../domain/review.ts';
import type { Reader } from '../store/db.ts';
import { reviewsOfPeriod } from '../store/reviews.ts';
import { findBranch } from '../store/roster.ts';
import { findSheet } from '../store/sheets.ts';
import { subjectsOf } from '../store/subjects.ts';
import { memberSheets } from './review/confirm.ts';

export async function branchFeedbackOf(h: Reader, review: string): Promise<BranchFeedback> {
  const row = await findSheet(h, review, 'branch');
  return row === null ? [] : branchFeedbackSchema.parse(JSON.parse(row.body));
}

/** One review's result; members in ballot order. */
export async function branchResult(h: Reader, review: Review): Promise<BranchResult> {
  const branch = await findBranch(h, review.branch);
  const sheets = new Map((await memberSheets(h, review.id)).map((sheet) => [sheet.employee_no, memberJson(sheet)]));
  const order = (await subjectsOf(h, review.id)).map((subject) => subject.person);
  return {
    branch: review.branch,
    district: branch?.district ?? '',
    group: branch?.group ?? null,
    state: review.state,
    counts: review.counts,
    members: order.flatMap((person) => sheets.get(person) ?? []),
    branch_feedback: await branchFeedbackOf(h, review.id),
  };
}

/** One review as a whole file of results. */
export const resultsOfReview = async (h: Reader, review: Review): Promise<Results> => ({
  period: review.period,
  rules_hash: review.rules,
  branches: [await branchResult(h, review)],
});

/** All reviews of a period that were opened, or one branch's (design.md 12.1). */
export async function resultsOf(
  h: Reader,
  period: string,
  rulesHash: string,
  branch: string | null = null,
): Promise<Results> {
  const reviews = (await reviewsOfPeriod(h, period)).filter((review) => branch === null || review.branch === branch);
  const branches: BranchResult[] = [];
  for (const review of reviews) branches.push(await branchResult(h, review));
  return { period, rules_hash: reviews[0]?.rules ?? rulesHash, branches };
}
