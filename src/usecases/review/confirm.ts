/** The branch committee confirms the quarter's member stars (A24): outstanding stars (A37) and barred stars with a hearing (A31, R121, F9). */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { today } from '../../domain/period.ts';
import { confirmResults as confirm, type Review } from '../../domain/review.ts';
import type { Rules } from '../../domain/rules.ts';
import {
  applyDecisions,
  type DecisionRefusal,
  type MemberSheet,
  memberSheetSchema,
  outstandingCap,
} from '../../domain/sheet.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  BARRED_GROUNDS,
  type Decision,
  decisionsOf,
  dropDecision,
  putDecision,
  putStatement,
} from '../../store/decisions.ts';
import { saveReview } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { putSheets, sheetsOf } from '../../store/sheets.ts';
import type { Use } from '../../use.ts';
import { decidesReview, runnersOf } from '../access.ts';
import { endOfHours } from '../message-hours.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { isOpenHearing } from './facts.ts';

export const REASON_MAX = 300;
export type Ground = (typeof BARRED_GROUNDS)[number];
const groundSchema = z.enum(BARRED_GROUNDS);

export type ConfirmRefusal =
  | 'wrong_state'
  | 'hearing_open'
  | 'not_committee'
  | 'recused'
  | 'bad_ground'
  | 'reason_missing'
  | 'reason_long'
  | 'too_many_outstanding'
  | DecisionRefusal;
/** With the name of the person a refusal is about. */
export type ConfirmResult =
  | { ok: true; review: Review; heard: readonly string[] }
  | { ok: false; reason: ConfirmRefusal; person?: string };

/** The tallied sheets of the members, in roster order of the tally. */
export async function memberSheets(h: Reader, review: string): Promise<MemberSheet[]> {
  const rows = await sheetsOf(h, review);
  return rows.filter((row) => row.person !== 'branch').map((row) => memberSheetSchema.parse(JSON.parse(row.body)));
}

interface Wish {
  outstanding: string | null;
  barred: string | null;
  reason: string;
}
/** Reads `outstanding_<no>`, `barred_<no>`, `reason_<no>`; people without any of the fields keep what was decided before. */
function readWishes(form: Readonly<Record<string, string>>): Map<string, Wish> {
  const wishes = new Map<string, Wish>();
  for (const [name, raw] of Object.entries(form)) {
    const match = /^(outstanding|barred|reason)_(.+)$/.exec(name);
    if (match === null) continue;
    const [, field, person] = match;
    if (person === undefined) continue;
    const wish = wishes.get(person) ?? { outstanding: null, barred: null, reason: '' };
    const value = raw.trim();
    if (field === 'reason') wish.reason = value;
    else if (field === 'outstanding') wish.outstanding = value === '' || value === 'none' ? null : value;
    else wish.barred = value === '' || value === 'none' ? null : value;
    wishes.set(person, wish);
  }
  return wishes;
}

/** End of the hearing: the close of message hours on the third working day (F9). */
function hearingEnd(use: Use, rules: Rules, now: number): number {
  const date = use.calendar.addWorkdays(today(now, use.config.timezone), rules.hearing.working_days);
  return endOfHours(use.config.timezone, Temporal.PlainDate.from(date), rules.messages.to);
}

/** What a wish changes about a person, against what was decided before. */
interface Change {
  person: string;
  wish: Wish;
  outstanding: boolean;
  barred: boolean;
}

/** The form shows one reason for both decisions; an empty one, or the one that was shown, is no change. */
function changeOf(person: string, wish: Wish, before: Partial<Record<Decision['kind'], Decision>>): Change {
  const shown = before.outstanding?.reason ?? before.barred?.reason ?? '';
  const reworded = wish.reason !== '' && wish.reason !== shown;
  const differs = (kind: Decision['kind']) =>
    wish[kind] !== (before[kind]?.value ?? null) || (wish[kind] !== null && reworded);
  return { person, wish, outstanding: differs('outstanding'), barred: differs('barred') };
}

function checkChange(
  { person, wish, outstanding, barred }: Change,
  sheet: MemberSheet,
  rules: Rules,
  by: string,
): Verdict<null, ConfirmRefusal> {
  // F17: nobody decides in a case about themselves, nor takes back what others decided.
  if (person === by && (outstanding || barred)) return no('recused');
  if (Array.from(wish.reason).length > REASON_MAX) return no('reason_long');
  if (wish.barred !== null && !groundSchema.safeParse(wish.barred).success) return no('bad_ground');
  const decides = (outstanding && wish.outstanding !== null) || (barred && wish.barred !== null);
  if (decides && wish.reason === '') return no('reason_missing');
  const applied = applyDecisions(sheet, { barred: wish.barred !== null, outstanding: wish.outstanding }, rules);
  return applied.ok ? yes(null) : no(applied.reason);
}

/**
 * Keeps the wishes of one page of the form as decisions; proposes bars and asks the member for a statement. Nothing is final yet,
 * and nothing at all is kept when one of the wishes is refused.
 */
