/** Result sheets as they passed the gate, and who looked at them (F8, F14). */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

export async function putSheets(
  tx: Writer,
  review: string,
  sheets: readonly { person: string; body: unknown }[],
): Promise<void> {
  const rows = sheets.map(({ person, body }) => ({ person, body: JSON.stringify(body) }));
  await tx.run(
    `INSERT INTO sheet (review, person, body) SELECT ?, value->>'person', value->>'body' FROM json_each(?) WHERE true
     ON CONFLICT (review, person) DO UPDATE SET body = excluded.body`,
    [review, JSON.stringify(rows)],
  );
}
const sheetRow = z.object({ person: z.string(), body: z.string(), acknowledged: z.int() });
export const sheetsOf = (h: Reader, review: string) =>
  h.all(sheetRow, 'SELECT person, body, acknowledged FROM sheet WHERE review = ?', [review]);
export const findSheet = (h: Reader, review: string, person: string) =>
  h.get(sheetRow, 'SELECT person, body, acknowledged FROM sheet WHERE review = ? AND person = ?', [review, person]);
export const acknowledgeSheet = (tx: Writer, review: string, person: string): Promise<number> =>
  tx.run('UPDATE sheet SET acknowledged = 1 WHERE review = ? AND person = ?', [review, person]);
/** A corrected sheet has not been seen yet. */
export const markUnseen = (tx: Writer, review: string, person: string): Promise<number> =>
  tx.run('UPDATE sheet SET acknowledged = 0 WHERE review = ? AND person = ?', [review, person]);

export const recordView = (tx: Writer, review: string, person: string, viewer: string, at: number): Promise<number> =>
  tx.run('INSERT INTO sheet_view (review, person, viewer, at) VALUES (?, ?, ?, ?)', [review, person, viewer, at]);
/** The same for everybody who has a sheet in a review: whoever takes all of them away has looked at each (F14). */
export const recordViewOfAll = (tx: Writer, review: string, viewer: string, at: number): Promise<number> =>
  tx.run(
    `INSERT INTO sheet_view (review, person, viewer, at)
     SELECT review, person, ?2, CAST(?3 AS INTEGER) FROM sheet WHERE review = ?1 AND person <> 'branch' AND person <> ?2`,
    [review, viewer, at],
  );
/** Who has looked at this person's sheets, newest first (F8, F14). */
export const viewsOf = (h: Reader, person: string, limit: number) =>
  h.all(
    z.object({ viewer: z.string(), name: z.string(), period: z.string(), at: z.int() }),
    `SELECT v.viewer, p.name, r.period, max(v.at) AS at FROM sheet_view v JOIN person p ON p.employee_no = v.viewer
     JOIN review r ON r.id = v.review WHERE v.person = ? GROUP BY v.viewer, r.period ORDER BY at DESC LIMIT ?`,
    [person, limit],
  );
