/**
 * What units hang on stars (R46, R47): kept by the secretary for the branch, by the leading group for all branches of its unit. An item
 * with an owner is a task of theirs. Who joins in is nowhere counted against anybody (F19).
 */
import type { Catalogue } from '../../domain/catalogue.ts';
import { today } from '../../domain/period.ts';
import {
  isCurrent,
  ITEMS_MAX,
  readStarItem,
  type StarItemLevel,
  type StarItemText,
  type StarItemVerdict,
} from '../../domain/star-item.ts';
import { no } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Actor, branchesOfUnit } from '../../store/roster.ts';
import {
  deleteStarItem,
  endStarItem,
  findStarItem,
  insertStarItem,
  type StarItem,
  starItemsNear,
  updateStarItem,
} from '../../store/star-items.ts';
import { findTask, insertTask, moveTask, rewriteTask } from '../../store/tasks.ts';
import { dropEmptyDue } from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { ownersOf, tellOwnerOfTask } from '../commit/tasks.ts';
import { keepsRegister } from '../leading/register.ts';

type Form = Readonly<Record<string, string>>;

/** What this person keeps items of: the branch as its secretary or deputy, the unit as its leading group. */
export async function levelsKept(h: Reader, actor: Actor): Promise<StarItemLevel[]> {
  const levels: StarItemLevel[] = runsBranch(actor, actor.branch) ? ['branch'] : [];
  return (await keepsRegister(h, actor)) ? [...levels, 'unit'] : levels;
}
const scopeOf = (actor: Actor, level: StarItemLevel): string => (level === 'branch' ? actor.branch : actor.unit);

/** Whether this person may change the item. */
export const mayKeep = async (h: Reader, actor: Actor, item: Pick<StarItem, 'level' | 'scope'>): Promise<boolean> =>
  (await levelsKept(h, actor)).includes(item.level) && item.scope === scopeOf(actor, item.level);

/** Who may carry an item: members of the branch, or of any branch of the unit. */
export async function carriers(h: Reader, actor: Actor, level: StarItemLevel): Promise<Actor[]> {
  if (level === 'branch') return ownersOf(h, actor.branch);
  const branches = await branchesOfUnit(h, actor.unit);
  return (await Promise.all(branches.map(({ code }) => ownersOf(h, code)))).flat();
}

/** Keys of all stars an item may hang on: of members and of branches. */
export const allStars = (catalogue: Catalogue) => [...catalogue.member, ...catalogue.branch];

/** Items of the branch and its unit that go on or are to come, by their end. */
export async function currentItems(
  h: Reader,
  near: { branch: string; unit: string },
  date: string,
): Promise<StarItem[]> {
  return (await starItemsNear(h, near, date)).filter((item) => isCurrent(item, date));
}
/** Items of a year, ended ones included, for its board. */
export async function itemsOfYear(
  h: Reader,
  near: { branch: string; unit: string },
  year: number,
): Promise<StarItem[]> {
  return (await starItemsNear(h, near, `${year}-01-01`)).filter((item) => item.from <= `${year}-12-31`);
}

export type StarItemRefusal =
  | { ok: false; reason: 'not_keeper' | 'gone' | 'over' | 'duplicate' | 'too_many' }
  | Exclude<StarItemVerdict, { ok: true }>;
export type StarItemResult = { ok: true; item: StarItem } | StarItemRefusal;

async function reload(tx: Writer, id: string): Promise<StarItemResult> {
  const item = await findStarItem(tx, id);
  return item === null ? no('gone') : { ok: true, item };
}

/** Lays down the task of an item that has nobody to carry it any more. */
async function dropTask(tx: Writer, task: string | null): Promise<void> {
  const found = task === null ? null : await findTask(tx, task);
  if (found === null || !(await moveTask(tx, found.id, 'open', 'dropped', null))) return;
  await dropEmptyDue(tx, found.owner);
}

