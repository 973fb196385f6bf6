/** What is taken away of the year of a branch, a district or the city: rows for sheets that are printed. */
import { z } from 'zod';
import { activityKindSchema, activityLevelSchema, activityStateSchema } from '../domain/activity.ts';
import { commitmentStateSchema } from '../domain/commitment.ts';
import { checkStateSchema, taskStateSchema } from '../domain/weekly-check.ts';
import type { Reader } from './db.ts';
import type { CityPart } from './year-figures.ts';

const itemRow = z.object({
  /** Null: the branch's own. */
  name: z.string().nullable(),
  catalogue: z.string(),
  star: z.string(),
  text: z.string(),
  result: z.string(),
  due: z.string(),
  state: commitmentStateSchema,
  /** Null before it was approved. */
  task: taskStateSchema.nullable(),
  doneOn: z.string().nullable(),
  /** The newest answer in a weekly check. */
  said: checkStateSchema.nullable(),
});
export type BookItem = z.infer<typeof itemRow>;
/** Items that were handed in: the branch's own first, then members who are here in roster order. */
export const bookItems = (h: Reader, branch: string, year: number): Promise<BookItem[]> =>
  h.all(
    itemRow,
    `SELECT p.name, c.catalogue, i.star, i.text, i.result, i.due, c.state, t.state AS task, t.done_on AS doneOn,
       (SELECT a.state FROM check_answer a JOIN check_round r ON r.week = a.week WHERE a.task = t.id ORDER BY r.opened_on DESC LIMIT 1) AS said
     FROM commitment c JOIN commitment_item i ON i.commitment = c.id LEFT JOIN person p ON p.employee_no = c.person LEFT JOIN task t ON t.item = i.id
     WHERE c.branch = ? AND c.year = ? AND c.state IN ('submitted', 'approved', 'published') AND p.left_on IS NULL
     ORDER BY c.person IS NOT NULL, p.position, c.person, i.position`,
    [branch, year],
  );
const taskRow = z.object({
  name: z.string(),
  text: z.string(),
  due: z.string(),
  state: taskStateSchema,
  doneOn: z.string().nullable(),
});
/** Tasks the secretary added. */
export const bookTasks = (h: Reader, branch: string, year: number): Promise<z.infer<typeof taskRow>[]> =>
  h.all(
    taskRow,
    `SELECT p.name, t.text, t.due, t.state, t.done_on AS doneOn FROM task t JOIN person p ON p.employee_no = t.owner
     WHERE t.branch = ? AND t.year = ? AND t.item IS NULL AND t.state <> 'dropped' AND p.left_on IS NULL ORDER BY t.due, t.id`,
    [branch, year],
  );

const checkRow = z.object({ week: z.string(), openedOn: z.string(), due: z.int(), answered: z.int() });
export const bookChecks = (h: Reader, branch: string, from: string, to: string): Promise<z.infer<typeof checkRow>[]> =>
  h.all(
    checkRow,
    `SELECT c.week, r.opened_on AS openedOn, c.due, c.answered FROM check_rate c JOIN check_round r ON r.week = c.week
     WHERE c.branch = ? AND r.opened_on BETWEEN ? AND ? ORDER BY r.opened_on`,
    [branch, from, to],
  );

const text = z.string().nullable();
const summaryRow = z.object({
  month: z.string(),
  filedOn: z.string().nullable(),
  onTime: z.int().nullable(),
  progress: text,
  problems: text,
  plan: text,
  measures: text,
});
export type BookSummary = z.infer<typeof summaryRow>;
/** Every month that was asked for, filed or not. */
export const bookSummaries = (h: Reader, branch: string, year: number): Promise<BookSummary[]> =>
  h.all(
    summaryRow,
    `SELECT d.month, s.filed_on AS filedOn, s.on_time AS onTime, s.progress, s.problems, s.plan, s.measures FROM month_due d
     LEFT JOIN monthly_summary s ON s.branch = d.branch AND s.month = d.month WHERE d.branch = ? AND substr(d.month, 1, 4) = ? ORDER BY d.month`,
    [branch, String(year)],
  );

