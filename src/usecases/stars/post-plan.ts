/** Writing the post groups of a branch and their individual stars (R45, A39): by its secretary or deputy, once a year, handed in for approval. */
import { writableYear } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import {
  addGroup,
  checkPlan,
  NO_POSTS,
  pickMembers,
  type PlanProblem,
  type PostNameProblem,
  type PostPlan,
  type PostStarProblem,
  type PostTextVerdict,
  prunePlan,
  putStar,
  readPostName,
  readPostStar,
  removeGroup,
  removeStar,
  renameGroup,
} from '../../domain/post-plan.ts';
import { no, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  ensurePostPlan,
  findPostPlan,
  movePostPlan,
  postPlanInForce,
  type PostPlanRow,
  putPostDraft,
} from '../../store/post-plans.ts';
import { type Actor, peopleOfBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { callApprovers } from '../commit/approval.ts';

type Form = Readonly<Record<string, string>>;

/** Those who are rated: members of the branch, probationary ones included. */
const ratedPeople = async (h: Reader, branch: string): Promise<Actor[]> =>
  (await peopleOfBranch(h, branch)).filter((person) => person.status !== 'colleague');

/** What is being written for the year; where nothing is yet, last year's plan as far as it still fits. */
async function draftOf(h: Reader, use: Use, branch: string, year: number): Promise<PostPlan> {
  const row = await findPostPlan(h, branch, year);
  if (row !== null) return row.draft;
  const before = await postPlanInForce(h, branch, year - 1);
  return before === null ? NO_POSTS : pruned(h, use, { branch, year }, before);
}
async function pruned(
  h: Reader,
  use: Use,
  { branch, year }: { branch: string; year: number },
  plan: PostPlan,
): Promise<PostPlan> {
  const people = new Set((await ratedPeople(h, branch)).map((person) => person.employeeNo));
  return prunePlan(plan, people, new Set(use.years.of(year).catalogue.member.map((star) => star.key)));
}

export type PostRefusal =
  | {
      ok: false;
      reason: 'not_secretary' | 'year_closed' | 'handed_in' | 'gone' | 'off' | 'too_many_groups' | 'too_many_stars';
    }
  | { ok: false; reason: 'not_handed_in' }
  | Exclude<PostTextVerdict<never, PostNameProblem | PostStarProblem>, { ok: true }>
  | PlanProblem;
export type PostResult = { ok: true; plan: PostPlan } | PostRefusal;

/** Null when the plan of the year may be written now by this person. */
function closed(use: Use, actor: Actor, year: number, now: number): PostRefusal | null {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (use.years.of(year).rules.individual_stars.max_per_post_group === 0) return no('off');
  return writableYear(year, today(now, use.config.timezone)) ? null : no('year_closed');
}

/** Changes the draft by a function of the domain; a refusal changes nothing. @param group must be there; null for a new one */
async function edit(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string | null,
  now: number,
  change: (plan: PostPlan) => { ok: true; value: PostPlan } | PostRefusal,
): Promise<PostResult> {
  const refusal = closed(use, actor, year, now);
  if (refusal !== null) return refusal;
  const draft = await draftOf(tx, use, actor.branch, year);
  if (group !== null && !draft.groups.some((one) => one.id === group)) return no('gone');
  const next = change(draft);
  if (!next.ok) return next;
  await ensurePostPlan(tx, actor.branch, year);
  if ((await putPostDraft(tx, actor.branch, year, next.value)) === 0) return no('handed_in');
  return { ok: true, plan: next.value };
}

/** @returns also the id of the new group */
export async function addPostGroup(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  form: Form,
  now: number,
): Promise<(PostResult & { ok: true; group: string }) | PostRefusal> {
  const group = use.newId();
  const added = await edit(tx, use, actor, year, null, now, (plan) => {
    const name = readPostName(form.name, plan);
    return name.ok ? addGroup(plan, group, name.value) : name;
  });
  return added.ok ? { ...added, group } : added;
}
export const renamePostGroup = (
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string,
  form: Form,
  now: number,
): Promise<PostResult> =>
  edit(tx, use, actor, year, group, now, (plan) => {
    const name = readPostName(form.name, plan, group);
    return name.ok ? yes(renameGroup(plan, group, name.value)) : name;
  });
export const removePostGroup = (
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string,
  now: number,
): Promise<PostResult> => edit(tx, use, actor, year, group, now, (plan) => yes(removeGroup(plan, group)));

/** Fields `member_<employee_no>` = `in` | `out`; who is no member of the branch is passed over. */
export async function savePostMembers(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string,
  form: Form,
  now: number,
): Promise<PostResult> {
  const picked = new Map<string, boolean>();
  for (const { employeeNo } of await ratedPeople(tx, actor.branch)) {
    const value = form[`member_${employeeNo}`];
    if (value === 'in' || value === 'out') picked.set(employeeNo, value === 'in');
  }
  return edit(tx, use, actor, year, group, now, (plan) => yes(pickMembers(plan, group, picked)));
}

/** @param instead the star that is being changed, when the form was opened on one */
export const savePostStar = (
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string,
  form: Form,
  now: number,
  instead?: string,
): Promise<PostResult> =>
  edit(tx, use, actor, year, group, now, (plan) => {
    const star = readPostStar(form, new Set(use.years.of(year).catalogue.member.map(({ key }) => key)));
    if (!star.ok) return star;
    return putStar(plan, group, star.value, use.years.of(year).rules.individual_stars.max_per_post_group, instead);
  });
export const removePostStar = (
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  group: string,
  key: string,
  now: number,
): Promise<PostResult> => edit(tx, use, actor, year, group, now, (plan) => yes(removeStar(plan, group, key)));

/**
 * Hands the plan in to whoever approves the branch's commitments (A41). People who have gone and stars that are no more fall out
 * of it before.
 */
export async function submitPosts(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  now: number,
): Promise<{ ok: true; row: PostPlanRow; asked: number } | PostRefusal> {
  const refusal = closed(use, actor, year, now);
  if (refusal !== null) return refusal;
  const row = await findPostPlan(tx, actor.branch, year);
  if (row !== null && row.state !== 'draft' && row.state !== 'returned') return no('handed_in');
  const plan = await pruned(tx, use, { branch: actor.branch, year }, await draftOf(tx, use, actor.branch, year));
  const check = checkPlan(plan, row !== null && row.approved !== null);
  if (!check.ok) return check;
  await ensurePostPlan(tx, actor.branch, year);
  await putPostDraft(tx, actor.branch, year, plan);
  const replyBy = use.calendar.addWorkdays(
    today(now, use.config.timezone),
    use.years.of(year).rules.commitment.reply_working_days,
  );
  const move = {
    from: ['draft', 'returned'],
    to: 'submitted',
    submittedBy: actor.employeeNo,
    replyBy,
    comment: '',
  } as const;
  if (!(await movePostPlan(tx, actor.branch, year, move))) return no('handed_in');
  const detail = { year, groups: plan.groups.length };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'post_plan_submitted', object: actor.branch, detail });
  const after = await findPostPlan(tx, actor.branch, year);
  if (after === null) return no('gone');
  return {
    ok: true,
    row: after,
    asked: await callApprovers(tx, use, [{ branch: actor.branch, person: null }], now, 'commit-queue'),
  };
}

