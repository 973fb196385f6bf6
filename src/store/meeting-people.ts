/** Who was at which meeting: seen by the person and the secretary; of leaders also by the branch, all year (R67, A47). No moment is kept. */
import { z } from 'zod';
import { type AbsenceReason, absenceReasonSchema } from '../domain/absence.ts';
import type { Reader, Writer } from './db.ts';

/** Whoever is there is not absent, whatever was said before. @returns false when the person had signed in before. */
export async function insertSignIn(tx: Writer, meeting: string, person: string, leader: boolean): Promise<boolean> {
  await dropAbsence(tx, meeting, person);
  const sql = 'INSERT INTO meeting_sign_in (meeting, person, leader) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
  return (await tx.run(sql, [meeting, person, leader ? 1 : 0])) > 0;
}

/** Notes why somebody is excused, in place of what was noted before: a category only (F13). */
export const putAbsence = (tx: Writer, meeting: string, person: string, reason: AbsenceReason): Promise<number> =>
  tx.run(
    'INSERT INTO meeting_absence (meeting, person, reason) VALUES (?, ?, ?) ON CONFLICT (meeting, person) DO UPDATE SET reason = excluded.reason',
    [meeting, person, reason],
  );
export const dropAbsence = (tx: Writer, meeting: string, person: string): Promise<number> =>
  tx.run('DELETE FROM meeting_absence WHERE meeting = ? AND person = ?', [meeting, person]);
const absentRow = z.object({ person: z.string(), name: z.string(), reason: absenceReasonSchema });
export type Absent = z.infer<typeof absentRow>;
/** In roster order; for the secretary. */
export const absentAt = (h: Reader, meeting: string): Promise<Absent[]> =>
  h.all(
    absentRow,
    'SELECT a.person, p.name, a.reason FROM meeting_absence a JOIN person p ON p.employee_no = a.person WHERE a.meeting = ? ORDER BY p.position, a.person',
    [meeting],
  );

const presentRow = z.object({ person: z.string(), name: z.string(), leader: z.int().transform((it) => it === 1) });
/** In roster order. */
export const presentAt = (h: Reader, meeting: string): Promise<z.infer<typeof presentRow>[]> =>
  h.all(
    presentRow,
    'SELECT s.person, p.name, s.leader FROM meeting_sign_in s JOIN person p ON p.employee_no = s.person WHERE s.meeting = ? ORDER BY p.position, s.person',
    [meeting],
  );

const wasAtRow = z.object({
  what: z.enum(['meeting', 'activity', 'review', 'guest']),
  kind: z.string(),
  title: z.string(),
  date: z.string(),
});
/** `absent`: the person was excused. */
const attendedRow = wasAtRow.extend({ absent: absenceReasonSchema.nullable() });
/**
 * Something a person was at: a meeting (`kind`, `title`), an activity (`title`), a review meeting (`title` is the period), or one of
 * another branch as a guest (`kind` is its name).
 */
export type Attended = z.infer<typeof attendedRow>;
/** Newest first; a review meeting without a notice has no date. */
export const attendanceOf = (h: Reader, person: string, limit: number): Promise<Attended[]> =>
  h.all(
    attendedRow,
    `SELECT 'meeting' AS what, m.kind, m.title, m.on_date AS "date", NULL AS absent FROM meeting_sign_in s JOIN meeting m ON m.id = s.meeting
       WHERE s.person = ?1 AND m.state <> 'cancelled'
     UNION ALL SELECT 'meeting', m.kind, m.title, m.on_date, x.reason FROM meeting_absence x JOIN meeting m ON m.id = x.meeting
       WHERE x.person = ?1 AND m.state IN ('open', 'held')
     UNION ALL SELECT 'activity', a.kind, a.title, a.on_date, NULL FROM activity_sign_in s JOIN activity a ON a.id = s.activity WHERE s.person = ?1 AND a.state <> 'cancelled'
     UNION ALL SELECT 'review', '', r.period, coalesce(n.on_date, ''), NULL FROM review_due d JOIN review r ON r.id = d.review LEFT JOIN review_meeting n ON n.review = r.id
       WHERE d.person = ?1 AND d.present = 1
     UNION ALL SELECT 'guest', b.name, r.period, coalesce(n.on_date, ''), NULL FROM review_guest_sign_in g JOIN review r ON r.id = g.review
       JOIN branch b ON b.code = r.branch LEFT JOIN review_meeting n ON n.review = r.id WHERE g.person = ?1
     ORDER BY "date" DESC LIMIT ?2`,
    [person, limit],
  );