const activityRow = z.object({
  date: z.string(),
  level: activityLevelSchema,
  scope: z.string(),
  kind: activityKindSchema,
  title: z.string(),
  state: activityStateSchema,
  /** People of the branches that were asked about. */
  present: z.int(),
  branches: z.int(),
});
export type BookActivity = z.infer<typeof activityRow>;
/** Activities of the year that were held or are planned, to which branches of this part of the city are invited. */
export const bookActivities = (h: Reader, year: number, { district, branch }: CityPart): Promise<BookActivity[]> =>
  h.all(
    activityRow,
    `SELECT a.on_date AS "date", a.level, a.scope, a.kind, a.title, a.state, sum(i.present) AS present, sum(i.present > 0) AS branches
     FROM activity a JOIN activity_branch i ON i.activity = a.id JOIN branch b ON b.code = i.branch
     WHERE a.state <> 'cancelled' AND substr(a.on_date, 1, 4) = ?1 AND (?2 IS NULL OR b.district = ?2) AND (?3 IS NULL OR b.code = ?3)
     GROUP BY a.id ORDER BY a.on_date, a.id`,
    [String(year), district, branch],
  );

const rateRow = z.object({ branch: z.string(), month: z.string(), due: z.int(), answered: z.int() });
export type CheckRates = Map<string, Map<string, { due: number; answered: number }>>;
/** Weekly checks by branch and month (`2026-10`): how many, never whose (A48). */
export async function checkRatesByMonth(h: Reader, year: number): Promise<CheckRates> {
  const rows = await h.all(
    rateRow,
    `SELECT c.branch, substr(r.opened_on, 1, 7) AS month, sum(c.due) AS due, sum(c.answered) AS answered
     FROM check_rate c JOIN check_round r ON r.week = c.week WHERE substr(r.opened_on, 1, 4) = ? GROUP BY c.branch, month`,
    [String(year)],
  );
  const rates: CheckRates = new Map();
  for (const { branch, month, ...rate } of rows)
    rates.set(branch, (rates.get(branch) ?? new Map<string, typeof rate>()).set(month, rate));
  return rates;
}

/** Whether anything of this year is recorded in this part of the city. */
export const hasYear = async (h: Reader, year: number, { district, branch }: CityPart): Promise<boolean> =>
  (await h.get(
    z.object({ n: z.int() }),
    `SELECT 1 AS n FROM branch b WHERE (?3 IS NULL OR b.district = ?3) AND (?4 IS NULL OR b.code = ?4) AND (
       EXISTS (SELECT 1 FROM commitment c WHERE c.branch = b.code AND c.year = ?1)
       OR EXISTS (SELECT 1 FROM task t WHERE t.branch = b.code AND t.year = ?1)
       OR EXISTS (SELECT 1 FROM check_rate c JOIN check_round r ON r.week = c.week WHERE c.branch = b.code AND substr(r.opened_on, 1, 4) = ?2)
       OR EXISTS (SELECT 1 FROM month_due d WHERE d.branch = b.code AND substr(d.month, 1, 4) = ?2)
       OR EXISTS (SELECT 1 FROM meeting m WHERE m.branch = b.code AND m.state <> 'cancelled' AND substr(m.on_date, 1, 4) = ?2)
       OR EXISTS (SELECT 1 FROM activity_branch i JOIN activity a ON a.id = i.activity
         WHERE i.branch = b.code AND a.state <> 'cancelled' AND substr(a.on_date, 1, 4) = ?2)
       OR EXISTS (SELECT 1 FROM review r WHERE r.branch = b.code AND substr(r.period, 1, 4) = ?2)
       OR (?3 IS NULL AND ?4 IS NULL AND EXISTS (SELECT 1 FROM leading_meeting l WHERE l.unit = b.unit AND substr(l.on_date, 1, 4) = ?2))
     ) LIMIT 1`,
    [year, String(year), district, branch],
  )) !== null;

const nameRow = z.object({ level: activityLevelSchema, code: z.string(), name: z.string() });
/** What districts, groups and branches are called, by level and code (`group G01`). */
export const scopeNames = async (h: Reader): Promise<Map<string, string>> =>
  new Map(
    (
      await h.all(
        nameRow,
        `SELECT 'district' AS level, code, name FROM district UNION ALL SELECT 'group', code, name FROM mutual_group
         UNION ALL SELECT 'branch', code, name FROM branch`,
        [],
      )
    ).map(({ level, code, name }) => [`${level} ${code}`, name]),
  );
