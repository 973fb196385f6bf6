/** Examining sheets (R55, A41, P20): who may, the queue, approving into tasks, returning with a comment. */
import { approvers, type Decider, readComment } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import { findSheet, moveSheet, type Sheet, submittedNear, submittedSheets } from '../../store/commitments.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { submittedPostPlans } from '../../store/post-plans.ts';
import {
  type Actor,
  findBranch,
  findPerson,
  peopleOfBranch,
  peopleWithRole,
  secretariesOf,
} from '../../store/roster.ts';
import { insertTasksOfSheet } from '../../store/tasks.ts';
import type { Use } from '../../use.ts';
import { has, isOffice, onCommittee, runsBranch } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

type Lookup = (sheet: Pick<Sheet, 'branch' | 'person'>) => Promise<string[]>;

/** Looks approvers up; each branch and the city's bodies are read once. */
export function approverLookup(h: Reader, use: Use): Lookup {
  const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
    let value: Promise<T> | undefined;
    return () => (value ??= load());
  };
  const leading = once(() => peopleWithRole(h, 'leading_group'));
  const office = once(async () => {
    const named = await Promise.all([...use.config.adminEmployeeNos].map((no) => findPerson(h, no)));
    const here = named.flatMap((person) =>
      person === null || person.leftOn !== null ? [] : [{ ...person, leftOn: null }],
    );
    return [...(await peopleWithRole(h, 'office')), ...here];
  });
  const byBranch = new Map<string, Promise<Decider[]>>();
  const deciders = async (code: string): Promise<Decider[]> => {
    const branch = await findBranch(h, code);
    const people = new Map<string, Actor>();
    for (const person of [...(await peopleOfBranch(h, code)), ...(await leading()), ...(await office())])
      people.set(person.employeeNo, person);
    return [...people.values()].map((person) => ({
      employeeNo: person.employeeNo,
      committee: onCommittee(person, code),
      runsBranch: runsBranch(person, code),
      leadingGroup: person.unit === branch?.unit && has(person, 'leading_group'),
      office: isOffice(use, person),
    }));
  };
  return async ({ branch, person }) => {
    const known = byBranch.get(branch) ?? deciders(branch);
    byBranch.set(branch, known);
    return approvers(person, await known);
  };
}

/** Sheets that wait for this person, the most urgent first. */
export async function queueOf(h: Reader, use: Use, actor: Actor): Promise<Sheet[]> {
  const orphans = isOffice(use, actor);
  const unit = has(actor, 'leading_group') ? actor.unit : null;
  if (!orphans && unit === null && !onCommittee(actor, actor.branch)) return [];
  const lookup = approverLookup(h, use);
  const found: Sheet[] = [];
  for (const sheet of await submittedNear(h, { branch: actor.branch, unit, orphans }))
    if ((await lookup(sheet)).includes(actor.employeeNo)) found.push(sheet);
  return found;
}

/** A word to those who approve these sheets, once a day for each purpose: one card for whatever waits. @returns how many people */
export async function callApprovers(
  tx: Writer,
  use: Use,
  sheets: readonly Pick<Sheet, 'branch' | 'person'>[],
  now: number,
  purpose: 'commit-queue' | 'commit-due',
): Promise<number> {
  const lookup = approverLookup(tx, use);
  const people = new Set<string>();
  for (const sheet of sheets) for (const person of await lookup(sheet)) people.add(person);
  const once = `${purpose}:${today(now, use.config.timezone)}`;
  await sendToPeople(tx, [...people], { card: 'commitment_queue', args: {} }, { ...inMessageHours(use, now), once });
  return people.size;
}

/** The reply clock (A41): sheets and plans of posts that are due today, tomorrow, or late. Only approvers hear of it. */
export async function remindApprovers(tx: Writer, use: Use, now: number): Promise<number> {
  const soon = use.calendar.addWorkdays(today(now, use.config.timezone), 1);
  const plans = (await submittedPostPlans(tx)).map(({ branch, replyBy }) => ({ branch, replyBy, person: null }));
  const waiting = [...(await submittedSheets(tx)), ...plans];
  const due = waiting.filter(({ replyBy }) => replyBy !== null && replyBy <= soon);
  return due.length === 0 ? 0 : callApprovers(tx, use, due, now, 'commit-due');
}

export type DecideRefusal = 'gone' | 'not_approver' | 'own_sheet' | 'changed' | 'comment_missing' | 'comment_long';

async function toDecide(h: Reader, use: Use, actor: Actor, id: string): Promise<Verdict<Sheet, DecideRefusal>> {
  const sheet = await findSheet(h, id);
  if (sheet === null) return no('gone');
  if (!(await approverLookup(h, use)(sheet)).includes(actor.employeeNo))
    return no(
      sheet.person === actor.employeeNo || sheet.submittedBy === actor.employeeNo ? 'own_sheet' : 'not_approver',
    );
  return { ok: true, value: sheet };
}
/** Whether this person may examine the sheet: nobody examines the own one (F17). */
export const mayDecide = async (h: Reader, use: Use, actor: Actor, id: string): Promise<boolean> =>
  (await toDecide(h, use, actor, id)).ok;

const tellOwner = (tx: Writer, use: Use, sheet: Sheet, now: number): Promise<unknown> => {
  const owner = sheet.person ?? sheet.submittedBy;
  const card = {
    card: 'commitment',
    args: { year: sheet.year, whose: sheet.person === null ? 'branch' : 'own', star: 0 },
  };
  const once = `commitment:${sheet.id}:${sheet.version}`;
  return sendToPeople(tx, owner === null ? [] : [owner], card, { ...inMessageHours(use, now), once });
};

/** Approves the sheet as it was read (`version`). Its items become tasks: of the person, or of the branch's secretary (R29). */
export async function approveSheet(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  version: number,
  now: number,
): Promise<Verdict<Sheet, DecideRefusal>> {
  const found = await toDecide(tx, use, actor, id);
  if (!found.ok) return found;
  const sheet = found.value;
  const move = { from: ['submitted'], to: 'approved', decidedBy: actor.employeeNo, version } as const;
  if (!(await moveSheet(tx, id, move))) return no('changed');
  const [secretary] = await secretariesOf(tx, sheet.branch);
  const owner = sheet.person ?? secretary?.employeeNo ?? sheet.submittedBy;
  if (owner !== null) await insertTasksOfSheet(tx, sheet, owner, sheet.person !== null, use.newId);
  const detail = { branch: sheet.branch, year: sheet.year };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'commitment_approved', object: id, detail });
  await tellOwner(tx, use, sheet, now);
  return found;
}

/** Returns the sheet as it was read, with a comment (R55); it can be changed and handed in again. */
export async function returnSheet(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  version: number,
  typed: string | undefined,
  now: number,
): Promise<Verdict<Sheet, DecideRefusal>> {
  const found = await toDecide(tx, use, actor, id);
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
  if (!(await moveSheet(tx, id, move))) return no('changed');
  const detail = { branch: found.value.branch, year: found.value.year };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'commitment_returned', object: id, detail });
  await tellOwner(tx, use, found.value, now);
  return found;
}
