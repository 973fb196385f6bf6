/** Handing a plan of posts in to whoever approves the branch's commitments (A39, A41), and taking it back. */
import { today } from '../../domain/period.ts';
import { checkPlan, type PlanProblem } from '../../domain/post-plan.ts';
import { no } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { ensurePostPlan, findPostPlan, movePostPlan, putPostDraft } from '../../store/post-plans.ts';
import { callApprovers } from '../commit/approval.ts';
import { closedFor, type DraftRefusal, draftOf, type PostEdit, pruned } from './post-draft.ts';

export type PostRefusal = DraftRefusal | PlanProblem | { ok: false; reason: 'not_handed_in' };

/** People who have gone and stars that are no more fall out of it before. @returns when the reply is due, and how many are asked for it */
export async function submitPosts(
  tx: Writer,
  by: PostEdit,
): Promise<{ ok: true; replyBy: string; asked: number } | PostRefusal> {
  const { use, actor, year, now } = by;
  const { branch } = actor;
  const refusal = closedFor(by);
  if (refusal !== null) return refusal;
  const row = await findPostPlan(tx, branch, year);
  if (row !== null && row.state !== 'draft' && row.state !== 'returned') return no('handed_in');
  const plan = await pruned(tx, by, await draftOf(tx, by));
  const check = checkPlan(plan, row !== null && row.approved !== null);
  if (!check.ok) return check;
  await ensurePostPlan(tx, branch, year);
  await putPostDraft(tx, branch, year, plan);
  const days = use.years.of(year).rules.commitment.reply_working_days;
  const replyBy = use.calendar.addWorkdays(today(now, use.config.timezone), days);
  const submittedBy = actor.employeeNo;
  const move = { from: ['draft', 'returned'], to: 'submitted', submittedBy, replyBy, comment: '' } as const;
  if (!(await movePostPlan(tx, branch, year, move))) return no('handed_in');
  const detail = { year, groups: plan.groups.length };
  await appendAudit(tx, { at: now, actor: submittedBy, act: 'post_plan_submitted', object: branch, detail });
  return { ok: true, replyBy, asked: await callApprovers(tx, use, [{ branch, person: null }], now, 'commit-queue') };
}

/** Takes a plan back that nobody has decided on yet. */
export async function withdrawPosts(tx: Writer, by: PostEdit): Promise<{ ok: true } | PostRefusal> {
  const refusal = closedFor(by);
  if (refusal !== null) return refusal;
  const taken = await movePostPlan(tx, by.actor.branch, by.year, { from: ['submitted'], to: 'draft' });
  return taken ? { ok: true } : no('not_handed_in');
}
