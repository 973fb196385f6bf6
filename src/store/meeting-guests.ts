/** Other branches of the four-mutual group at a commitment meeting (R70). */
import { z } from 'zod';
import { type Checklist, checklistSchema } from '../domain/meeting.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const guestRow = z.object({
  branch: z.string(),
  name: z.string(),
  /** Null: no answer yet. */
  comes: z
    .int()
    .nullable()
    .transform((it) => (it === null ? null : it === 1)),
  who: z.string(),
  checklist: jsonText(checklistSchema).nullable(),
  remark: z.string(),
});
export type Guest = z.infer<typeof guestRow>;
const GUEST =
  'SELECT g.branch, b.name, g.comes, g.who, g.checklist, g.remark FROM meeting_guest g JOIN branch b ON b.code = g.branch WHERE g.meeting = ?';
export const guestsOf = (h: Reader, meeting: string): Promise<Guest[]> =>
  h.all(guestRow, `${GUEST} ORDER BY g.branch`, [meeting]);
export const findGuest = (h: Reader, meeting: string, branch: string): Promise<Guest | null> =>
  h.get(guestRow, `${GUEST} AND g.branch = ?`, [meeting, branch]);
export const insertGuests = (tx: Writer, meeting: string, branches: readonly string[]): Promise<number> =>
  tx.run(
    'INSERT INTO meeting_guest (meeting, branch) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    [meeting, JSON.stringify(branches)],
  );
export const putGuestAnswer = (
  tx: Writer,
  meeting: string,
  branch: string,
  comes: boolean,
  who: string,
): Promise<number> =>
  tx.run('UPDATE meeting_guest SET comes = ?, who = ? WHERE meeting = ? AND branch = ?', [
    comes ? 1 : 0,
    who,
    meeting,
    branch,
  ]);
const askedRow = z.object({ meeting: z.string(), host: z.string(), date: z.string() });
/** Meetings a branch is invited to and has not answered, those to come. */
export const unansweredMeetingInvitations = (h: Reader, branch: string): Promise<z.infer<typeof askedRow>[]> =>
  h.all(
    askedRow,
    `SELECT m.id AS meeting, b.name AS host, m.on_date AS "date" FROM meeting_guest g JOIN meeting m ON m.id = g.meeting JOIN branch b ON b.code = m.branch
     WHERE g.branch = ? AND g.comes IS NULL AND m.state = 'planned' ORDER BY m.on_date, m.id`,
    [branch],
  );
/** Checklists filed about meetings of a branch in a year. */
export const meetingChecklistsOfYear = async (h: Reader, branch: string, year: number): Promise<Checklist[]> =>
  (
    await h.all(
      z.object({ checklist: jsonText(checklistSchema) }),
      `SELECT g.checklist FROM meeting_guest g JOIN meeting m ON m.id = g.meeting
       WHERE g.checklist IS NOT NULL AND m.branch = ? AND substr(m.on_date, 1, 4) = ?`,
      [branch, String(year)],
    )
  ).map((row) => row.checklist);

/** A branch that fills in the checklist was there, whatever it answered before. */
export const putChecklist = (
  tx: Writer,
  meeting: string,
  branch: string,
  checklist: Checklist,
  remark: string,
): Promise<number> =>
  tx.run('UPDATE meeting_guest SET comes = 1, checklist = ?, remark = ? WHERE meeting = ? AND branch = ?', [
    JSON.stringify(checklist),
    remark,
    meeting,
    branch,
  ]);