/** Meetings and activities of a year that a person was at, and meetings the person was excused from. */
export async function attendedIn(
  h: Reader,
  person: string,
  year: number,
): Promise<{ present: number; excused: number }> {
  const row = await h.get(
    z.object({ present: z.int(), excused: z.int() }),
    `SELECT (SELECT count(*) FROM meeting_sign_in s JOIN meeting m ON m.id = s.meeting WHERE s.person = ?1 AND m.state <> 'cancelled' AND substr(m.on_date, 1, 4) = ?2)
       + (SELECT count(*) FROM activity_sign_in s JOIN activity a ON a.id = s.activity WHERE s.person = ?1 AND a.state <> 'cancelled' AND substr(a.on_date, 1, 4) = ?2)
       + (SELECT count(*) FROM review_due d JOIN review r ON r.id = d.review WHERE d.person = ?1 AND d.present = 1 AND substr(r.period, 1, 4) = ?2) AS present,
       (SELECT count(*) FROM meeting_absence x JOIN meeting m ON m.id = x.meeting WHERE x.person = ?1 AND m.state IN ('open', 'held') AND substr(m.on_date, 1, 4) = ?2) AS excused`,
    [person, String(year)],
  );
  return row ?? { present: 0, excused: 0 };
}

const leaderRow = wasAtRow.extend({ name: z.string() });
export type LeaderAttended = z.infer<typeof leaderRow>;
/** What leaders of the branch were at in these days, of their own branch's meetings, activities and reviews; newest first. */
export const leadersAttendance = (h: Reader, branch: string, from: string, to: string): Promise<LeaderAttended[]> =>
  h.all(
    leaderRow,
    `SELECT p.name, p.position, 'meeting' AS what, m.kind, m.title, m.on_date AS "date" FROM meeting_sign_in s JOIN meeting m ON m.id = s.meeting
       JOIN person p ON p.employee_no = s.person WHERE s.leader = 1 AND m.branch = ?1 AND m.state IN ('open', 'held') AND m.on_date BETWEEN ?2 AND ?3
     UNION ALL SELECT p.name, p.position, 'activity', a.kind, a.title, a.on_date FROM activity_sign_in s JOIN activity a ON a.id = s.activity
       JOIN person p ON p.employee_no = s.person JOIN person_role l ON l.person = p.employee_no AND l.role = 'leader'
       WHERE a.level = 'branch' AND a.scope = ?1 AND s.branch = ?1 AND a.state IN ('open', 'held') AND a.on_date BETWEEN ?2 AND ?3
     UNION ALL SELECT p.name, p.position, 'review', '', r.period, n.on_date FROM review_due d JOIN review r ON r.id = d.review JOIN review_meeting n ON n.review = r.id
       JOIN person p ON p.employee_no = d.person JOIN person_role l ON l.person = p.employee_no AND l.role = 'leader'
       WHERE d.present = 1 AND r.branch = ?1 AND n.on_date BETWEEN ?2 AND ?3
     ORDER BY "date" DESC, p.position, p.name`,
    [branch, from, to],
  );

const OVER = `SELECT m.id FROM meeting m JOIN review r ON r.branch = m.branch
    WHERE r.state = 'final' AND r.period LIKE '%-Q4' AND substr(r.period, 1, 4) >= substr(m.on_date, 1, 4)
      AND m.on_date < date(r.final_at / 1000, 'unixepoch')`; // what comes after it stays until the next one
/**
 * Attendance and absences of a year go once the branch's annual appraisal of it, which is also its fourth quarter (A22), is final
 * (F16). @returns rows deleted
 */
export async function forgetMeetingAttendance(tx: Writer): Promise<number> {
  const absences = await tx.run(`DELETE FROM meeting_absence WHERE meeting IN (${OVER})`);
  return absences + (await tx.run(`DELETE FROM meeting_sign_in WHERE meeting IN (${OVER})`));
}
