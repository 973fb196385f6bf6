/** The due list of a review: who must attend, who is away, who signed in (design.md section 12.3). */
import { z } from 'zod';
import { type AbsenceReason, absenceReasonSchema } from '../domain/absence.ts';
import { ratingGroundSchema } from '../domain/rating.ts';
import type { Reader, Writer } from './db.ts';

const dueRow = z.object({
  person: z.string(),
  name: z.string(),
  kind: z.enum(['member', 'probationary', 'representative']),
  exempt: absenceReasonSchema.nullable(),
  removed: z.int(),
  present: z.int(),
  /** Why the member is rated otherwise than by status; null for most (A20, A21). */
  ground: ratingGroundSchema.nullable(),
});
export type DueEntry = z.infer<typeof dueRow>;

export async function insertDue(
  tx: Writer,
  review: string,
  entries: readonly { person: string; kind: DueEntry['kind'] }[],
): Promise<void> {
  await tx.run(
    `INSERT INTO review_due (review, person, kind) SELECT ?, value->>'person', value->>'kind' FROM json_each(?) WHERE true
     ON CONFLICT DO NOTHING`,
    [review, JSON.stringify(entries)],
  );
}

/** Writes people of the branch whom the roster has added, brought back or given another status. An exemption stays. */
export async function putDue(
  tx: Writer,
  review: string,
  entries: readonly { person: string; kind: DueEntry['kind'] }[],
): Promise<void> {
  await tx.run(
    `INSERT INTO review_due (review, person, kind) SELECT ?, value->>'person', value->>'kind' FROM json_each(?) WHERE true
     ON CONFLICT (review, person) DO UPDATE SET kind = excluded.kind, gone = 0,
       removed = CASE excluded.kind WHEN 'representative' THEN removed ELSE 0 END`,
    [review, JSON.stringify(entries)],
  );
}
/** Whoever left or moved away is not due any more; the entry stays, should the person come back. */
export async function markGone(tx: Writer, review: string, people: readonly string[]): Promise<void> {
  await tx.run('UPDATE review_due SET gone = 1 WHERE review = ? AND person IN (SELECT value FROM json_each(?))', [
    review,
    JSON.stringify(people),
  ]);
}

const listedRow = dueRow.pick({ person: true, kind: true }).extend({ gone: z.int().transform((value) => value === 1) });
/** Every entry there ever was, those who went included. */
export const everListed = (h: Reader, review: string): Promise<z.infer<typeof listedRow>[]> =>
  h.all(listedRow, 'SELECT person, kind, gone FROM review_due WHERE review = ? ORDER BY person', [review]);

export const dueList = (h: Reader, review: string): Promise<DueEntry[]> =>
  h.all(
    dueRow,
    `SELECT d.person, p.name, d.kind, d.exempt, d.removed, d.present, g.ground FROM review_due d JOIN person p ON p.employee_no = d.person
     LEFT JOIN review_rating g ON g.review = d.review AND g.person = d.person
     WHERE d.review = ? AND d.gone = 0 ORDER BY p.position`,
    [review],
  );

/** `due` and `present` of design.md section 12.3: those on the list less exemptions and representatives taken off. */
export async function dueCounts(h: Reader, review: string): Promise<{ due: number; present: number }> {
  const row = await h.get(
    z.object({ due: z.int(), present: z.int() }),
    `SELECT count(*) AS due, coalesce(sum(d.present), 0) AS present FROM review_due d
     WHERE d.review = ? AND d.exempt IS NULL AND d.removed = 0 AND d.gone = 0`,
    [review],
  );
  return row ?? { due: 0, present: 0 };
}

/** Null for somebody who is not, or no longer, on the list. */
export const findDue = (h: Reader, review: string, person: string): Promise<DueEntry | null> =>
  h.get(
    dueRow,
    `SELECT d.person, p.name, d.kind, d.exempt, d.removed, d.present, g.ground FROM review_due d JOIN person p ON p.employee_no = d.person
     LEFT JOIN review_rating g ON g.review = d.review AND g.person = d.person
     WHERE d.review = ? AND d.person = ? AND d.gone = 0`,
    [review, person],
  );

export const setExempt = (tx: Writer, review: string, person: string, reason: AbsenceReason | null): Promise<number> =>
  tx.run('UPDATE review_due SET exempt = ? WHERE review = ? AND person = ?', [reason, review, person]);
export const setRemoved = (tx: Writer, review: string, person: string, removed: boolean): Promise<number> =>
  tx.run('UPDATE review_due SET removed = ? WHERE review = ? AND person = ?', [removed ? 1 : 0, review, person]);
/** @returns false when the person had signed in already. */
export const setPresent = async (tx: Writer, review: string, person: string): Promise<boolean> =>
  (await tx.run('UPDATE review_due SET present = 1 WHERE review = ? AND person = ? AND present = 0', [
    review,
    person,
  ])) > 0;
