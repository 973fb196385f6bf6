/** Guidance of the work committee before each review, and which branches have read it (R68). */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const guidanceRow = z.object({
  id: z.string(),
  period: z.string(),
  body: z.string(),
  due: z.string().nullable(),
  by: z.string(),
  at: z.int(),
});
export type Guidance = z.infer<typeof guidanceRow>;
const SELECT = 'SELECT id, period, body, due, by_person AS "by", at FROM guidance';

export const findGuidance = (h: Reader, id: string): Promise<Guidance | null> =>
  h.get(guidanceRow, `${SELECT} WHERE id = ?`, [id]);
/** The newest of a period. */
export const guidanceOf = (h: Reader, period: string): Promise<Guidance | null> =>
  h.get(guidanceRow, `${SELECT} WHERE period = ? ORDER BY at DESC LIMIT 1`, [period]);
export const latestGuidance = (h: Reader): Promise<Guidance | null> =>
  h.get(guidanceRow, `${SELECT} ORDER BY at DESC LIMIT 1`);

export const insertGuidance = (tx: Writer, g: Guidance): Promise<number> =>
  tx.run('INSERT INTO guidance (id, period, body, due, by_person, at) VALUES (?, ?, ?, ?, ?, ?)', [
    g.id,
    g.period,
    g.body,
    g.due,
    g.by,
    g.at,
  ]);

/** @returns false when the branch had read it before. */
export const markGuidanceRead = async (tx: Writer, guidance: string, branch: string): Promise<boolean> =>
  (await tx.run('INSERT INTO guidance_read (guidance, branch) VALUES (?, ?) ON CONFLICT DO NOTHING', [
    guidance,
    branch,
  ])) > 0;

export const hasReadGuidance = async (h: Reader, guidance: string, branch: string): Promise<boolean> =>
  (await h.get(z.object({ n: z.int() }), 'SELECT 1 AS n FROM guidance_read WHERE guidance = ? AND branch = ?', [
    guidance,
    branch,
  ])) !== null;

const branchRow = z.object({ code: z.string(), name: z.string(), district: z.string() });
/** Branches in the roster that have not read it, by code. */
export const unreadBranches = (h: Reader, guidance: string): Promise<z.infer<typeof branchRow>[]> =>
  h.all(
    branchRow,
    `SELECT b.code, b.name, b.district FROM branch b WHERE b.closed_on IS NULL
     AND NOT EXISTS (SELECT 1 FROM guidance_read r WHERE r.guidance = ? AND r.branch = b.code) ORDER BY b.code`,
    [guidance],
  );