export async function keepDecisions(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<readonly string[], ConfirmRefusal> & { person?: string }> {
  if (!decidesReview(actor, review.branch)) return no('not_committee');
  if (review.state !== 'tallied') return no('wrong_state');
  const rules = await rulesOf(tx, review.rules);
  const decided = await decisionsOf(tx, review.id);
  const sheets = new Map((await memberSheets(tx, review.id)).map((sheet) => [sheet.employee_no, sheet]));
  const changes: Change[] = [];
  for (const [person, wish] of readWishes(form)) {
    const sheet = sheets.get(person);
    if (sheet === undefined) continue;
    const before = Object.fromEntries(
      decided.filter((decision) => decision.person === person).map((decision) => [decision.kind, decision]),
    );
    const change = changeOf(person, wish, before);
    const verdict = checkChange(change, sheet, rules, actor.employeeNo);
    if (!verdict.ok) return { ...verdict, person };
    changes.push(change);
  }
  const hearingUntil = hearingEnd(use, rules, now);
  const heard: string[] = [];
  for (const change of changes) if (await keep(tx, actor, review, change, hearingUntil, now)) heard.push(change.person);
  return yes(heard);
}

/** @returns whether the person is to be heard. A new ground or new evidence is a new case: the member is heard again (F9). */
async function keep(
  tx: Writer,
  actor: Actor,
  review: Review,
  { person, wish, outstanding, barred }: Change,
  hearingUntil: number,
  now: number,
): Promise<boolean> {
  const by = { person, by: actor.employeeNo, at: now };
  if (outstanding && wish.outstanding === null) await dropDecision(tx, review.id, person, 'outstanding');
  else if (outstanding && wish.outstanding !== null)
    await putDecision(tx, review.id, {
      ...by,
      kind: 'outstanding',
      value: wish.outstanding,
      reason: wish.reason,
      state: 'draft',
      hearingUntil: null,
    });
  if (!barred) return false;
  if (wish.barred === null) {
    await dropDecision(tx, review.id, person, 'barred');
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'bar_dropped',
      object: review.id,
      detail: { person },
    });
    await sendToPeople(tx, [person], { card: 'notice', args: { key: 'bar_dropped', period: review.period } }, { now });
    return false;
  }
  await putDecision(tx, review.id, {
    ...by,
    kind: 'barred',
    value: wish.barred,
    reason: wish.reason,
    state: 'hearing',
    hearingUntil,
  });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'bar_proposed',
    object: review.id,
    detail: { person, ground: wish.barred },
  });
  await sendToPeople(tx, [person], { card: 'hearing', args: { review: review.id } }, { now });
  return true;
}

/** Confirms when no hearing is open: the decisions go into the sheets and the state moves on. */
export async function confirmResults(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<ConfirmResult> {
  const kept = await keepDecisions(tx, use, actor, review, form, now);
  if (!kept.ok)
    return { ok: false, reason: kept.reason, ...(kept.person === undefined ? {} : { person: kept.person }) };
  const rules = await rulesOf(tx, review.rules);
  const decisions = await decisionsOf(tx, review.id);
  const open = decisions.filter((decision) => isOpenHearing(decision, now));
  if (open.length > 0) return { ok: true, review, heard: open.map((decision) => decision.name) };
  const step = confirm(review, 0);
  if (!step.ok) return { ok: false, reason: step.reason === 'hearing_open' ? 'hearing_open' : 'wrong_state' };

  const sheets: MemberSheet[] = [];
  for (const sheet of await memberSheets(tx, review.id)) {
    const mine = decisions.filter((decision) => decision.person === sheet.employee_no);
    const outstanding = mine.find((decision) => decision.kind === 'outstanding')?.value ?? null;
    const applied = applyDecisions(
      sheet,
      { barred: mine.some((decision) => decision.kind === 'barred'), outstanding },
      rules,
    );
    if (!applied.ok) return { ok: false, reason: applied.reason, person: sheet.employee_no };
    sheets.push(applied.value);
  }
  if (outstandingCap(sheets, rules).over) return { ok: false, reason: 'too_many_outstanding' };
  await putSheets(
    tx,
    review.id,
    sheets.map((sheet) => ({ person: sheet.employee_no, body: sheet })),
  );
  for (const { kind, person, value, reason, by, hearingUntil } of decisions) {
    await putDecision(tx, review.id, { person, kind, value, reason, by, hearingUntil, at: now, state: 'decided' });
    const act = kind === 'barred' ? 'bar_decided' : 'outstanding_named';
    await appendAudit(tx, { at: now, actor: actor.employeeNo, act, object: review.id, detail: { person, value } });
  }
  const saved = await saveReview(tx, review, { ...step.value, confirmedBy: actor.employeeNo, confirmedAt: now });
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'results_confirmed', object: review.id });
  return { ok: true, review: saved, heard: [] };
}

/** The member's side before two stars are barred. An empty text says that there is nothing to add; it ends the hearing. */
export async function stateOwnSide(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  statement: string,
  now: number,
): Promise<Verdict<null, 'no_hearing' | 'too_long'>> {
  if (Array.from(statement).length > 1_000) return no('too_long');
  if (review.state !== 'tallied' || !(await putStatement(tx, review.id, actor.employeeNo, statement, now)))
    return no('no_hearing');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'bar_stated',
    object: review.id,
    detail: { person: actor.employeeNo },
  });
  // Those who run the review, whoever of them closed it; they did not click, so it keeps message hours (design.md 12.2).
  await sendToPeople(
    tx,
    await runnersOf(tx, review.branch),
    { card: 'console', args: { review: review.id } },
    inMessageHours(use, now),
  );
  return yes(null);
}