/** Makes or changes the task of whoever carries the item. A task that is done stays so. @returns id of the task */
async function carry(
  tx: Writer,
  use: Use,
  actor: Actor,
  task: string | null,
  item: StarItemText,
  branchOf: ReadonlyMap<string, string>,
  now: number,
): Promise<string | null> {
  const { owner, name, to } = item;
  if (owner === null) {
    await dropTask(tx, task);
    return null;
  }
  const written = { owner, text: name, due: to, year: Number(to.slice(0, 4)) };
  const before = task === null ? null : await findTask(tx, task);
  if (before !== null && before.state !== 'open' && before.owner === owner) return before.id;
  if (before !== null && (await rewriteTask(tx, before.id, written))) {
    if (before.owner === owner) return before.id;
    await dropEmptyDue(tx, before.owner);
    await tellOwnerOfTask(tx, actor, { id: before.id, owner }, now);
    return before.id;
  }
  const id = use.newId();
  const branch = branchOf.get(owner) ?? actor.branch;
  await insertTask(tx, { ...written, id, branch, item: null, own: false });
  await tellOwnerOfTask(tx, actor, { id, owner }, now);
  return id;
}

/** Adds an item, or with `id` writes over it. A refused form changes nothing. */
export async function saveStarItem(
  tx: Writer,
  use: Use,
  actor: Actor,
  level: StarItemLevel,
  form: Form,
  now: number,
  id?: string,
): Promise<StarItemResult> {
  const scope = scopeOf(actor, level);
  if (!(await mayKeep(tx, actor, { level, scope }))) return no('not_keeper');
  const before = id === undefined ? null : await findStarItem(tx, id);
  if (id !== undefined && (before === null || before.level !== level || before.scope !== scope)) return no('gone');
  if (before !== null && before.state !== 'active') return no('over');
  const date = today(now, use.config.timezone);
  const people = await carriers(tx, actor, level);
  const branchOf = new Map(people.map((person) => [person.employeeNo, person.branch]));
  const read = readStarItem(
    form,
    new Set(allStars(use.years.at(date).catalogue).map(({ key }) => key)),
    new Set(branchOf.keys()),
    date,
  );
  if (!read.ok) return read;
  const others = (await currentItems(tx, { branch: actor.branch, unit: actor.unit }, date)).filter(
    (item) => item.level === level && item.id !== id,
  );
  if (others.some((item) => item.name === read.value.name)) return no('duplicate');
  if (id === undefined && others.length >= ITEMS_MAX) return no('too_many');
  const task = await carry(tx, use, actor, before?.task ?? null, read.value, branchOf, now);
  const key = id ?? use.newId();
  if (before === null) await insertStarItem(tx, { ...read.value, id: key, level, scope, task }, actor.employeeNo);
  else await updateStarItem(tx, key, read.value, task);
  const act = before === null ? 'star_item_added' : 'star_item_changed';
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act, object: key, detail: { level, scope } });
  return reload(tx, key);
}

/** Ends an item: it stays on the board of its year, its task is laid down. `remove` takes a wrong entry out; that it was there stays in the trail. */
export async function closeStarItem(
  tx: Writer,
  actor: Actor,
  id: string,
  how: 'end' | 'remove',
  now: number,
): Promise<{ ok: true; item: StarItem } | { ok: false; reason: 'not_keeper' | 'gone' | 'over' }> {
  const item = await findStarItem(tx, id);
  if (item === null) return no('gone');
  if (!(await mayKeep(tx, actor, item))) return no('not_keeper');
  if (how === 'end' && !(await endStarItem(tx, id))) return no('over');
  if (how === 'remove') await deleteStarItem(tx, id);
  await dropTask(tx, item.task);
  const act = how === 'end' ? 'star_item_ended' : 'star_item_removed';
  const detail = { level: item.level, scope: item.scope };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act, object: id, detail });
  return { ok: true, item };
}
