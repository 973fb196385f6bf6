import { z } from 'zod';
import {
  activityKindSchema,
  type ActivityLevel,
  activityLevelSchema,
  type ActivityState,
  activityStateSchema,
} from '../domain/activity.ts';
import type { Reader, Writer } from './db.ts';

const activityRow = z.object({
  id: z.string(),
  level: activityLevelSchema,
  /** Code of the district, group or branch. */
  scope: z.string(),
  kind: activityKindSchema,
  title: z.string(),
  place: z.string(),
  date: z.string(),
  state: activityStateSchema,
  by: z.string(),
  at: z.int(),
});
export type Activity = z.infer<typeof activityRow>;
const SELECT = `SELECT a.id, a.level, a.scope, a.kind, a.title, a.place, a.on_date AS "date", a.state, a.by_person AS "by", a.at FROM activity a`;

export const findActivity = (h: Reader, id: string): Promise<Activity | null> =>
  h.get(activityRow, `${SELECT} WHERE a.id = ?`, [id]);

export async function insertActivity(tx: Writer, a: Activity, branches: readonly string[]): Promise<void> {
  const sql =
    'INSERT INTO activity (id, level, scope, kind, title, place, on_date, state, by_person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
  await tx.run(sql, [a.id, a.level, a.scope, a.kind, a.title, a.place, a.date, a.state, a.by, a.at]);
  await tx.run('INSERT INTO activity_branch (activity, branch) SELECT ?, value FROM json_each(?)', [
    a.id,
    JSON.stringify(branches),
  ]);
}
/** @returns false when it is no longer in one of the states `from`. */
export const moveActivity = async (
  tx: Writer,
  id: string,
  from: readonly ActivityState[],
  to: ActivityState,
): Promise<boolean> =>
  (await tx.run('UPDATE activity SET state = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))', [
    to,
    id,
    JSON.stringify(from),
  ])) > 0;

/** Activities a branch is invited to, and those this person planned elsewhere, newest first. */
export const activitiesFor = (h: Reader, branch: string, person: string, limit: number): Promise<Activity[]> =>
  h.all(
    activityRow,
    `${SELECT} WHERE EXISTS (SELECT 1 FROM activity_branch b WHERE b.activity = a.id AND b.branch = ?1) OR a.by_person = ?2
     ORDER BY a.on_date DESC, a.id LIMIT ?3`,
    [branch, person, limit],
  );
/** Activities at any level inside a district, newest first; the whole city for null. */
export const activitiesOfDistrict = (h: Reader, district: string | null, limit: number): Promise<Activity[]> =>
  h.all(
    activityRow,
    `${SELECT} WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM activity_branch b JOIN branch c ON c.code = b.branch WHERE b.activity = a.id AND c.district = ?1)
     ORDER BY a.on_date DESC, a.id LIMIT ?2`,
    [district, limit],
  );

const invitedRow = z.object({ branch: z.string(), name: z.string(), comes: z.int().nullable(), present: z.int() });
/** Invited branches with their answer and how many of theirs signed in. */
export const invitedTo = (h: Reader, id: string): Promise<z.infer<typeof invitedRow>[]> =>
  h.all(
    invitedRow,
    'SELECT i.branch, b.name, i.comes, i.present FROM activity_branch i JOIN branch b ON b.code = i.branch WHERE i.activity = ? ORDER BY i.branch',
    [id],
  );
/** Planned activities of more than one branch that a branch is invited to and has not answered. */
export const unansweredActivities = (h: Reader, branch: string): Promise<Activity[]> =>
  h.all(
    activityRow,
    `${SELECT} JOIN activity_branch i ON i.activity = a.id WHERE i.branch = ? AND i.comes IS NULL AND a.state = 'planned' AND a.level <> 'branch'
     ORDER BY a.on_date, a.id`,
    [branch],
  );
export const answerInvitation = (tx: Writer, id: string, branch: string, comes: boolean): Promise<number> =>
  tx.run('UPDATE activity_branch SET comes = ? WHERE activity = ? AND branch = ?', [comes ? 1 : 0, id, branch]);

/** The branch keeps the number, which outlives the sign-in (F16). @returns false when the person had signed in before. */
export async function signInToActivity(tx: Writer, id: string, person: string, branch: string): Promise<boolean> {
  const sql = 'INSERT INTO activity_sign_in (activity, person, branch) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
  const fresh = (await tx.run(sql, [id, person, branch])) > 0;
  if (fresh)
    await tx.run('UPDATE activity_branch SET present = present + 1 WHERE activity = ? AND branch = ?', [id, branch]);
  return fresh;
}

