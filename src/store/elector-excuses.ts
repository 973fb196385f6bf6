/** Electors nothing waits for, beside those exempt on the due list (A7). Kept apart from the roll, and silent about who has voted. */
import { z } from 'zod';
import { type AbsenceReason, absenceReasonSchema } from '../domain/absence.ts';
import { type Category, categorySchema } from '../domain/marks.ts';
import type { Reader, Writer } from './db.ts';

const excusableRow = z.object({
  person: z.string(),
  name: z.string(),
  category: categorySchema,
  reason: absenceReasonSchema.nullable(),
});
export type ExcusableElector = z.infer<typeof excusableRow>;

/**
 * Electors of these categories who are here and not exempt already, in roster order, with the reason recorded for them. Whether they
 * have voted plays no part: whoever reads the list must not learn it (F3).
 */
export const excusableElectors = (
  h: Reader,
  review: string,
  categories: readonly Category[],
): Promise<ExcusableElector[]> =>
  h.all(
    excusableRow,
    `SELECT e.person, p.name, e.class AS category, x.reason FROM elector e JOIN person p ON p.employee_no = e.person
     LEFT JOIN review_due d ON d.review = e.review AND d.person = e.person
     LEFT JOIN elector_excuse x ON x.review = e.review AND x.person = e.person
     WHERE e.review = ? AND p.left_on IS NULL AND d.exempt IS NULL AND e.class IN (SELECT value FROM json_each(?))
     ORDER BY p.position, e.person`,
    [review, JSON.stringify(categories)],
  );

export const putElectorExcuse = (
  tx: Writer,
  review: string,
  person: string,
  reason: AbsenceReason,
  by: string,
): Promise<number> =>
  tx.run(
    `INSERT INTO elector_excuse (review, person, reason, by_person) VALUES (?, ?, ?, ?)
     ON CONFLICT (review, person) DO UPDATE SET reason = excluded.reason, by_person = excluded.by_person`,
    [review, person, reason, by],
  );
export const dropElectorExcuse = (tx: Writer, review: string, person: string): Promise<number> =>
  tx.run('DELETE FROM elector_excuse WHERE review = ? AND person = ?', [review, person]);

/** At the tally: whoever has left is excused for good, so that a recount comes to the same even if they return to the roster. */
export const excuseLeavers = (tx: Writer, review: string): Promise<number> =>
  tx.run(
    `INSERT INTO elector_excuse (review, person, reason, by_person) SELECT e.review, e.person, 'left', 'system' FROM elector e
     JOIN person p ON p.employee_no = e.person WHERE e.review = ? AND p.left_on IS NOT NULL ON CONFLICT DO NOTHING`,
    [review],
  );
