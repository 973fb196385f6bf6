/** What the month's tasks and weekly checks say: numbers, and texts of tasks that are done or coming up. Nobody's name, nobody's answer (A48, F12). */
import { nextPeriod, periodRange } from '../../domain/period.ts';
import type { Reader } from '../../store/db.ts';
import { checksBetween, tasksDoneBetween, tasksDueBetween, tasksInNeed, tasksOverdue } from '../../store/months.ts';

export interface MonthFigures {
  /** Closed weekly checks opened in the month; `due` and `answered` summed over them. */
  checks: { weeks: number; due: number; answered: number };
  done: readonly string[];
  /** Open tasks for which help was asked last. */
  needHelp: number;
  /** Open tasks whose date lies in the month or before. */
  overdue: number;
  /** Open tasks due in the month after. */
  coming: readonly string[];
}

export async function monthFigures(h: Reader, branch: string, month: string): Promise<MonthFigures> {
  const { from, to } = periodRange(month);
  const next = periodRange(nextPeriod(month));
  return {
    checks: await checksBetween(h, branch, from, to),
    done: (await tasksDoneBetween(h, branch, from, to)).map(({ text }) => text),
    needHelp: await tasksInNeed(h, branch, from, to),
    overdue: await tasksOverdue(h, branch, next.from),
    coming: (await tasksDueBetween(h, branch, next.from, next.to)).map(({ text }) => text),
  };
}
