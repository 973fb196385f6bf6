/** Activities: planned, branches invited, signed in, counted at every level (R35, R36, R69, R73, J10, J11). */
import type { ActivityLevel, ActivityPlan, PlanProblem } from '../../domain/activity.ts';
import { readPlan } from '../../domain/activity.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import {
  type Activity,
  answerInvitation,
  findActivity,
  insertActivity,
  invitedTo,
  moveActivity,
  signInToActivity,
} from '../../store/activities.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  type Actor,
  branchesOfDistrict,
  branchesOfGroup,
  findBranch,
  findDistrict,
  findGroup,
  peopleOfBranch,
} from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { isOffice, runnersOfAll, runsBranch } from '../access.ts';
import { sendBeyondChats, sendToChats, sendToPeople, sendToScope } from '../notify.ts';

export interface Place {
  level: ActivityLevel;
  scope: string;
}

/**
 * Where a person may plan activities: a secretary for the own branch and its group, a liaison officer for the district, the office
 * for the own district.
 */
export function plansAt(use: Use, actor: Actor): Place[] {
  const places: Place[] = [];
  if (runsBranch(actor, actor.branch)) {
    places.push({ level: 'branch', scope: actor.branch });
    if (actor.group !== null) places.push({ level: 'group', scope: actor.group });
  }
  for (const held of actor.roles) if (held.role === 'liaison') places.push({ level: 'district', scope: held.scope });
  if (isOffice(use, actor) && !places.some((place) => place.level === 'district' && place.scope === actor.district))
    places.push({ level: 'district', scope: actor.district });
  return places;
}

/** The planner, whoever may plan there too, and the office lead an activity. */
export const leadsActivity = (use: Use, actor: Actor, activity: Activity): boolean =>
  isOffice(use, actor) ||
  activity.by === actor.employeeNo ||
  plansAt(use, actor).some((place) => place.level === activity.level && place.scope === activity.scope);
async function branchesAt(h: Reader, { level, scope }: Place): Promise<string[]> {
  if (level === 'branch') return [scope];
  const branches = level === 'group' ? await branchesOfGroup(h, scope) : await branchesOfDistrict(h, scope);
  return branches.map((branch) => branch.code);
}

export type PlanRefusal = PlanProblem | 'not_planner';

/** Plans an activity and invites its branches: their secretaries answer whether the branch comes. */
export async function planActivity(
  tx: Writer,
  use: Use,
  actor: Actor,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Activity, PlanRefusal>> {
  const plan = readPlan(form, today(now, use.config.timezone));
  if (!plan.ok) return plan;
  const [level, scope] = (form.place_of ?? '').split(':');
  const place = plansAt(use, actor).find((one) => one.level === level && one.scope === scope);
  return place === undefined ? no('not_planner') : addActivity(tx, use, actor, place, plan.value, now);
}

/** Enters a plan and tells the secretaries of the branches it is for. */
export async function addActivity(
  tx: Writer,
  use: Use,
  actor: Actor,
  place: Place,
  plan: ActivityPlan,
  now: number,
): Promise<{ ok: true; value: Activity }> {
  const activity: Activity = { ...plan, ...place, id: use.newId(), state: 'planned', by: actor.employeeNo, at: now };
  const branches = await branchesAt(tx, place);
  await insertActivity(tx, activity, branches);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'activity_planned',
    object: activity.id,
    detail: { level: place.level, scope: place.scope, kind: activity.kind },
  });
  await sendToPeople(
    tx,
    (await runnersOfAll(tx, branches)).filter((person) => person !== actor.employeeNo),
    { card: 'activity', args: { activity: activity.id } },
    { now, once: `activity:${activity.id}` },
  );
  return { ok: true, value: activity };
}

export type ActivityRefusal = 'gone' | 'not_leader' | 'wrong_state' | 'nobody_signed_in';

