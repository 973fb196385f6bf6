/** Objections and appeals (A46, F10). */
import { z } from 'zod';
import { BODIES, type Body } from '../domain/objection.ts';
import type { Reader, Writer } from './db.ts';

const objectionRow = z.object({
  id: z.string(),
  review: z.string(),
  person: z.string(),
  body: z.string(),
  level: z.int(),
  state: z.enum(['open', 'upheld', 'rejected']),
  filedAt: z.int(),
  decideBy: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.int().nullable(),
  answer: z.string().nullable(),
  /** The body it was decided in; null while it is open, and for cases decided before this was kept. */
  decidedAs: z.enum(BODIES).nullable(),
  /** An upheld case is settled once the result is corrected, or once it is said why no star changes. */
  settledBy: z.string().nullable(),
  settledAt: z.int().nullable(),
  settledReason: z.string().nullable(),
  barLifted: z.int(),
  starNamed: z.string().nullable(),
});
export type Objection = z.infer<typeof objectionRow>;
const OBJECTIONS = `SELECT id, review, person, body, level, state, filed_at AS filedAt, decide_by AS decideBy, decided_by AS decidedBy,
  decided_at AS decidedAt, answer, decided_as AS decidedAs, settled_by AS settledBy, settled_at AS settledAt,
  settled_reason AS settledReason, bar_lifted AS barLifted, star_named AS starNamed FROM objection`;
/** Where every case begins. */
export const NEW_OBJECTION = {
  state: 'open',
  decidedBy: null,
  decidedAt: null,
  answer: null,
  decidedAs: null,
  settledBy: null,
  settledAt: null,
  settledReason: null,
  barLifted: 0,
  starNamed: null,
} as const satisfies Partial<Objection>;
export const findObjection = (h: Reader, id: string): Promise<Objection | null> =>
  h.get(objectionRow, `${OBJECTIONS} WHERE id = ?`, [id]);
export const objectionsOf = (h: Reader, review: string, person: string): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE review = ? AND person = ? ORDER BY level`, [review, person]);
export const openObjections = (h: Reader): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE state = 'open' ORDER BY decide_by, id`);
export const objectionsOfReview = (h: Reader, review: string): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE review = ? ORDER BY filed_at, id`, [review]);
/** Upheld, and still to be corrected. */
export const unsettledObjections = (h: Reader): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE state = 'upheld' AND settled_at IS NULL ORDER BY decided_at, id`);
/** When stars of a review were last corrected, Unix ms; null when they never were. */
export const lastCorrectionAt = async (h: Reader, review: string): Promise<number | null> =>
  (
    await h.get(
      z.object({ at: z.int().nullable() }),
      'SELECT max(settled_at) AS at FROM objection WHERE review = ? AND (bar_lifted = 1 OR star_named IS NOT NULL)',
      [review],
    )
  )?.at ?? null;
export const insertObjection = (tx: Writer, o: Objection): Promise<number> =>
  tx.run(
    'INSERT INTO objection (id, review, person, body, level, state, filed_at, decide_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [o.id, o.review, o.person, o.body, o.level, o.state, o.filedAt, o.decideBy],
  );
/** @returns false when it had been decided already. */
export const decideObjection = async (
  tx: Writer,
  id: string,
  {
    state,
    by,
    as,
    at,
    answer,
  }: { state: 'upheld' | 'rejected'; by: string; as: Body | null; at: number; answer: string },
): Promise<boolean> =>
  (await tx.run(
    "UPDATE objection SET state = ?, decided_by = ?, decided_as = ?, decided_at = ?, answer = ? WHERE id = ? AND state = 'open'",
    [state, by, as, at, answer, id],
  )) > 0;
/** @returns false when it had been settled already, or is not upheld. */
export const settleObjection = async (
  tx: Writer,
  id: string,
  {
    by,
    at,
    reason,
    barLifted,
    starNamed,
  }: { by: string; at: number; reason: string; barLifted: boolean; starNamed: string | null },
): Promise<boolean> =>
  (await tx.run(
    `UPDATE objection SET settled_by = ?, settled_at = ?, settled_reason = ?, bar_lifted = ?, star_named = ?
     WHERE id = ? AND state = 'upheld' AND settled_at IS NULL`,
    [by, at, reason, barLifted ? 1 : 0, starNamed, id],
  )) > 0;

/** Who stepped aside from a person's case; it holds for the appeal too, since the relation is to the person (F17). */
export const recusedFrom = async (h: Reader, review: string, person: string): Promise<string[]> =>
  (
    await h.all(
      z.object({ person: z.string() }),
      `SELECT DISTINCT c.person FROM recusal c JOIN objection o ON o.id = c.objection WHERE o.review = ? AND o.person = ?`,
      [review, person],
    )
  ).map((row) => row.person);
export const recuse = (tx: Writer, objection: string, person: string): Promise<number> =>
  tx.run('INSERT INTO recusal (objection, person) VALUES (?, ?) ON CONFLICT DO NOTHING', [objection, person]);
