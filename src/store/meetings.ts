/** Meetings of a branch and their minutes. */
import { z } from 'zod';
import {
  meetingKindSchema,
  type MeetingState,
  meetingStateSchema,
  type MeetingPlan,
  type Minutes,
} from '../domain/meeting.ts';
import type { Reader, Writer } from './db.ts';

const lines = z.string().transform((text) => text.split('\n').filter((line) => line !== ''));
const meetingRow = z.object({
  id: z.string(),
  branch: z.string(),
  kind: meetingKindSchema,
  /** Empty: the name of the kind. */
  title: z.string(),
  date: z.string(),
  time: z.string(),
  place: z.string(),
  agenda: lines,
  state: meetingStateSchema,
  noticed: z.int().transform((it) => it === 1),
  by: z.string(),
  due: z.int().nullable(),
  present: z.int().nullable(),
  /** Date; null before the meeting ended. */
  minutesBy: z.string().nullable(),
  /** Null: no minutes yet. */
  points: z.string().nullable(),
  followUp: z.string(),
  version: z.int(),
});
export type Meeting = z.infer<typeof meetingRow>;
const MEETING = `SELECT id, branch, kind, title, on_date AS "date", at_time AS "time", place, agenda, state, noticed, by_person AS "by", due, present,
  minutes_by AS minutesBy, points, follow_up AS followUp, version FROM meeting`;

export const findMeeting = (h: Reader, id: string): Promise<Meeting | null> =>
  h.get(meetingRow, `${MEETING} WHERE id = ?`, [id]);
/** Newest first. */
export const meetingsOfBranch = (h: Reader, branch: string, limit: number): Promise<Meeting[]> =>
  h.all(meetingRow, `${MEETING} WHERE branch = ? ORDER BY on_date DESC, at_time DESC, id LIMIT ?`, [branch, limit]);
/** Planned meetings from `from` to `to` (ISO dates, both included). */
export const plannedBetween = (h: Reader, from: string, to: string): Promise<Meeting[]> =>
  h.all(meetingRow, `${MEETING} WHERE state = 'planned' AND on_date BETWEEN ? AND ? ORDER BY on_date, id`, [from, to]);
/** Meetings whose sign-in was opened on a day before `date` and never ended. */
export const leftOpenBefore = (h: Reader, date: string): Promise<Meeting[]> =>
  h.all(meetingRow, `${MEETING} WHERE state = 'open' AND on_date < ? ORDER BY on_date, id`, [date]);
/** Held meetings without minutes that were to be there by `date`; of one branch, or of all. */
export const minutesMissing = (h: Reader, branch: string | null, date: string): Promise<Meeting[]> =>
  h.all(
    meetingRow,
    `${MEETING} WHERE state = 'held' AND points IS NULL AND minutes_by <= ?1 AND (?2 IS NULL OR branch = ?2) ORDER BY minutes_by, id`,
    [date, branch],
  );

export async function insertMeeting(
  tx: Writer,
  m: Pick<Meeting, 'id' | 'branch' | 'kind' | 'by'>,
  plan: MeetingPlan,
): Promise<void> {
  const sql = `INSERT INTO meeting (id, branch, kind, title, on_date, at_time, place, agenda, state, by_person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)`;
  await tx.run(sql, [
    m.id,
    m.branch,
    m.kind,
    plan.title,
    plan.date,
    plan.time,
    plan.place,
    plan.agenda.join('\n'),
    m.by,
  ]);
}
/** @returns false when it is not planned any more. */
export const changePlan = async (tx: Writer, id: string, plan: MeetingPlan): Promise<boolean> =>
  (await tx.run(
    "UPDATE meeting SET title = ?, on_date = ?, at_time = ?, place = ?, agenda = ?, version = version + 1 WHERE id = ? AND state = 'planned'",
    [plan.title, plan.date, plan.time, plan.place, plan.agenda.join('\n'), id],
  )) > 0;
export const setNoticed = (tx: Writer, id: string, noticed: boolean): Promise<number> =>
  tx.run('UPDATE meeting SET noticed = ? WHERE id = ?', [noticed ? 1 : 0, id]);
/** @returns false when it was in none of the states `from`. */
export const moveMeeting = async (
  tx: Writer,
  id: string,
  from: readonly MeetingState[],
  to: MeetingState,
): Promise<boolean> =>
  (await tx.run('UPDATE meeting SET state = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))', [
    to,
    id,
    JSON.stringify(from),
  ])) > 0;
/** @returns false when its sign-in was not open. */
export const holdMeeting = async (
  tx: Writer,
  id: string,
  counted: { due: number; present: number; minutesBy: string },
): Promise<boolean> =>
  (await tx.run(
    "UPDATE meeting SET state = 'held', due = ?, present = ?, minutes_by = ? WHERE id = ? AND state = 'open'",
    [counted.due, counted.present, counted.minutesBy, id],
  )) > 0;
/** What a late entry changes of a meeting that was held. */
export const recountMeeting = (
  tx: Writer,
  id: string,
  { due, present }: { due: number; present: number },
): Promise<number> =>
  tx.run("UPDATE meeting SET due = ?, present = ? WHERE id = ? AND state = 'held'", [due, present, id]);
/** @returns false when the meeting was not held. */
export const putMinutes = async (tx: Writer, id: string, { points, followUp }: Minutes): Promise<boolean> =>
  (await tx.run("UPDATE meeting SET points = ?, follow_up = ? WHERE id = ? AND state = 'held'", [
    points,
    followUp,
    id,
  ])) > 0;

const FORGET = [
  'DELETE FROM meeting_absence WHERE meeting IN (SELECT id FROM meeting WHERE on_date < ?)',
  'DELETE FROM meeting_sign_in WHERE meeting IN (SELECT id FROM meeting WHERE on_date < ?)',
  'DELETE FROM meeting_guest WHERE meeting IN (SELECT id FROM meeting WHERE on_date < ?)',
  'DELETE FROM meeting WHERE on_date < ?',
  'DELETE FROM leading_meeting WHERE on_date < ?',
  'DELETE FROM five_same WHERE on_date < ?',
];
/** Meetings, minutes and evidence from before `date`, of branches and of leading groups. @returns rows deleted */
export async function forgetMeetings(tx: Writer, date: string): Promise<number> {
  let deleted = 0;
  for (const sql of FORGET) deleted += await tx.run(sql, [date]);
  return deleted;
}
