/** Examining post groups and their individual stars: by whoever approves the branch's commitments (A39, A41), and never by who wrote them. */
import { readComment } from '../../domain/commitment.ts';
import type { PostPlan } from '../../domain/post-plan.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  findPostPlan,
  movePostPlan,
  type PostPlanRow,
  putPostVersion,
  submittedPostPlans,
} from '../../store/post-plans.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { has, isOffice } from '../access.ts';
import { approverLookup, queueOf } from '../commit/approval.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** Plans that wait for this person, the most urgent first. */
export async function postQueueOf(h: Reader, use: Use, actor: Actor): Promise<PostPlanRow[]> {
  if (!isOffice(use, actor) && !has(actor, 'leading_group')) return [];
  const lookup = approverLookup(h, use);
  const found: PostPlanRow[] = [];
  for (const row of await submittedPostPlans(h))
    if ((await lookup({ branch: row.branch, person: null })).includes(actor.employeeNo)) found.push(row);
  return found;
}
/** Everything that waits for this person's approval: sheets of commitments, and plans of posts. */
export const countWaiting = async (h: Reader, use: Use, actor: Actor): Promise<number> =>
  (await queueOf(h, use, actor)).length + (await postQueueOf(h, use, actor)).length;

export type PostDecisionRefusal = 'gone' | 'not_approver' | 'changed' | 'comment_missing' | 'comment_long';

/** The plan, for who may examine it. A draft is nobody else's business. */
export async function postsToDecide(
  h: Reader,
  use: Use,
  actor: Actor,
  branch: string,
  year: number,
): Promise<Verdict<PostPlanRow, 'gone' | 'not_approver'>> {
  const row = await findPostPlan(h, branch, year);
  if (row === null) return no('gone');
  const approvers = await approverLookup(h, use)({ branch, person: null });
  return approvers.includes(actor.employeeNo) ? yes(row) : no('not_approver');
}

const tellWriter = async (
  tx: Writer,
  use: Use,
  { branch, year, version, submittedBy }: PostPlanRow,
  now: number,
): Promise<void> => {
  const options = { ...inMessageHours(use, now), once: `posts:${branch}:${year}:${version}` };
  await sendToPeople(tx, submittedBy === null ? [] : [submittedBy], { card: 'post_groups', args: { year } }, options);
};
/** Everybody with a post is told which stars are their own, once for each version. */
const tellMembers = async (
  tx: Writer,
  use: Use,
  plan: PostPlan,
  hash: string,
  year: number,
  now: number,
): Promise<void> => {
  const people = plan.groups.flatMap((group) => group.members);
  const options = { ...inMessageHours(use, now), once: `my-post:${year}:${hash}` };
  await sendToPeople(tx, people, { card: 'my_post', args: { year } }, options);
};

/** Approves the plan as it was read (`version`): from now on it is in force; reviews opened before keep what they had. */
export async function approvePosts(
  tx: Writer,
  use: Use,
  actor: Actor,
  at: { branch: string; year: number; version: number },
  now: number,
): Promise<Verdict<PostPlanRow, PostDecisionRefusal>> {
  const { branch, year, version } = at;
  const found = await postsToDecide(tx, use, actor, branch, year);
  if (!found.ok) return found;
  const move = { from: ['submitted'], to: 'approved', decidedBy: actor.employeeNo, version } as const;
  if (!(await movePostPlan(tx, branch, year, move))) return no('changed');
  const hash = await putPostVersion(tx, branch, year, found.value.draft);
  const detail = { year, plan: hash };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'post_plan_approved', object: branch, detail });
  await tellWriter(tx, use, found.value, now);
  await tellMembers(tx, use, found.value.draft, hash, year, now);
  return found;
}

/** Returns the plan as it was read, with a comment; what was in force stays in force. */
export async function returnPosts(
  tx: Writer,
  use: Use,
  actor: Actor,
  at: { branch: string; year: number; version: number },
  typed: string | undefined,
  now: number,
): Promise<Verdict<PostPlanRow, PostDecisionRefusal>> {
  const { branch, year, version } = at;
  const found = await postsToDecide(tx, use, actor, branch, year);
  if (!found.ok) return found;
  const comment = readComment(typed);
  if (!comment.ok) return comment;
  const move = {
    from: ['submitted'],
    to: 'returned',
    comment: comment.value,
    decidedBy: actor.employeeNo,
    version,
  } as const;
  if (!(await movePostPlan(tx, branch, year, move))) return no('changed');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'post_plan_returned',
    object: branch,
    detail: { year },
  });
  await tellWriter(tx, use, found.value, now);
  return found;
}
