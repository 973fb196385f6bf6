/** Rounds of the monthly summary and what branches filed (R65). */
import { z } from 'zod';
import type { SummaryText } from '../domain/month.ts';
import type { Reader, Writer } from './db.ts';

const roundRow = z.object({
  month: z.string(),
  openedOn: z.string(),
  closesOn: z.string(),
  state: z.enum(['open', 'closed']),
});
export type MonthRound = z.infer<typeof roundRow>;
const ROUND = 'SELECT month, opened_on AS openedOn, closes_on AS closesOn, state FROM month_round';

export const findMonthRound = (h: Reader, month: string): Promise<MonthRound | null> =>
  h.get(roundRow, `${ROUND} WHERE month = ?`, [month]);
export const openMonthRounds = (h: Reader): Promise<MonthRound[]> =>
  h.all(roundRow, `${ROUND} WHERE state = 'open' ORDER BY month`);
/** The newest month that was closed. */
export const lastClosedMonth = (h: Reader): Promise<MonthRound | null> =>
  h.get(roundRow, `${ROUND} WHERE state = 'closed' ORDER BY month DESC LIMIT 1`);
export const insertMonthRound = (tx: Writer, round: Omit<MonthRound, 'state'>): Promise<number> =>
  tx.run(
    "INSERT INTO month_round (month, opened_on, closes_on, state) VALUES (?, ?, ?, 'open') ON CONFLICT DO NOTHING",
    [round.month, round.openedOn, round.closesOn],
  );
export const closeMonthRound = async (tx: Writer, month: string): Promise<boolean> =>
  (await tx.run("UPDATE month_round SET state = 'closed' WHERE month = ? AND state = 'open'", [month])) > 0;

export const insertMonthDue = (tx: Writer, month: string, branch: string): Promise<number> =>
  tx.run('INSERT INTO month_due (month, branch) VALUES (?, ?) ON CONFLICT DO NOTHING', [month, branch]);

const dueRow = z.object({
  branch: z.string(),
  name: z.string(),
  district: z.string(),
  filed: z.int().transform((it) => it === 1),
});
export type MonthDue = z.infer<typeof dueRow>;
/** Branches that were asked and still stand in the roster, with whether they filed. */
export const monthDueOf = (h: Reader, month: string): Promise<MonthDue[]> =>
  h.all(
    dueRow,
    `SELECT d.branch, b.name, b.district, EXISTS (SELECT 1 FROM monthly_summary s WHERE s.branch = d.branch AND s.month = d.month) AS filed
     FROM month_due d JOIN branch b ON b.code = d.branch WHERE d.month = ? AND b.closed_on IS NULL ORDER BY d.branch`,
    [month],
  );

const summaryRow = z.object({
  branch: z.string(),
  month: z.string(),
  progress: z.string(),
  problems: z.string(),
  plan: z.string(),
  measures: z.string(),
  filedOn: z.string(),
  onTime: z.int().transform((it) => it === 1),
  version: z.int(),
});
export type MonthlySummary = z.infer<typeof summaryRow>;
const SUMMARY =
  'SELECT branch, month, progress, problems, plan, measures, filed_on AS filedOn, on_time AS onTime, version FROM monthly_summary';
export const findSummary = (h: Reader, branch: string, month: string): Promise<MonthlySummary | null> =>
  h.get(summaryRow, `${SUMMARY} WHERE branch = ? AND month = ?`, [branch, month]);
/** Files a summary, or changes one; whether it was on time is settled by the first filing. */
export async function putSummary(
  tx: Writer,
  branch: string,
  month: string,
  text: SummaryText,
  filed: { by: string; on: string; onTime: boolean },
): Promise<void> {
  await tx.run(
    `INSERT INTO monthly_summary (branch, month, progress, problems, plan, measures, filed_by, filed_on, on_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (branch, month) DO UPDATE SET progress = excluded.progress, problems = excluded.problems, plan = excluded.plan,
       measures = excluded.measures, filed_by = excluded.filed_by, filed_on = excluded.filed_on, version = version + 1`,
    [branch, month, text.progress, text.problems, text.plan, text.measures, filed.by, filed.on, filed.onTime ? 1 : 0],
  );
}