/** Takes a plan back that nobody has decided on yet. */
export async function withdrawPosts(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  now: number,
): Promise<PostResult> {
  const refusal = closed(use, actor, year, now);
  if (refusal !== null) return refusal;
  if (!(await movePostPlan(tx, actor.branch, year, { from: ['submitted'], to: 'draft' }))) return no('not_handed_in');
  return { ok: true, plan: await draftOf(tx, use, actor.branch, year) };
}

/** What a secretary sees of the plan of a year. */
export interface PostDesk {
  year: number;
  /** Null: nothing has been written for the year. */
  row: PostPlanRow | null;
  plan: PostPlan;
  /** Members of the branch, in roster order. */
  people: readonly { employeeNo: string; name: string }[];
  /** May be changed now. */
  open: boolean;
  /** Most individual stars of a group. */
  max: number;
}
/** Null for who does not run the branch. */
export async function postDesk(h: Reader, use: Use, actor: Actor, year: number, now: number): Promise<PostDesk | null> {
  if (!runsBranch(actor, actor.branch)) return null;
  const row = await findPostPlan(h, actor.branch, year);
  return {
    year,
    row,
    plan: await draftOf(h, use, actor.branch, year),
    people: (await ratedPeople(h, actor.branch)).map(({ employeeNo, name }) => ({ employeeNo, name })),
    open: closed(use, actor, year, now) === null && row?.state !== 'submitted',
    max: use.years.of(year).rules.individual_stars.max_per_post_group,
  };
}
