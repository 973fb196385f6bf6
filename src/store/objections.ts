/** Objections and appeals (A46, F10). */
import { z } from 'zod';
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
});
export type Objection = z.infer<typeof objectionRow>;
const OBJECTIONS = `SELECT id, review, person, body, level, state, filed_at AS filedAt, decide_by AS decideBy, decided_by AS decidedBy,
  decided_at AS decidedAt, answer FROM objection`;
export const findObjection = (h: Reader, id: string): Promise<Objection | null> =>
  h.get(objectionRow, `${OBJECTIONS} WHERE id = ?`, [id]);
export const objectionsOf = (h: Reader, review: string, person: string): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE review = ? AND person = ? ORDER BY level`, [review, person]);
export const openObjections = (h: Reader): Promise<Objection[]> =>
  h.all(objectionRow, `${OBJECTIONS} WHERE state = 'open' ORDER BY decide_by, id`);
export const openObjectionCount = async (h: Reader, review: string): Promise<number> =>
  (
    await h.get(z.object({ n: z.int() }), "SELECT count(*) AS n FROM objection WHERE review = ? AND state = 'open'", [
      review,
    ])
  )?.n ?? 0;
export const insertObjection = (tx: Writer, o: Objection): Promise<number> =>
  tx.run(
    'INSERT INTO objection (id, review, person, body, level, state, filed_at, decide_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [o.id, o.review, o.person, o.body, o.level, o.state, o.filedAt, o.decideBy],
  );
/** @returns false when it had been decided already. */
export const decideObjection = async (
  tx: Writer,
  id: string,
  state: 'upheld' | 'rejected',
  by: string,
  at: number,
  answer: string,
): Promise<boolean> =>
  (await tx.run(
    "UPDATE objection SET state = ?, decided_by = ?, decided_at = ?, answer = ? WHERE id = ? AND state = 'open'",
    [state, by, at, answer, id],
  )) > 0;
