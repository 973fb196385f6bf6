/**
 * Common and individual stars (R45, A39). People of a branch who share a post form a group; up to three stars of a group may be
 * individual: same name, weight and threshold, but indicators written for the post. Everything else about a star stays common.
 */
import { z } from 'zod';
import { cleanLine } from './form.ts';
import { checkCriterion, type Topic } from './criterion.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Groups of a branch. */
export const POST_GROUPS_MAX = 12;
/** Characters. */
export const POST_NAME_MAX = 20;
export const INDICATOR_MAX = 50;
/** Of one star (R44: three or four in the catalogue). */
export const INDICATORS_MAX = 4;

const postStarSchema = z.object({ key: z.string(), indicators: z.array(z.string()).min(1) });
const postGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Employee numbers. */
  members: z.array(z.string()),
  stars: z.array(postStarSchema),
});
export const postPlanSchema = z.object({ groups: z.array(postGroupSchema) });
export type PostStar = z.infer<typeof postStarSchema>;
export type PostGroup = z.infer<typeof postGroupSchema>;
export type PostPlan = z.infer<typeof postPlanSchema>;
export const NO_POSTS: PostPlan = { groups: [] };

/** As a sheet of commitments, but read in the branch at once: there is nothing to publish. */
export const POST_PLAN_STATES = ['draft', 'submitted', 'returned', 'approved'] as const;
export const postPlanStateSchema = z.enum(POST_PLAN_STATES);
export type PostPlanState = z.infer<typeof postPlanStateSchema>;

const length = (text: string): number => Array.from(text).length;

export type PostNameProblem = 'name_missing' | 'name_long' | 'name_taken';
export type PostTextVerdict<T, R extends string> = Verdict<T, R> | { ok: false; reason: 'topic'; topic: Topic };
const topicOf = (text: string): { ok: false; reason: 'topic'; topic: Topic } | null => {
  const verdict = checkCriterion(text);
  return verdict.ok ? null : { ok: false, reason: 'topic', topic: verdict.reason };
};

/** @param but the group that is being renamed, whose own name does not count as taken */
export function readPostName(
  typed: string | undefined,
  plan: PostPlan,
  but?: string,
): PostTextVerdict<string, PostNameProblem> {
  const name = cleanLine(typed);
  if (name === '') return no('name_missing');
  if (length(name) > POST_NAME_MAX) return no('name_long');
  const refused = topicOf(name);
  if (refused !== null) return refused;
  return plan.groups.some((group) => group.id !== but && group.name === name) ? no('name_taken') : yes(name);
}

export type PostStarProblem = 'star_missing' | 'indicator_missing' | 'indicator_long' | 'indicator_twice';
/**
 * Reads a star with `indicator_1` to `indicator_4` from a form; each is checked as a criterion (F2).
 * @param stars keys that may be chosen
 */
export function readPostStar(
  form: Readonly<Record<string, string>>,
  stars: ReadonlySet<string>,
): PostTextVerdict<PostStar, PostStarProblem> {
  const key = (form.star ?? '').trim();
  if (!stars.has(key)) return no('star_missing');
  const indicators: string[] = [];
  for (let n = 1; n <= INDICATORS_MAX; n++) {
    const indicator = cleanLine(form[`indicator_${n}`]);
    if (indicator === '') continue;
    if (length(indicator) > INDICATOR_MAX) return no('indicator_long');
    const refused = topicOf(indicator);
    if (refused !== null) return refused;
    if (indicators.includes(indicator)) return no('indicator_twice');
    indicators.push(indicator);
  }
  return indicators.length === 0 ? no('indicator_missing') : yes({ key, indicators });
}

const changed = (plan: PostPlan, id: string, change: (group: PostGroup) => PostGroup): PostPlan => ({
  groups: plan.groups.map((group) => (group.id === id ? change(group) : group)),
});

export const addGroup = (plan: PostPlan, id: string, name: string): Verdict<PostPlan, 'too_many_groups'> =>
  plan.groups.length >= POST_GROUPS_MAX
    ? no('too_many_groups')
    : yes({ groups: [...plan.groups, { id, name, members: [], stars: [] }] });
