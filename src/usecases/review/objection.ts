/** Objections during the notice, decided by others than those who ran the tally, with one appeal (A46, F10, F17). */
import { addDays, today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { decideObjection as decide, insertObjection, type Objection, objectionsOf } from '../../store/objections.ts';
import { reviewsOfBranch } from '../../store/reviews.ts';
import { type Actor, findBranch, peopleOfBranch, peopleWithRole } from '../../store/roster.ts';
import { findSheet } from '../../store/sheets.ts';
import type { Use } from '../../use.ts';
import { has, isOffice } from '../access.ts';
import { sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';

export const OBJECTION_MAX = 1_000;

/** The review a person may object to now: in its notice, with a sheet about them. */
export async function objectableReview(h: Reader, actor: Actor): Promise<Review | null> {
  for (const review of await reviewsOfBranch(h, actor.branch))
    if (review.state === 'notice' && (await findSheet(h, review.id, actor.employeeNo)) !== null) return review;
  return null;
}

/**
 * Who decides. First: the branch committee without those who closed or confirmed and without the person concerned; if nobody is
 * left, the unit's leading group. Appeal: the leading group, else the office. The office steps in wherever nobody is left.
 */
export async function deciders(h: Reader, use: Use, review: Review, person: string, level: 1 | 2): Promise<string[]> {
  const ran = new Set([review.closedBy, review.confirmedBy, review.openedBy, person]);
  const branch = await findBranch(h, review.branch);
  const committee = (await peopleOfBranch(h, review.branch)).filter(
    (p) => has(p, 'deputy_secretary') || has(p, 'committee') || has(p, 'secretary'),
  );
  const group = (await peopleWithRole(h, 'leading_group')).filter((p) => p.unit === branch?.unit);
  const office = await peopleWithRole(h, 'office');
  const admins = [...use.config.adminEmployeeNos];
  const steps = level === 1 ? [committee, group] : [group];
  for (const step of [
    ...steps.map((people) => people.map((p) => p.employeeNo)),
    [...office.map((p) => p.employeeNo), ...admins],
  ]) {
    const free = [...new Set(step)].filter((no) => !ran.has(no));
    if (free.length > 0) return free;
  }
  return [];
}

export type FileRefusal = 'objection_none' | 'empty' | 'too_long' | 'already_open' | 'no_further_appeal';

/** Files an objection, or the appeal against a decision on it. */
export async function fileObjection(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  text: string,
  now: number,
): Promise<Verdict<Objection, FileRefusal>> {
  const body = text.trim();
  if (body === '') return no('empty');
  if (Array.from(body).length > OBJECTION_MAX) return no('too_long');
  const before = await objectionsOf(tx, review.id, actor.employeeNo);
  if (before.some((objection) => objection.state === 'open')) return no('already_open');
  if (before.length >= 2 || before.some((objection) => objection.state === 'upheld')) return no('no_further_appeal');
  const level = before.length === 0 ? 1 : 2;
  const rules = await rulesOf(tx, review.rules);
  const decidedAt = before[0]?.decidedAt ?? now;
  const date = today(now, use.config.timezone);
  if (level === 2 && date > addDays(today(decidedAt, use.config.timezone), rules.objection.appeal_days))
    return no('no_further_appeal');
  if (level === 1 && (review.state !== 'notice' || date > (review.noticeUntil ?? ''))) return no('objection_none');
  if ((await findSheet(tx, review.id, actor.employeeNo)) === null) return no('objection_none');
  const objection: Objection = {
    id: use.newId(),
    review: review.id,
    person: actor.employeeNo,
    body,
    level,
    state: 'open',
    filedAt: now,
    decideBy: addDays(date, level === 1 ? rules.objection.decide_days : rules.objection.appeal_days),
    decidedBy: null,
    decidedAt: null,
    answer: null,
  };
  await insertObjection(tx, objection);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'objection_filed',
    object: review.id,
    detail: { objection: objection.id, level },
  });
  const who = await deciders(tx, use, review, actor.employeeNo, level);
  await sendToPeople(
    tx,
    who,
    { card: 'objection_case', args: { objection: objection.id } },
    { now, once: `objection:${objection.id}` },
  );
  return yes(objection);
}

export type DecideRefusal = 'not_decider' | 'decided' | 'answer_missing' | 'too_long';

/** Whoever the case was sent to, and the office, but nobody in their own case (F17). */
export async function mayDecide(
  h: Reader,
  use: Use,
  actor: Actor,
  review: Review,
  objection: Objection,
): Promise<boolean> {
  if (actor.employeeNo === objection.person) return false;
  return (
    isOffice(use, actor) ||
    (await deciders(h, use, review, objection.person, objection.level === 1 ? 1 : 2)).includes(actor.employeeNo)
  );
}

/** Decides with a written reason. An upheld objection never lowers a mark; what follows from it is for the committee to do. */
export async function decideObjection(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  objection: Objection,
  outcome: 'upheld' | 'rejected',
  answer: string,
  now: number,
): Promise<Verdict<null, DecideRefusal>> {
  if (!(await mayDecide(tx, use, actor, review, objection))) return no('not_decider');
  if (answer.trim() === '') return no('answer_missing');
  if (Array.from(answer).length > OBJECTION_MAX) return no('too_long');
  if (!(await decide(tx, objection.id, outcome, actor.employeeNo, now, answer.trim()))) return no('decided');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'objection_decided',
    object: review.id,
    detail: { objection: objection.id, outcome },
  });
  await sendToPeople(
    tx,
    [objection.person],
    { card: 'objection_answer', args: { objection: objection.id } },
    { now, once: `answer:${objection.id}` },
  );
  return yes(null);
}

/** An appeal may follow when the result is final and the next review has begun. */
async function newestWithSheet(h: Reader, actor: Actor): Promise<Review | null> {
  for (const review of await reviewsOfBranch(h, actor.branch))
    if ((await findSheet(h, review.id, actor.employeeNo)) !== null) return review;
  return null;
}

/** For `/object`: the review and the person's earlier objections in it. */
export async function objectionState(
  h: Reader,
  actor: Actor,
): Promise<{ review: Review; objections: Objection[] } | null> {
  const review = (await objectableReview(h, actor)) ?? (await newestWithSheet(h, actor));
  return review === null ? null : { review, objections: await objectionsOf(h, review.id, actor.employeeNo) };
}
