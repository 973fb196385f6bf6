/** Sealed boxes of every kind, and which key each of them needs: for backups and checks, never to open one. */
import { z } from 'zod';
import { KEY_PURPOSES } from '../ballot/keys.ts';
import type { Reader } from './db.ts';

const sealedRow = z.object({
  review: z.string(),
  branch: z.string(),
  period: z.string(),
  purpose: z.enum(KEY_PURPOSES),
});
export type SealedBoxOf = z.infer<typeof sealedRow>;

const SEALED = `SELECT b.review, r.branch, r.period, b.purpose FROM (
    SELECT review, 'working' AS purpose FROM urn
    UNION ALL SELECT review, 'recount' FROM recount
    UNION ALL SELECT review, 'opinions' FROM opinion_box
  ) AS b JOIN review AS r ON r.id = b.review ORDER BY r.period, r.branch, b.purpose`;

export const sealedBoxes = (h: Reader): Promise<SealedBoxOf[]> => h.all(sealedRow, SEALED);

const idRow = z.object({ id: z.string() });
/** Those of the reviews that this database knows. */
export const knownReviews = async (h: Reader, reviews: readonly string[]): Promise<string[]> =>
  (
    await h.all(idRow, 'SELECT id FROM review WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(reviews)])
  ).map(({ id }) => id);
