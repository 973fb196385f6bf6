/** Tasks of a branch (R29): the secretary adds and reassigns them; what comes from a person's own commitment stays that person's. */
import { today } from '../../domain/period.ts';
import { no, type Verdict } from '../../domain/verdict.ts';
import { readTask, readTaskDue, type TaskVerdict } from '../../domain/weekly-check.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Actor, findPerson, peopleOfBranch } from '../../store/roster.ts';
import { findTask, giveTask, insertTask, moveTask, type Task } from '../../store/tasks.ts';
import { dropEmptyDue } from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { sendToPeople } from '../notify.ts';

type Form = Readonly<Record<string, string>>;

/** Who may carry a task: members of the branch (R120). */
export const ownersOf = async (h: Reader, branch: string): Promise<Actor[]> =>
  (await peopleOfBranch(h, branch)).filter((person) => person.status !== 'colleague');

export type TaskRefusal =
  | { ok: false; reason: 'not_secretary' | 'gone' | 'own_commitment' | 'not_open' }
  | Exclude<TaskVerdict, { ok: true }>;
export type TaskResult = { ok: true; task: Task } | TaskRefusal;

/** A card to whoever is given a task; nobody tells themselves. */
export const tellOwnerOfTask = (
  tx: Writer,
  actor: Actor,
  task: { id: string; owner: string },
  now: number,
): Promise<unknown> =>
  sendToPeople(
    tx,
    task.owner === actor.employeeNo ? [] : [task.owner],
    { card: 'task_given', args: { task: task.id } },
    { now },
  );

const reload = async (tx: Writer, id: string): Promise<TaskResult> => {
  const task = await findTask(tx, id);
  return task === null ? no('gone') : { ok: true, task };
};

/** Adds a task; whoever is to carry it is told. */
export async function addTask(tx: Writer, use: Use, actor: Actor, form: Form, now: number): Promise<TaskResult> {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  const owners = new Set((await ownersOf(tx, actor.branch)).map((person) => person.employeeNo));
  const read = readTask(form, owners, today(now, use.config.timezone));
  if (!read.ok) return read;
  const id = use.newId();
  const year = Number(read.value.due.slice(0, 4));
  await insertTask(tx, { ...read.value, id, branch: actor.branch, year, item: null, own: false });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'task_added',
    object: id,
    detail: { branch: actor.branch, owner: read.value.owner },
  });
  await tellOwnerOfTask(tx, actor, { id, owner: read.value.owner }, now);
  return reload(tx, id);
}

/** A task the secretary may change. One whose owner left or is in another branch now may be taken over, whatever it came from. */
async function managed(h: Reader, actor: Actor, id: string): Promise<TaskResult> {
  const task = await findTask(h, id);
  if (task === null) return no('gone');
  if (!runsBranch(actor, task.branch)) return no('not_secretary');
  if (!task.own) return { ok: true, task };
  const owner = await findPerson(h, task.owner);
  const here = owner !== null && owner.leftOn === null && owner.branch === task.branch;
  return here ? no('own_commitment') : { ok: true, task };
}

/** Gives a task to somebody else, or another date. */
export async function changeTask(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  form: Form,
  now: number,
): Promise<TaskResult> {
  const found = await managed(tx, actor, id);
  if (!found.ok) return found;
  const { task } = found;
  const owner = (form.owner ?? '').trim();
  if (!(await ownersOf(tx, task.branch)).some((person) => person.employeeNo === owner)) return no('owner_missing');
  // A date that is over may stay; a new one must lie ahead.
  const due = readTaskDue(form.due, today(now, use.config.timezone));
  const kept = (form.due ?? '').startsWith(task.due);
  if (!due.ok && !kept) return due;
  if (!(await giveTask(tx, id, owner, due.ok ? due.value : task.due))) return no('not_open');
  if (owner !== task.owner) {
    await dropEmptyDue(tx, task.owner);
    await tellOwnerOfTask(tx, actor, { id, owner }, now);
  }
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'task_given',
    object: id,
    detail: { branch: task.branch, owner },
  });
  return reload(tx, id);
}

/** Says that a task is done, or not needed any more; `open` takes either back. */
export async function closeTask(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  to: Task['state'],
  now: number,
): Promise<TaskResult> {
  const found = await managed(tx, actor, id);
  if (!found.ok) return found;
  const { task } = found;
  const moved =
    task.state !== to &&
    (await moveTask(tx, id, task.state, to, to === 'done' ? today(now, use.config.timezone) : null));
  if (!moved) return no('not_open');
  await dropEmptyDue(tx, task.owner);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'task_closed',
    object: id,
    detail: { branch: task.branch, state: to },
  });
  return reload(tx, id);
}

/** Whether the secretary may change it. */
export const mayManage = async (h: Reader, actor: Actor, id: string): Promise<Verdict<Task, 'no'>> => {
  const found = await managed(h, actor, id);
  return found.ok ? { ok: true, value: found.task } : no('no');
};