export const renameGroup = (plan: PostPlan, id: string, name: string): PostPlan =>
  changed(plan, id, (group) => ({ ...group, name }));
export const removeGroup = (plan: PostPlan, id: string): PostPlan => ({
  groups: plan.groups.filter((group) => group.id !== id),
});

/** Who is in and who is not; a person in another group moves here, because nobody has two posts. Those not named stay as they are. */
export const pickMembers = (plan: PostPlan, id: string, picked: ReadonlyMap<string, boolean>): PostPlan => ({
  groups: plan.groups.map((group) => {
    if (group.id !== id) return { ...group, members: group.members.filter((person) => picked.get(person) !== true) };
    const stay = group.members.filter((person) => picked.get(person) !== false);
    const come = [...picked].flatMap(([person, here]) => (here && !stay.includes(person) ? [person] : []));
    return { ...group, members: [...stay, ...come] };
  }),
});

/**
 * Puts a star with its indicators, over the one of the same key or over `instead`.
 * @param max most individual stars of a group, `individual_stars.max_per_post_group`
 */
export function putStar(
  plan: PostPlan,
  id: string,
  star: PostStar,
  max: number,
  instead?: string,
): { ok: true; value: PostPlan } | { ok: false; reason: 'too_many_stars'; max: number } {
  const group = plan.groups.find((one) => one.id === id);
  if (group === undefined) return yes(plan);
  const others = group.stars.filter(({ key }) => key !== star.key && key !== instead);
  if (others.length >= max) return { ok: false, reason: 'too_many_stars', max };
  return yes(changed(plan, id, (one) => ({ ...one, stars: [...others, star] })));
}
export const removeStar = (plan: PostPlan, id: string, key: string): PostPlan =>
  changed(plan, id, (group) => ({ ...group, stars: group.stars.filter((star) => star.key !== key) }));

/** Without people who have left or are in another branch, and without stars the catalogue does not have any more. */
export const prunePlan = (plan: PostPlan, people: ReadonlySet<string>, stars: ReadonlySet<string>): PostPlan => ({
  groups: plan.groups.map((group) => ({
    ...group,
    members: group.members.filter((person) => people.has(person)),
    stars: group.stars.filter(({ key }) => stars.has(key)),
  })),
});

export type PlanProblem =
  | { ok: false; reason: 'no_groups' }
  | { ok: false; reason: 'group_without_member' | 'group_without_star'; group: string };
/** Whether a plan may be handed in. @param inForce one is approved already: then an empty plan takes it back */
export function checkPlan(plan: PostPlan, inForce: boolean): { ok: true } | PlanProblem {
  if (plan.groups.length === 0) return inForce ? { ok: true } : no('no_groups');
  for (const { name: group, members, stars } of plan.groups) {
    if (members.length === 0) return { ok: false, reason: 'group_without_member', group };
    if (stars.length === 0) return { ok: false, reason: 'group_without_star', group };
  }
  return { ok: true };
}

export const groupOf = (plan: PostPlan | null, person: string): PostGroup | null =>
  plan?.groups.find((group) => group.members.includes(person)) ?? null;

/** A star as one person is judged by it. */
export interface PersonStar {
  key: string;
  zh: string;
  en: string;
  /** What the star means for this person: the post's indicators, in the one language they were written in, else the common ones. */
  indicators: readonly { zh: string; en: string }[];
  /** Judged by the post's indicators. */
  individual: boolean;
}
/** The stars of the catalogue as they are for one person. @param plan the approved one; null: all stars are common */
export function starsOfPerson(
  stars: readonly Omit<PersonStar, 'individual'>[],
  plan: PostPlan | null,
  person: string,
): PersonStar[] {
  const own = new Map(groupOf(plan, person)?.stars.map(({ key, indicators }) => [key, indicators]));
  return stars.map(({ key, zh, en, indicators }) => {
    const written = own.get(key);
    return {
      key,
      zh,
      en,
      indicators: written?.map((text) => ({ zh: text, en: text })) ?? indicators,
      individual: written !== undefined,
    };
  });
}
