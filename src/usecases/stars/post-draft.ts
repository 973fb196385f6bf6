/** Writing the post groups of a branch and their individual stars (R45, A39): by its secretary or deputy, one plan a year. */
import { writableYear } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import {
  addGroup,
  NO_POSTS,
  pickMembers,
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
import type { Reader, Writer } from '../../store/db.ts';
import { ensurePostPlan, findPostPlan, postPlanInForce, putPostDraft } from '../../store/post-plans.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { ownersOf as membersOf } from '../commit/tasks.ts';

type Form = Readonly<Record<string, string>>;

/** Who changes the plan of which year, and when (Unix ms). */
export interface PostEdit {
  use: Use;
  actor: Actor;
  year: number;
  now: number;
}
type Changing = Pick<PostEdit, 'use' | 'actor' | 'year'>;
type TextProblem = Exclude<PostTextVerdict<never, PostNameProblem | PostStarProblem>, { ok: true }>;
export type DraftRefusal =
  | TextProblem
  | { ok: false; reason: 'too_many_stars'; max: number }
  | {
      ok: false;
      reason: 'not_secretary' | 'year_closed' | 'handed_in' | 'gone' | 'off' | 'too_many_groups';
    };
export type DraftResult = { ok: true; plan: PostPlan } | DraftRefusal;

const ruleOf = ({ use, year }: Changing): number => use.years.of(year).rules.individual_stars.max_per_post_group;
const starsOf = ({ use, year }: Changing): ReadonlySet<string> =>
  new Set(use.years.of(year).catalogue.member.map((star) => star.key));

/** What is being written for the year; where nothing is yet, last year's plan as far as it still fits. */
export async function draftOf(h: Reader, by: Changing): Promise<PostPlan> {
  const row = await findPostPlan(h, by.actor.branch, by.year);
  if (row !== null) return row.draft;
  const before = await postPlanInForce(h, by.actor.branch, by.year - 1);
  return before === null ? NO_POSTS : pruned(h, by, before);
}
/** Without people who have gone and stars that are no more. */
export async function pruned(h: Reader, by: Changing, plan: PostPlan): Promise<PostPlan> {
  const people = (await membersOf(h, by.actor.branch)).map((person) => person.employeeNo);
  return prunePlan(plan, new Set(people), starsOf(by));
}

/** Why the plan of the year may not be written now by this person; null when it may. */
export function closedFor(by: PostEdit): DraftRefusal | null {
  const { use, actor, year, now } = by;
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (ruleOf(by) === 0) return no('off');
  return writableYear(year, today(now, use.config.timezone)) ? null : no('year_closed');
}

/** Changes the draft; a refusal changes nothing. @param group must be there; null for a new one */
async function edit(
  tx: Writer,
  by: PostEdit,
  group: string | null,
  change: (plan: PostPlan) => { ok: true; value: PostPlan } | DraftRefusal,
): Promise<DraftResult> {
  const refusal = closedFor(by);
  if (refusal !== null) return refusal;
  const { branch } = by.actor;
  const draft = await draftOf(tx, by);
  if (group !== null && !draft.groups.some((one) => one.id === group)) return no('gone');
  const next = change(draft);
  if (!next.ok) return next;
  await ensurePostPlan(tx, branch, by.year);
  if ((await putPostDraft(tx, branch, by.year, next.value)) === 0) return no('handed_in');
  return { ok: true, plan: next.value };
}

/** @returns also the id of the new group */
export async function addPostGroup(
  tx: Writer,
  by: PostEdit,
  form: Form,
): Promise<{ ok: true; group: string } | DraftRefusal> {
  const group = by.use.newId();
  const added = await edit(tx, by, null, (plan) => {
    const name = readPostName(form.name, plan);
    return name.ok ? addGroup(plan, group, name.value) : name;
  });
  return added.ok ? { ok: true, group } : added;
}
export const renamePostGroup = (tx: Writer, by: PostEdit, group: string, form: Form): Promise<DraftResult> =>
  edit(tx, by, group, (plan) => {
    const name = readPostName(form.name, plan, group);
    return name.ok ? yes(renameGroup(plan, group, name.value)) : name;
  });
export const removePostGroup = (tx: Writer, by: PostEdit, group: string): Promise<DraftResult> =>
  edit(tx, by, group, (plan) => yes(removeGroup(plan, group)));

/** Fields `member_<employee_no>` = `in` | `out`; who is no member of the branch is passed over. */
export async function savePostMembers(tx: Writer, by: PostEdit, group: string, form: Form): Promise<DraftResult> {
  const picked = new Map<string, boolean>();
  for (const { employeeNo } of await membersOf(tx, by.actor.branch)) {
    const value = form[`member_${employeeNo}`];
    if (value === 'in' || value === 'out') picked.set(employeeNo, value === 'in');
  }
  return edit(tx, by, group, (plan) => yes(pickMembers(plan, group, picked)));
}

/** @param instead the star that is being changed, when the form was opened on one */
export const savePostStar = (
  tx: Writer,
  by: PostEdit,
  group: string,
  form: Form,
  instead?: string,
): Promise<DraftResult> =>
  edit(tx, by, group, (plan) => {
    const star = readPostStar(form, starsOf(by));
    return star.ok ? putStar(plan, group, star.value, ruleOf(by), instead) : star;
  });
export const removePostStar = (tx: Writer, by: PostEdit, group: string, key: string): Promise<DraftResult> =>
  edit(tx, by, group, (plan) => yes(removeStar(plan, group, key)));

/** What a secretary sees of the plan of a year. */
export interface PostDesk {
  year: number;
  /** Null: nothing has been written for the year. */
  row: Awaited<ReturnType<typeof findPostPlan>>;
  plan: PostPlan;
  /** Members of the branch, in roster order. */
  people: readonly { employeeNo: string; name: string }[];
  /** May be changed now. */
  open: boolean;
  /** Most individual stars of a group. */
  max: number;
}
/** Null for who does not run the branch. */
export async function postDesk(h: Reader, by: PostEdit): Promise<PostDesk | null> {
  const { actor, year } = by;
  if (!runsBranch(actor, actor.branch)) return null;
  const row = await findPostPlan(h, actor.branch, year);
  return {
    year,
    row,
    plan: await draftOf(h, by),
    people: (await membersOf(h, actor.branch)).map(({ employeeNo, name }) => ({ employeeNo, name })),
    open: closedFor(by) === null && row?.state !== 'submitted',
    max: ruleOf(by),
  };
}
