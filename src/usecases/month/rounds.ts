/** The month's round: asked on the 25th, reminded of three working days before the close, closed on the 5th (J9). */
import { closesOn, dueAfter, type MonthClock, monthToOpen, remindOn } from '../../domain/month.ts';
import { today } from '../../domain/period.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  closeMonthRound,
  findMonthRound,
  insertMonthDue,
  insertMonthRound,
  lastClosedMonth,
  monthDueOf,
  type MonthRound,
  openMonthRounds,
} from '../../store/months.ts';
import { allDistricts, peopleWithRole } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runnersOf } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

export const monthClock = ({ years, calendar }: Pick<Use, 'years' | 'calendar'>): MonthClock => ({
  dates: years.dates,
  calendar,
});

/** Opens the round of the month. @returns null when it is over already: nobody is asked for what would be late at once */
export async function openMonth(tx: Writer, use: Use, now: number): Promise<MonthRound | null> {
  const date = today(now, use.config.timezone);
  const month = monthToOpen(date, use.years.dates);
  if (date > closesOn(month, monthClock(use))) return null;
  await insertMonthRound(tx, { month, openedOn: date, closesOn: closesOn(month, monthClock(use)) });
  const round = await findMonthRound(tx, month);
  return round === null || round.state === 'closed' ? null : round;
}

/** Makes the branch owe the month, and sends the draft to whoever runs it. Twice is harmless. */
export async function askBranch(
  tx: Writer,
  use: Use,
  { month }: MonthRound,
  branch: string,
  now: number,
): Promise<number> {
  await insertMonthDue(tx, month, branch);
  const people = await runnersOf(tx, branch);
  const card = { card: 'monthly_summary', args: { month } };
  await sendToPeople(tx, people, card, { ...inMessageHours(use, now), once: `month:${month}` });
  return people.length;
}

/** Rounds that are to be reminded of on the day of `now`. */
export async function monthsToRemind(h: Reader, use: Use, now: number): Promise<MonthRound[]> {
  const date = today(now, use.config.timezone);
  return (await openMonthRounds(h)).filter(
    (round) => date >= remindOn(round.month, monthClock(use)) && date <= round.closesOn,
  );
}
export const branchesOwing = async (h: Reader, month: string): Promise<string[]> =>
  (await monthDueOf(h, month)).filter((due) => !due.filed).map((due) => due.branch);

/** Reminds those who run a branch that owes its summary, once a month and in private. */
export async function remindBranch(
  tx: Writer,
  use: Use,
  { month }: MonthRound,
  branch: string,
  now: number,
): Promise<number> {
  const people = await runnersOf(tx, branch);
  const card = { card: 'monthly_summary_reminder', args: { month } };
  await sendToPeople(tx, people, card, { ...inMessageHours(use, now), once: `month-remind:${month}` });
  return people.length;
}

/** Closes every month that is due; liaison officers hear which branches are late, and nothing else. @returns months closed */
export async function closeMonths(tx: Writer, use: Use, now: number): Promise<string[]> {
  const date = today(now, use.config.timezone);
  const closed: string[] = [];
  for (const { month } of await openMonthRounds(tx)) {
    if (date < dueAfter(month, use.years.dates) || !(await closeMonthRound(tx, month))) continue;
    closed.push(month);
    const due = await monthDueOf(tx, month);
    const late = due.filter((one) => !one.filed);
    await appendAudit(tx, {
      at: now,
      actor: 'system',
      act: 'month_closed',
      object: month,
      detail: { asked: due.length, filed: due.length - late.length },
    });
    for (const { code } of await allDistricts(tx)) {
      if (!late.some((one) => one.district === code)) continue;
      const officers = (await peopleWithRole(tx, 'liaison', code)).map((person) => person.employeeNo);
      const card = { card: 'summaries_overdue', args: { month, district: code } };
      await sendToPeople(tx, officers, card, { ...inMessageHours(use, now), once: `month-late:${month}:${code}` });
    }
  }
  return closed;
}

/** The month whose summary a branch still owes in an open round; null when none. */
export async function owedMonth(h: Reader, branch: string): Promise<MonthRound | null> {
  for (const round of await openMonthRounds(h))
    if ((await branchesOwing(h, round.month)).includes(branch)) return round;
  return null;
}

export interface MonthStatus {
  month: string;
  asked: number;
  filed: number;
}
/** How many branches have filed the open month, else the last closed one; within a district, or everywhere. */
export async function monthStatus(h: Reader, district: string | null): Promise<MonthStatus | null> {
  const round = (await openMonthRounds(h)).at(-1) ?? (await lastClosedMonth(h));
  if (round === null) return null;
  const due: { filed: boolean }[] = [];
  for (const one of await monthDueOf(h, round.month)) if (district === null || one.district === district) due.push(one);
  return { month: round.month, asked: due.length, filed: due.filter((one) => one.filed).length };
}

/** Branches of a district that have not filed a month, as they stand now. */
export async function overdueBranches(h: Reader, month: string, district: string): Promise<string[]> {
  return (await monthDueOf(h, month))
    .filter((one) => !one.filed && one.district === district)
    .map(({ branch, name }) => `${branch} ${name}`);
}