const countRow = z.object({ code: z.string(), n: z.int() });
/** Activities held from `from` to `to` (ISO dates, both included) in which somebody of the branch took part, by branch. */
export const activitiesByBranch = async (h: Reader, from: string, to: string): Promise<Map<string, number>> =>
  new Map(
    (
      await h.all(
        countRow,
        `SELECT i.branch AS code, count(*) AS n FROM activity_branch i JOIN activity a ON a.id = i.activity
         WHERE i.present > 0 AND a.state = 'held' AND a.on_date BETWEEN ? AND ? GROUP BY i.branch`,
        [from, to],
      )
    ).map((row) => [row.code, row.n]),
  );
const scopeRow = z.object({ code: z.string(), held: z.int(), planned: z.int() });
export type ScopeCount = z.infer<typeof scopeRow>;
/** Activities held and planned at one level in these days, by code of the district, group or branch (R35, R36). Visits to branches are counted apart. */
export const activitiesByScope = async (
  h: Reader,
  level: ActivityLevel,
  from: string,
  to: string,
): Promise<Map<string, ScopeCount>> =>
  new Map(
    (
      await h.all(
        scopeRow,
        `SELECT scope AS code, sum(state = 'held') AS held, sum(state <> 'held') AS planned FROM activity
         WHERE level = ? AND state <> 'cancelled' AND NOT (kind = 'visit' AND level = 'branch') AND on_date BETWEEN ? AND ? GROUP BY scope`,
        [level, from, to],
      )
    ).map((row) => [row.code, row]),
  );
/** Leaders' visits to branches in these days, by branch (R69). */
export const visitsByBranch = async (h: Reader, from: string, to: string): Promise<Map<string, ScopeCount>> =>
  new Map(
    (
      await h.all(
        scopeRow,
        `SELECT scope AS code, sum(state = 'held') AS held, sum(state <> 'held') AS planned FROM activity
         WHERE kind = 'visit' AND level = 'branch' AND state <> 'cancelled' AND on_date BETWEEN ? AND ? GROUP BY scope`,
        [from, to],
      )
    ).map((row) => [row.code, row]),
  );
const groupRow = z.object({ code: z.string(), name: z.string(), district: z.string() });
/** Four-mutual groups with a branch that stands in the roster, by code. */
export const liveGroups = (h: Reader): Promise<z.infer<typeof groupRow>[]> =>
  h.all(
    groupRow,
    'SELECT g.code, g.name, g.district FROM mutual_group g WHERE EXISTS (SELECT 1 FROM branch b WHERE b.mutual_group = g.code AND b.closed_on IS NULL) ORDER BY g.code',
    [],
  );

/** Sign-ins go once the annual appraisal of the person's branch for that year, which is also its fourth quarter (A22), is final (F16). @returns rows deleted */
export const forgetActivityAttendance = (tx: Writer): Promise<number> =>
  tx.run(`DELETE FROM activity_sign_in WHERE EXISTS (SELECT 1 FROM activity a JOIN review r ON r.branch = activity_sign_in.branch
    WHERE a.id = activity_sign_in.activity AND r.state = 'final' AND r.period LIKE '%-Q4' AND substr(r.period, 1, 4) >= substr(a.on_date, 1, 4)
      AND a.on_date < date(r.final_at / 1000, 'unixepoch'))`); // what comes after it stays until the next one

const FORGET = [
  'DELETE FROM activity_sign_in WHERE activity IN (SELECT id FROM activity WHERE on_date < ?)',
  'DELETE FROM activity_branch WHERE activity IN (SELECT id FROM activity WHERE on_date < ?)',
  'DELETE FROM activity WHERE on_date < ?',
  'DELETE FROM guidance_read WHERE guidance IN (SELECT id FROM guidance WHERE substr(period, 1, 4) < substr(?, 1, 4))',
  'DELETE FROM guidance WHERE substr(period, 1, 4) < substr(?, 1, 4)',
];
/** Activities from before `date`, and guidance of the years before its year. @returns rows deleted */
export async function forgetNetwork(tx: Writer, date: string): Promise<number> {
  let deleted = 0;
  for (const sql of FORGET) deleted += await tx.run(sql, [date]);
  return deleted;
}