const shareRow = z.object({ branch: z.string(), due: z.int(), filed: z.int() });
/** Closed months from `from` to `to` (`2026-07`, both included) that a branch owed, and those it filed in time. */
export const monthsOnTime = async (
  h: Reader,
  from: string,
  to: string,
): Promise<Map<string, z.infer<typeof shareRow>>> =>
  new Map(
    (
      await h.all(
        shareRow,
        `SELECT d.branch, count(*) AS due, count(s.month) AS filed FROM month_due d JOIN month_round r ON r.month = d.month
         LEFT JOIN monthly_summary s ON s.branch = d.branch AND s.month = d.month AND s.on_time = 1
         WHERE r.state = 'closed' AND d.month BETWEEN ? AND ? GROUP BY d.branch`,
        [from, to],
      )
    ).map((row) => [row.branch, row]),
  );

const taskText = z.object({ text: z.string() });
const count = z.object({ n: z.int() });
const checksRow = z.object({ weeks: z.int(), due: z.int().nullable(), answered: z.int().nullable() });
/** Closed weekly checks of a branch that were opened in these days. */
export const checksBetween = async (
  h: Reader,
  branch: string,
  from: string,
  to: string,
): Promise<{ weeks: number; due: number; answered: number }> => {
  const row = await h.get(
    checksRow,
    `SELECT count(*) AS weeks, sum(c.due) AS due, sum(c.answered) AS answered FROM check_rate c JOIN check_round r ON r.week = c.week
     WHERE c.branch = ? AND r.opened_on BETWEEN ? AND ?`,
    [branch, from, to],
  );
  return { weeks: row?.weeks ?? 0, due: row?.due ?? 0, answered: row?.answered ?? 0 };
};
export const tasksDoneBetween = (h: Reader, branch: string, from: string, to: string): Promise<{ text: string }[]> =>
  h.all(
    taskText,
    "SELECT text FROM task WHERE branch = ? AND state = 'done' AND done_on BETWEEN ? AND ? ORDER BY done_on, id",
    [branch, from, to],
  );
export const tasksDueBetween = (h: Reader, branch: string, from: string, to: string): Promise<{ text: string }[]> =>
  h.all(
    taskText,
    "SELECT text FROM task WHERE branch = ? AND state = 'open' AND due BETWEEN ? AND ? ORDER BY due, id",
    [branch, from, to],
  );
/** Open tasks whose date was before `date`. */
export const tasksOverdue = async (h: Reader, branch: string, date: string): Promise<number> =>
  (await h.get(count, "SELECT count(*) AS n FROM task WHERE branch = ? AND state = 'open' AND due < ?", [branch, date]))
    ?.n ?? 0;
/** Open tasks for which help was asked in the newest check of these days that they were in. */
export const tasksInNeed = async (h: Reader, branch: string, from: string, to: string): Promise<number> =>
  (
    await h.get(
      count,
      `SELECT count(*) AS n FROM task t JOIN check_answer a ON a.task = t.id JOIN check_round r ON r.week = a.week
       WHERE t.branch = ?1 AND t.state = 'open' AND a.state = 'needs_help' AND r.opened_on = (
         SELECT max(r2.opened_on) FROM check_answer a2 JOIN check_round r2 ON r2.week = a2.week WHERE a2.task = t.id AND r2.opened_on BETWEEN ?2 AND ?3)`,
      [branch, from, to],
    )
  )?.n ?? 0;

/** Rounds and summaries of months before `month`. @returns rows deleted */
export async function forgetMonths(tx: Writer, month: string): Promise<number> {
  let deleted = 0;
  for (const table of ['monthly_summary', 'month_due', 'month_round'] as const)
    deleted += await tx.run(FORGET[table], [month]);
  return deleted;
}
const FORGET = {
  monthly_summary: 'DELETE FROM monthly_summary WHERE month < ?',
  month_due: 'DELETE FROM month_due WHERE month < ?',
  month_round: 'DELETE FROM month_round WHERE month < ?',
};