async function led(h: Reader, use: Use, actor: Actor, id: string): Promise<Verdict<Activity, 'gone' | 'not_leader'>> {
  const activity = await findActivity(h, id);
  if (activity === null) return no('gone');
  return leadsActivity(use, actor, activity) ? yes(activity) : no('not_leader');
}

/** Opens the sign-in: a card in the chat of the level, or in the chats of the branches where there is none; in private where neither reaches. */
export async function openActivity(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Activity, ActivityRefusal>> {
  const found = await led(tx, use, actor, id);
  if (!found.ok) return found;
  const activity = found.value;
  if (!(await moveActivity(tx, id, ['planned'], 'open'))) return no('wrong_state');
  const card = { card: 'activity_sign_in', args: { activity: id } };
  const options = { now, once: `activity-sign-in:${id}` };
  const posted = await sendToChats(tx, activity.level, activity.scope, card, options);
  for (const { branch } of await invitedTo(tx, id)) {
    const people = (await peopleOfBranch(tx, branch)).map((person) => person.employeeNo);
    if (posted > 0) await sendBeyondChats(tx, activity.level, activity.scope, people, card, options);
    else await sendToScope(tx, 'branch', branch, people, card, options);
  }
  return yes({ ...activity, state: 'open' });
}

export type SignInAnswer = Verdict<Activity, 'gone' | 'not_open' | 'not_invited' | 'again'>;

export async function signIn(tx: Writer, actor: Actor, id: string): Promise<SignInAnswer> {
  const activity = await findActivity(tx, id);
  if (activity === null) return no('gone');
  if (activity.state !== 'open') return no('not_open');
  if (!(await invitedTo(tx, id)).some((invited) => invited.branch === actor.branch)) return no('not_invited');
  return (await signInToActivity(tx, id, actor.employeeNo, actor.branch)) ? yes(activity) : no('again');
}

/** Ends the sign-in; from here on it counts for every branch of which somebody was there. */
export async function endActivity(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Activity, ActivityRefusal>> {
  const found = await led(tx, use, actor, id);
  if (!found.ok) return found;
  const present = (await invitedTo(tx, id)).reduce((sum, invited) => sum + invited.present, 0);
  if (found.value.state === 'open' && present === 0) return no('nobody_signed_in');
  if (!(await moveActivity(tx, id, ['open'], 'held'))) return no('wrong_state');
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'activity_held', object: id, detail: { present } });
  return yes({ ...found.value, state: 'held' });
}

/** Cancels; those who run the invited branches are told. */
export async function cancelActivity(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<Verdict<Activity, ActivityRefusal>> {
  const found = await led(tx, use, actor, id);
  if (!found.ok) return found;
  if (!(await moveActivity(tx, id, ['planned', 'open'], 'cancelled'))) return no('wrong_state');
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'activity_cancelled', object: id });
  const invited = (await invitedTo(tx, id)).map((one) => one.branch);
  await sendToPeople(
    tx,
    (await runnersOfAll(tx, invited)).filter((person) => person !== actor.employeeNo),
    { card: 'activity', args: { activity: id } },
    { now, once: `activity-off:${id}` },
  );
  return yes({ ...found.value, state: 'cancelled' });
}

/** A secretary says whether the branch comes. */
export async function answerForBranch(
  tx: Writer,
  actor: Actor,
  id: string,
  comes: boolean,
): Promise<Verdict<Activity, 'gone' | 'not_secretary' | 'not_invited' | 'wrong_state'>> {
  const activity = await findActivity(tx, id);
  if (activity === null) return no('gone');
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (activity.state !== 'planned' && activity.state !== 'open') return no('wrong_state');
  return (await answerInvitation(tx, id, actor.branch, comes)) > 0 ? yes(activity) : no('not_invited');
}

/** What a district, group or branch is called. */
export async function placeName(h: Reader, { level, scope }: Place): Promise<string> {
  const find = { district: findDistrict, group: findGroup, branch: findBranch };
  return (await find[level](h, scope))?.name ?? scope;
}
