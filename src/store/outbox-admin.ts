/** What operators see and do with the outbox: numbers, dead letters, another try, and cleaning up. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

/** `dropped` rows are of earlier versions: a message that is no longer true leaves none now. */
export const OUTBOX_STATES = ['waiting', 'sent', 'dead', 'dropped'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** How many rows each state has. Reads the whole table: for the command line, not for a health check. */
export async function countByState(h: Reader): Promise<Record<OutboxState, number>> {
  const row = z.object({ state: z.enum(OUTBOX_STATES), n: z.int() });
  const counts: Record<OutboxState, number> = { waiting: 0, sent: 0, dead: 0, dropped: 0 };
  for (const { state, n } of await h.all(row, 'SELECT state, count(*) AS n FROM outbox GROUP BY state'))
    counts[state] = n;
  return counts;
}

/**
 * A city-wide mailing of 5,000 cards takes five minutes at the pace the platform permits, and two may meet. A message that has
 * been due for longer than this means that nothing leaves any more.
 */
export const OUTBOX_MAX_AGE_MS = 30 * 60_000;

export interface OutboxHealth {
  waiting: number;
  /** Waiting and due now, retries included. */
  due: number;
  dead: number;
  /** How long the longest-waiting due message has been due, ms; 0 when none is. */
  oldestMs: number;
}
const healthRow = z.object({ waiting: z.int(), due: z.int(), dead: z.int(), oldest: z.int().nullable() });
// A retry moves not_before, so the age of a tried row counts from its first try.
// Whoever asks is answered through the outbox: that answer is no message that waits.
const HEALTH = `SELECT
  (SELECT count(*) FROM outbox WHERE state = 'waiting' AND card <> ?2) AS waiting,
  (SELECT count(*) FROM outbox WHERE state = 'waiting' AND card <> ?2 AND (not_before <= ?1 OR last_error IS NOT NULL)) AS due,
  (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead,
  (SELECT min(coalesce(min(first_try_at, not_before), not_before)) FROM outbox
    WHERE state = 'waiting' AND card <> ?2 AND (not_before <= ?1 OR last_error IS NOT NULL)) AS oldest`;

/**
 * Numbers for `/readyz`, `/metrics` and `/outbox`; cheap however many messages have been sent.
 * @param now Unix ms @param asked the card that shows them, which is not counted
 */
export async function outboxHealth(h: Reader, now: number, asked = ''): Promise<OutboxHealth> {
  const row = await h.get(healthRow, HEALTH, [now, asked]);
  if (row === null) return { waiting: 0, due: 0, dead: 0, oldestMs: 0 };
  const { oldest, ...counts } = row;
  return { ...counts, oldestMs: oldest === null ? 0 : Math.max(0, now - oldest) };
}

const listedRow = z.object({
  id: z.int(),
  platform: z.string(),
  recipientKind: z.enum(['chat', 'person']),
  recipient: z.string(),
  card: z.string(),
  state: z.enum(OUTBOX_STATES),
  attempts: z.int(),
  lastError: z.string().nullable(),
  notBefore: z.int(),
  createdAt: z.int(),
  doneAt: z.int().nullable(),
});
export type ListedMessage = z.infer<typeof listedRow>;
const LISTED = `SELECT id, platform, recipient_kind AS recipientKind, recipient, card, state, attempts, last_error AS lastError,
  not_before AS notBefore, created_at AS createdAt, done_at AS doneAt FROM outbox`;

/** Messages that were given up, newest first. */
export const deadMessages = (h: Reader, limit: number): Promise<ListedMessage[]> =>
  h.all(listedRow, `${LISTED} WHERE state = 'dead' ORDER BY id DESC LIMIT ?`, [limit]);

/** Messages that still wait, oldest first. */
export const waitingMessages = (h: Reader, limit: number): Promise<ListedMessage[]> =>
  h.all(listedRow, `${LISTED} WHERE state = 'waiting' ORDER BY id LIMIT ?`, [limit]);

const REVIVE = `UPDATE outbox SET state = 'waiting', attempts = 0, not_before = ?1, last_error = NULL, first_try_at = NULL, done_at = NULL
  WHERE state = 'dead'`;

/**
 * Gives dead messages another chance: one by id, those to one person (after an account was bound), or all. An `uncertain` one may
 * arrive twice; that is the operator's decision.
 * @returns how many wait again.
 */
export function retryDead(
  tx: Writer,
  which: { id: number } | { employeeNo: string } | 'all',
  now: number,
): Promise<number> {
  if (which === 'all') return tx.run(REVIVE, [now]);
  if ('id' in which) return tx.run(`${REVIVE} AND id = ?2`, [now, which.id]);
  return tx.run(`${REVIVE} AND recipient_kind = 'person' AND recipient = ?2`, [now, which.employeeNo]);
}

const REASONS = `SELECT coalesce(last_error, '') AS reason, count(*) AS n FROM outbox WHERE state = 'dead' GROUP BY 1 ORDER BY n DESC, reason LIMIT ?`;
/** Why messages were given up, the most frequent first: reason and the platform's code, never content. */
export const deadByReason = (h: Reader, limit: number): Promise<{ reason: string; n: number }[]> =>
  h.all(z.object({ reason: z.string(), n: z.int() }), REASONS, [limit]);

/**
 * Deletes finished reminders of ballots that were put in before `before` (Unix ms): such a row says that somebody had not voted at
 * a certain moment (design.md 12.16). A reminder's once-key names its day, so it is not needed after it. @returns how many.
 */
export const forgetReminders = (tx: Writer, before: number): Promise<number> =>
  tx.run("DELETE FROM outbox WHERE card = 'ballot_reminder' AND done_at IS NOT NULL AND created_at < ?", [before]);

const PRUNE = `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE done_at IS NOT NULL
  AND ((done_at < ?1 AND once_key IS NULL AND state <> 'dead') OR done_at < ?2) LIMIT ?3)`;

/**
 * Deletes finished rows, at most `limit` a call, so that the write lock stays short: call again until it answers less than that.
 * Rows with a once-key, and dead ones, stay until `onceBefore`, because the key must hold for as long as its job can run again.
 */
export const pruneOutbox = (
  tx: Writer,
  { before, onceBefore, limit }: { before: number; onceBefore: number; limit: number },
): Promise<number> => tx.run(PRUNE, [before, onceBefore, limit]);
