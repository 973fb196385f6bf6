/** Plans of posts with their individual stars (A39): one a branch and year, its approved versions, and the one a review was opened under. */
import { z } from 'zod';
import {
  NO_POSTS,
  type PostPlan,
  postPlanSchema,
  type PostPlanState,
  postPlanStateSchema,
} from '../domain/post-plan.ts';
import { hashJson } from '../domain/rules.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const planRow = z.object({
  branch: z.string(),
  year: z.int(),
  state: postPlanStateSchema,
  draft: jsonText(postPlanSchema),
  /** Hash of the version in force. */
  approved: z.string().nullable(),
  comment: z.string(),
  submittedBy: z.string().nullable(),
  /** Date. */
  replyBy: z.string().nullable(),
  version: z.int(),
});
export type PostPlanRow = z.infer<typeof planRow>;

const PLAN = `SELECT branch, year, state, draft, approved, comment, submitted_by AS submittedBy, reply_by AS replyBy, version FROM post_plan`;
export const findPostPlan = (h: Reader, branch: string, year: number): Promise<PostPlanRow | null> =>
  h.get(planRow, `${PLAN} WHERE branch = ? AND year = ?`, [branch, year]);
/** Every plan that waits for an approval, the most urgent first. */
export const submittedPostPlans = (h: Reader): Promise<PostPlanRow[]> =>
  h.all(planRow, `${PLAN} WHERE state = 'submitted' ORDER BY reply_by, branch`);

const bodyRow = z.object({ body: jsonText(postPlanSchema) });
const IN_FORCE = `SELECT v.body FROM post_plan p JOIN post_plan_version v ON v.hash = p.approved WHERE p.branch = ? AND p.year = ?`;
/** What is approved for a branch and year; null: all stars are common. */
export const postPlanInForce = async (h: Reader, branch: string, year: number): Promise<PostPlan | null> =>
  (await h.get(bodyRow, IN_FORCE, [branch, year]))?.body ?? null;

/** Makes an empty draft where there is no plan of the year yet. */
export async function ensurePostPlan(
  tx: Writer,
  branch: string,
  year: number,
  draft: PostPlan = NO_POSTS,
): Promise<void> {
  await tx.run("INSERT INTO post_plan (branch, year, state, draft) VALUES (?, ?, 'draft', ?) ON CONFLICT DO NOTHING", [
    branch,
    year,
    JSON.stringify(draft),
  ]);
}
/** Writes over what is being written; an approved plan becomes a draft again, and stays in force until the new one is approved. */
export const putPostDraft = (tx: Writer, branch: string, year: number, draft: PostPlan): Promise<number> =>
  tx.run(
    `UPDATE post_plan SET draft = ?3, state = CASE state WHEN 'returned' THEN 'returned' ELSE 'draft' END, version = version + 1
     WHERE branch = ?1 AND year = ?2 AND state <> 'submitted'`,
    [branch, year, JSON.stringify(draft)],
  );

export interface PostPlanMove {
  from: readonly PostPlanState[];
  to: PostPlanState;
  comment?: string;
  submittedBy?: string;
  /** Date; null: nobody is asked any more. */
  replyBy?: string | null;
  decidedBy?: string;
  /** Only in this version. */
  version?: number;
}
const MOVE = `UPDATE post_plan SET state = ?3, comment = coalesce(?4, comment), submitted_by = coalesce(?5, submitted_by), reply_by = ?6,
  decided_by = coalesce(?7, decided_by), version = version + 1
  WHERE branch = ?1 AND year = ?2 AND state IN (SELECT value FROM json_each(?8)) AND (?9 IS NULL OR version = ?9)`;
/** @returns false when it was in none of the states `from`, or in another version. */
export async function movePostPlan(tx: Writer, branch: string, year: number, move: PostPlanMove): Promise<boolean> {
  const { from, to, comment = null, submittedBy = null, replyBy = null, decidedBy = null, version = null } = move;
  const args = [branch, year, to, comment, submittedBy, replyBy, decidedBy, JSON.stringify(from), version];
  return (await tx.run(MOVE, args)) > 0;
}
/** Puts the plan in force. @returns its hash, which names it from now on */
export async function putPostVersion(tx: Writer, branch: string, year: number, plan: PostPlan): Promise<string> {
  const hash = hashJson(plan);
  await tx.run('INSERT INTO post_plan_version (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING', [
    hash,
    JSON.stringify(plan),
  ]);
  await tx.run('UPDATE post_plan SET approved = ? WHERE branch = ? AND year = ?', [hash, branch, year]);
  return hash;
}

/** Fixes for a review what is in force now; later approvals do not reach it. */
export async function freezePostPlan(tx: Writer, review: string, branch: string, year: number): Promise<void> {
  await tx.run(
    `INSERT INTO review_post_plan (review, plan) SELECT ?, approved FROM post_plan WHERE branch = ? AND year = ? AND approved IS NOT NULL`,
    [review, branch, year],
  );
}
const OF_REVIEW =
  'SELECT v.body FROM review_post_plan r JOIN post_plan_version v ON v.hash = r.plan WHERE r.review = ?';
/** The plan a review was opened under; null: all stars are common. */
export const postPlanOfReview = async (h: Reader, review: string): Promise<PostPlan | null> =>
  (await h.get(bodyRow, OF_REVIEW, [review]))?.body ?? null;
