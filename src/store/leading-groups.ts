/** Meetings of units' leading groups and the evidence of the five sames. */
import { z } from 'zod';
import { sameSchema } from '../domain/leading-group.ts';
import type { Reader, Writer } from './db.ts';

const meetingRow = z.object({
  id: z.string(),
  unit: z.string(),
  date: z.string(),
  topic: z.string(),
  decided: z.string(),
});
export type LeadingMeeting = z.infer<typeof meetingRow>;
/** Of one year, newest first. */
export const leadingMeetingsOf = (h: Reader, unit: string, year: number): Promise<LeadingMeeting[]> =>
  h.all(
    meetingRow,
    `SELECT id, unit, on_date AS "date", topic, decided FROM leading_meeting WHERE unit = ? AND substr(on_date, 1, 4) = ? ORDER BY on_date DESC, id`,
    [unit, String(year)],
  );
export const insertLeadingMeeting = (tx: Writer, m: LeadingMeeting, by: string): Promise<number> =>
  tx.run('INSERT INTO leading_meeting (id, unit, on_date, topic, decided, by_person) VALUES (?, ?, ?, ?, ?, ?)', [
    m.id,
    m.unit,
    m.date,
    m.topic,
    m.decided,
    by,
  ]);
/** @returns false when the unit has no such entry. */
export const dropLeadingMeeting = async (tx: Writer, id: string, unit: string): Promise<boolean> =>
  (await tx.run('DELETE FROM leading_meeting WHERE id = ? AND unit = ?', [id, unit])) > 0;

const evidenceRow = z.object({
  id: z.string(),
  unit: z.string(),
  year: z.int(),
  same: sameSchema,
  text: z.string(),
  reference: z.string(),
  date: z.string(),
});
export type Evidence = z.infer<typeof evidenceRow>;
/** Of one year, newest first. */
export const evidenceOf = (h: Reader, unit: string, year: number): Promise<Evidence[]> =>
  h.all(
    evidenceRow,
    `SELECT id, unit, year, same, text, reference, on_date AS "date" FROM five_same WHERE unit = ? AND year = ? ORDER BY on_date DESC, id`,
    [unit, year],
  );
export const insertEvidence = (tx: Writer, e: Evidence, by: string): Promise<number> =>
  tx.run(
    'INSERT INTO five_same (id, unit, year, same, text, reference, by_person, on_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [e.id, e.unit, e.year, e.same, e.text, e.reference, by, e.date],
  );
/** @returns false when the unit has no such entry. */
export const dropEvidence = async (tx: Writer, id: string, unit: string): Promise<boolean> =>
  (await tx.run('DELETE FROM five_same WHERE id = ? AND unit = ?', [id, unit])) > 0;

const unitRow = z.object({ unit: z.string(), name: z.string(), meetings: z.int(), sames: z.int() });
export type UnitStatus = z.infer<typeof unitRow>;
/** Every unit with a branch in the roster: how often its group met in the year, and for how many of the five there is evidence. */
export const unitsStatus = (h: Reader, year: number): Promise<UnitStatus[]> =>
  h.all(
    unitRow,
    `SELECT u.code AS unit, u.name, (SELECT count(*) FROM leading_meeting m WHERE m.unit = u.code AND substr(m.on_date, 1, 4) = ?1) AS meetings,
       (SELECT count(DISTINCT s.same) FROM five_same s WHERE s.unit = u.code AND s.year = ?2) AS sames
     FROM unit u WHERE EXISTS (SELECT 1 FROM branch b WHERE b.unit = u.code AND b.closed_on IS NULL) ORDER BY u.code`,
    [String(year), year],
  );

const nameRow = z.object({ name: z.string() });
export const unitName = async (h: Reader, code: string): Promise<string> =>
  (await h.get(nameRow, 'SELECT name FROM unit WHERE code = ?', [code]))?.name ?? '';
const personRow = z.object({ person: z.string() });
const holders = (
  role: string,
): string => `SELECT DISTINCT p.employee_no AS person FROM person p JOIN branch b ON b.code = p.branch JOIN person_role r ON r.person = p.employee_no
  WHERE b.unit = ? AND p.left_on IS NULL AND r.role ${role} ORDER BY p.employee_no`;
const GROUP = holders("IN ('leading_group', 'leader')");
const SECRETARIES = holders("IN ('secretary', 'deputy_secretary')");
/** Who keeps the register of a unit: its leading group and its leaders; where the roster names none, the secretaries of its branches. */
export async function keepersOf(h: Reader, unit: string): Promise<string[]> {
  const group = await h.all(personRow, GROUP, [unit]);
  const people = group.length > 0 ? group : await h.all(personRow, SECRETARIES, [unit]);
  return people.map(({ person }) => person);
}
