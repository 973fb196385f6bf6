import { z } from 'zod';
import { activityKindSchema, type ActivityLevel, activityLevelSchema, type ActivityState, activityStateSchema } from '../domain/activity.ts';
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

export const findActivity = (h: Reader, id: string): Promise<Activity | null> => h.get(activityRow, `${SELECT} WHERE a.id = ?`, [id]);

export async function insertActivity(tx: Writer, a: Activity, branches: readonly string[]): Promise<void> {
  const sql = 'INSERT INTO activity (id, level, scope, kind, title, place, on_date, state, by_person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
  await tx.run(sql, [a.id, a.level, a.scope, a.kind, a.title, a.place, a.date, a.state, a.by, a.at]);
  await tx.run('INSERT INTO activity_branch (activity, branch) SELECT ?, value FROM json_each(?)', [a.id, JSON.stringify(branches)]);
}
/** @returns false when it is no longer in one of the states `from`. */
export const moveActivity = async (tx: Writer, id: string, from: readonly ActivityState[], to: ActivityState): Promise<boolean> =>
  (await tx.run('UPDATE activity SET state = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))', [to, id, JSON.stringify(from)])) > 0;

/** Activities a branch is invited to, newest first. */
export const activitiesOfBranch = (h: Reader, branch: string, limit: number): Promise<Activity[]> =>
  h.all(activityRow, `${SELECT} JOIN activity_branch b ON b.activity = a.id WHERE b.branch = ? ORDER BY a.on_date DESC, a.id LIMIT ?`, [branch, limit]);
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
    `SELECT i.branch, b.name, i.comes, (SELECT count(*) FROM activity_sign_in s WHERE s.activity = i.activity AND s.branch = i.branch) AS present
     FROM activity_branch i JOIN branch b ON b.code = i.branch WHERE i.activity = ? ORDER BY i.branch`,
    [id],
  );
export const answerInvitation = (tx: Writer, id: string, branch: string, comes: boolean): Promise<number> =>
  tx.run('UPDATE activity_branch SET comes = ? WHERE activity = ? AND branch = ?', [comes ? 1 : 0, id, branch]);

/** @returns false when the person had signed in before. */
export const signInToActivity = async (tx: Writer, id: string, person: string, branch: string): Promise<boolean> =>
  (await tx.run('INSERT INTO activity_sign_in (activity, person, branch) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [id, person, branch])) > 0;

const countRow = z.object({ code: z.string(), n: z.int() });
/** Activities held from `from` to `to` (ISO dates, both included) in which somebody of the branch took part, by branch. */
export const activitiesByBranch = async (h: Reader, from: string, to: string): Promise<Map<string, number>> =>
  new Map(
    (
      await h.all(
        countRow,
        `SELECT s.branch AS code, count(DISTINCT s.activity) AS n FROM activity_sign_in s JOIN activity a ON a.id = s.activity
         WHERE a.state = 'held' AND a.on_date BETWEEN ? AND ? GROUP BY s.branch`,
        [from, to],
      )
    ).map((row) => [row.code, row.n]),
  );
/** Activities held at one level, by code of the district or group (R35, R36). */
export const activitiesByScope = async (h: Reader, level: ActivityLevel, from: string, to: string): Promise<Map<string, number>> =>
  new Map(
    (
      await h.all(countRow, `SELECT scope AS code, count(*) AS n FROM activity WHERE level = ? AND state = 'held' AND on_date BETWEEN ? AND ? GROUP BY scope`, [level, from, to])
    ).map((row) => [row.code, row.n]),
  );
