/** Objections during the notice, decided by others than those who ran the tally, with one appeal (A46, F10, F17). */
import { type FilingRefusal, filingRefusal } from '../../domain/objection.ts';
import { addDays, today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  decideObjection as decide,
  insertObjection,
  NEW_OBJECTION,
  type Objection,
  objectionsOf,
  recuse,
} from '../../store/objections.ts';
import { reviewsAbout } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { findSheet } from '../../store/sheets.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { deciders, decidesAs, sendCase, settlers } from './objection-people.ts';

export const OBJECTION_MAX = 1_000;

/** Asks everybody who may decide now; who was asked before is not asked again. */
async function askDeciders(tx: Writer, use: Use, review: Review, objection: Objection, now: number): Promise<void> {
  const who = await deciders(tx, use, review, objection);
  const ref = { card: 'objection_case', args: { objection: objection.id } };
  const options = { ...inMessageHours(use, now), once: `objection:${objection.id}` };
  await sendCase(tx, use, review, objection, who, ref, options);
}

/** The same for those who correct the result of an upheld case. */
async function askSettlers(tx: Writer, use: Use, review: Review, objection: Objection, now: number): Promise<void> {
  const who = await settlers(tx, use, review, objection);
  const ref = { card: 'objection_settle', args: { objection: objection.id } };
  const options = { ...inMessageHours(use, now), once: `settle:${objection.id}` };
  await sendCase(tx, use, review, objection, who, ref, options);
}

export type FileRefusal = FilingRefusal | 'empty' | 'too_long';

/** Why this person can file nothing in this review now; null when they can. */
export async function filingRefused(
  h: Reader,
  use: Use,
  review: Review,
  person: string,
  now: number,
): Promise<FilingRefusal | null> {
  if ((await findSheet(h, review.id, person)) === null) return 'objection_none';
  const { timezone } = use.config;
  const cases = (await objectionsOf(h, review.id, person)).map(({ state, decidedAt }) => ({
    state,
    decidedOn: decidedAt === null ? null : today(decidedAt, timezone),
  }));
  const { objection } = await rulesOf(h, review.rules);
  return filingRefusal(cases, review, today(now, timezone), objection.appeal_days);
}

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
  const refused = await filingRefused(tx, use, review, actor.employeeNo, now);
  if (refused !== null) return no(refused);
  const level = (await objectionsOf(tx, review.id, actor.employeeNo)).length === 0 ? 1 : 2;
  const rules = await rulesOf(tx, review.rules);
  const date = today(now, use.config.timezone);
  const objection: Objection = {
    id: use.newId(),
    review: review.id,
    person: actor.employeeNo,
    body,
    level,
    filedAt: now,
    decideBy: addDays(date, level === 1 ? rules.objection.decide_days : rules.objection.appeal_days),
    ...NEW_OBJECTION,
  };
  await insertObjection(tx, objection);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'objection_filed',
    object: review.id,
    detail: { objection: objection.id, level },
  });
  await askDeciders(tx, use, review, objection, now);
  return yes(objection);
}

export type DecideRefusal = 'not_decider' | 'decided' | 'answer_missing' | 'too_long';

/** Decides with a written reason. What an upheld case comes to is settled by others (settle.ts). */
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
  const body = await decidesAs(tx, use, actor, review, objection);
  if (body === null) return no('not_decider');
  if (answer.trim() === '') return no('answer_missing');
  if (Array.from(answer).length > OBJECTION_MAX) return no('too_long');
  const decision = { state: outcome, by: actor.employeeNo, as: body, at: now, answer: answer.trim() };
  if (!(await decide(tx, objection.id, decision))) return no('decided');
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
    { ...inMessageHours(use, now), once: `answer:${objection.id}` },
  );
  if (outcome === 'upheld') await askSettlers(tx, use, review, objection, now);
  return yes(null);
}

/**
 * Steps aside from a case because of a declared relation (F17): from deciding while it is open, from correcting once it is upheld.
 * Only that is kept; those who are left are asked. @returns false when the case is not for this person to handle.
 */
export async function stepAside(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  objection: Objection,
  now: number,
): Promise<boolean> {
  const open = objection.state === 'open';
  const unsettled = objection.state === 'upheld' && objection.settledAt === null;
  const mine = open
    ? (await decidesAs(tx, use, actor, review, objection)) !== null
    : unsettled && (await settlers(tx, use, review, objection)).includes(actor.employeeNo);
  if (!mine) return false;
  await recuse(tx, objection.id, actor.employeeNo);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'objection_recused',
    object: review.id,
    detail: { objection: objection.id },
  });
  await (open ? askDeciders : askSettlers)(tx, use, review, objection, now);
  return true;
}

/** For `/object`: the person's review in its notice, else the newest, with the earlier objections in it; whatever branch it was in. */
export async function objectionState(
  h: Reader,
  { employeeNo }: Actor,
): Promise<{ review: Review; objections: Objection[] } | null> {
  const reviews = await reviewsAbout(h, employeeNo);
  const review = reviews.find(({ state }) => state === 'notice') ?? reviews[0];
  return review === undefined ? null : { review, objections: await objectionsOf(h, review.id, employeeNo) };
}
