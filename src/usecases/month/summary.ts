/** Filing the monthly summary (R65, J9): the secretary's, changed until the month is closed, seen by the whole branch. */
import { askedMonth, isMonth, namedIn, readSummary, type SummaryField } from '../../domain/month.ts';
import { periodOf, previousPeriod, shiftPeriod, today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { findMonthRound, findSummary, type MonthlySummary, putSummary } from '../../store/months.ts';
import { type Actor, peopleOfBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { sendToChats } from '../notify.ts';
import { closesOn } from '../../domain/month.ts';
import { monthClock } from './rounds.ts';

/** How many months back a missing summary can still be filed. */
const MONTHS_BACK = 12;

/** A month is over for on-time filing when its round was closed, or, where none was opened, when the day has passed. */
async function isClosed(h: Reader, use: Use, month: string, date: string): Promise<boolean> {
  const round = await findMonthRound(h, month);
  return round === null ? date > closesOn(month, monthClock(use)) : round.state === 'closed';
}

export interface SummaryState {
  month: string;
  filed: MonthlySummary | null;
  /** Past the close: what is filed stays, what is missing may still be filed, late. */
  closed: boolean;
  /** ISO date. */
  closesOn: string;
}
export async function summaryState(
  h: Reader,
  use: Use,
  branch: string,
  month: string,
  now: number,
): Promise<SummaryState> {
  const filed = await findSummary(h, branch, month);
  return {
    month,
    filed,
    closed: await isClosed(h, use, month, today(now, use.config.timezone)),
    closesOn: closesOn(month, monthClock(use)),
  };
}
export const isEditable = ({ filed, closed }: SummaryState): boolean => filed === null || !closed;

/** The month somebody means: the one typed, else the one that is owed (src/domain/month.ts). */
export async function monthMeant(
  h: Reader,
  use: Use,
  branch: string,
  typed: string | null,
  now: number,
): Promise<Verdict<string, 'not_a_month' | 'too_early' | 'too_old'>> {
  const date = today(now, use.config.timezone);
  const current = periodOf('month', date);
  if (typed === null)
    return yes(askedMonth(date, (await findSummary(h, branch, previousPeriod(current))) !== null, monthClock(use)));
  if (!isMonth(typed)) return no('not_a_month');
  if (typed > current) return no('too_early');
  return typed < shiftPeriod(current, -MONTHS_BACK) ? no('too_old') : yes(typed);
}

export type FileSummaryResult =
  | { ok: true; late: boolean; changed: boolean }
  | { ok: false; reason: 'not_secretary' | 'bad_month' | 'closed' }
  | { ok: false; reason: 'missing' | 'long'; fields: readonly SummaryField[] }
  | { ok: false; reason: 'names'; names: readonly string[] };

/** Files or changes the summary of a month; a one-page sheet goes to the branch chat. */
export async function fileSummary(
  tx: Writer,
  use: Use,
  actor: Actor,
  month: string,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<FileSummaryResult> {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (!(await monthMeant(tx, use, actor.branch, month, now)).ok) return no('bad_month');
  const state = await summaryState(tx, use, actor.branch, month, now);
  if (!isEditable(state)) return no('closed');
  const text = readSummary(form);
  if (!text.ok) return text;
  const names = namedIn(
    text.value.problems,
    (await peopleOfBranch(tx, actor.branch)).map((person) => person.name),
  );
  if (names.length > 0) return { ok: false, reason: 'names', names };
  const onTime = !state.closed;
  await putSummary(tx, actor.branch, month, text.value, {
    by: actor.employeeNo,
    on: today(now, use.config.timezone),
    onTime,
  });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'summary_filed',
    object: actor.branch,
    detail: { month, onTime, change: state.filed !== null },
  });
  await sendToChats(
    tx,
    'branch',
    actor.branch,
    { card: 'month_sheet', args: { branch: actor.branch, month } },
    { now },
  );
  return { ok: true, late: !onTime, changed: state.filed !== null };
}
