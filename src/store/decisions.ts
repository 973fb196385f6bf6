/** Decisions of the branch committee about a member: outstanding stars (A37) and barred stars (A31, R121). */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

/** The three grounds of R121, in its order. */
export const BARRED_GROUNDS = ['refuses_management', 'carries_no_task', 'task_not_serious'] as const;
const decisionRow = z.object({
  person: z.string(),
  name: z.string(),
  kind: z.enum(['outstanding', 'barred']),
  value: z.string(),
  reason: z.string(),
  state: z.enum(['draft', 'hearing', 'decided', 'dropped']),
  by: z.string(),
  at: z.int(),
  hearingUntil: z.int().nullable(),
  statement: z.string().nullable(),
  statedAt: z.int().nullable(),
});
export type Decision = z.infer<typeof decisionRow>;
const DECISIONS = `SELECT d.person, p.name, d.kind, d.value, d.reason, d.state, d.by_person AS "by", d.at, d.hearing_until AS hearingUntil,
  d.statement, d.stated_at AS statedAt FROM decision d JOIN person p ON p.employee_no = d.person`;
export const decisionsOf = (h: Reader, review: string): Promise<Decision[]> =>
  h.all(decisionRow, `${DECISIONS} WHERE d.review = ? AND d.state <> 'dropped' ORDER BY p.position, d.kind`, [review]);
/** Puts a decision in place of the earlier one of its kind. One that opens a hearing forgets what was said to the one before. */
export const putDecision = (
  tx: Writer,
  review: string,
  d: Omit<Decision, 'name' | 'statement' | 'statedAt'>,
): Promise<number> =>
  tx.run(
    `INSERT INTO decision (review, person, kind, value, reason, state, by_person, at, hearing_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (review, person, kind) DO UPDATE SET value = excluded.value, reason = excluded.reason, state = excluded.state,
       by_person = excluded.by_person, at = excluded.at, hearing_until = excluded.hearing_until,
       statement = CASE excluded.state WHEN 'hearing' THEN NULL ELSE statement END,
       stated_at = CASE excluded.state WHEN 'hearing' THEN NULL ELSE stated_at END`,
    [review, d.person, d.kind, d.value, d.reason, d.state, d.by, d.at, d.hearingUntil],
  );
export const dropDecision = (tx: Writer, review: string, person: string, kind: Decision['kind']): Promise<number> =>
  tx.run("UPDATE decision SET state = 'dropped' WHERE review = ? AND person = ? AND kind = ?", [review, person, kind]);
const endedRow = z.object({ review: z.string(), branch: z.string(), person: z.string(), until: z.int() });
/** Hearings whose days are over without a statement, in reviews that still wait for the confirmation (F9). `now` is Unix ms. */
export const endedHearings = (h: Reader, now: number): Promise<z.infer<typeof endedRow>[]> =>
  h.all(
    endedRow,
    `SELECT d.review, r.branch, d.person, d.hearing_until AS until FROM review r JOIN decision d ON d.review = r.id
     WHERE r.state = 'tallied' AND d.kind = 'barred' AND d.state = 'hearing' AND d.stated_at IS NULL AND d.hearing_until <= ?
     ORDER BY d.review, d.person`,
    [now],
  );
/** @returns false when there is no open hearing for this person. */
export const putStatement = async (
  tx: Writer,
  review: string,
  person: string,
  statement: string,
  at: number,
): Promise<boolean> =>
  (await tx.run(
    "UPDATE decision SET statement = ?, stated_at = ? WHERE review = ? AND person = ? AND kind = 'barred' AND state = 'hearing'",
    [statement, at, review, person],
  )) > 0;
