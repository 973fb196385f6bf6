/** Visits of leaders to branches: planned, told to the secretary, counted (R69). A visit is an activity of the branch of the kind `visit`. */
import { type PlanProblem, readPlan } from '../../domain/activity.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict } from '../../domain/verdict.ts';
import type { Activity } from '../../store/activities.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Actor, type Branch, allBranches } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { has, isOffice } from '../access.ts';
import { askedBranch } from '../scope.ts';
import { addActivity } from './activities.ts';

/** The office to any branch, a liaison officer to those of the district, leaders and the leading group to those of their unit. */
const mayVisit = (use: Use, actor: Actor, branch: Branch): boolean =>
  isOffice(use, actor) ||
  has(actor, 'liaison', branch.district) ||
  (branch.unit === actor.unit && (has(actor, 'leading_group') || has(actor, 'leader')));

/** Branches a person may plan visits to, by code. */
export async function visitableBranches(h: Reader, use: Use, actor: Actor): Promise<Branch[]> {
  const plans = isOffice(use, actor) || has(actor, 'liaison') || has(actor, 'leading_group') || has(actor, 'leader');
  return plans ? (await allBranches(h)).filter((branch) => mayVisit(use, actor, branch)) : [];
}

export type VisitRefusal = PlanProblem | 'no_branch' | 'not_yours';
/** Plans a visit; the secretary of the branch is told. @param form `branch` is a code */
export async function planVisit(
  tx: Writer,
  use: Use,
  actor: Actor,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Activity, VisitRefusal>> {
  const branch = await askedBranch(tx, (form.branch ?? '').trim());
  if (branch === null || branch.closedOn !== null) return no('no_branch');
  if (!mayVisit(use, actor, branch)) return no('not_yours');
  const plan = readPlan({ ...form, kind: 'visit' }, today(now, use.config.timezone));
  if (!plan.ok) return plan;
  return addActivity(tx, use, actor, { level: 'branch', scope: branch.code }, plan.value, now);
}
