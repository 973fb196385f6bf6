/**
 * The outbox: messages that leave after the transaction that caused them has committed. A row names a card and its ids, never
 * content. Per recipient the rows leave in order: only the first of those that are due or being retried may be sent.
 */
import { z } from 'zod';
import type { CardRef } from '../card-ref.ts';
import { PLATFORM_NAMES, type PlatformName } from '../platform/platform.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

export type MessageTo = { kind: 'chat'; chatId: string } | { kind: 'person'; employeeNo: string };

export interface NewMessage extends CardRef {
  /** The platform's idempotency key, at most 50 characters (platform/lark.md §4.2). */
  uuid: string;
  platform: PlatformName;
  to: MessageTo;
  /** Unix ms. */
  notBefore: number;
  /** Unix ms; from then on it waits for the next message hours. Any time when absent. */
  leaveBy?: number;
  /** Unix ms. */
  createdAt: number;
  /** At most one message with this key, ever. */
  onceKey?: string;
  /** An answer somebody is waiting for: goes before bulk messages. */
  urgent?: boolean;
}

const INSERT = `INSERT INTO outbox (uuid, platform, recipient_kind, recipient, card, args, once_key, not_before, created_at, urgent, leave_by)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10
  FROM json_each(?) WHERE true ORDER BY key
  ON CONFLICT (once_key) DO NOTHING`;

/** Puts messages into the outbox in this order, in one statement however many there are. @returns how many are new. */
export async function enqueueMany(tx: Writer, messages: readonly NewMessage[]): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = messages.map((m) => [
    m.uuid,
    m.platform,
    m.to.kind,
    m.to.kind === 'chat' ? m.to.chatId : m.to.employeeNo,
    m.card,
    JSON.stringify(m.args),
    m.onceKey ?? null,
    Math.trunc(m.notBefore),
    Math.trunc(m.createdAt),
    m.urgent ? 1 : 0,
    m.leaveBy === undefined ? null : Math.trunc(m.leaveBy),
  ]);
  return tx.run(INSERT, [JSON.stringify(rows)]);
}

const argsText = jsonText(z.record(z.string(), z.union([z.string(), z.number()])));
const outboxRow = z
  .object({
    id: z.int(),
    uuid: z.string(),
    platform: z.enum(PLATFORM_NAMES),
    kind: z.enum(['chat', 'person']),
    recipient: z.string(),
    card: z.string(),
    args: argsText,
    attempts: z.int(),
    firstTryAt: z.int().nullable(),
    createdAt: z.int(),
    leaveBy: z.int().nullable(),
    urgent: z.int().transform((n) => n === 1),
  })
  .transform(({ kind, recipient, ...row }) => ({
    ...row,
    to: (kind === 'chat' ? { kind, chatId: recipient } : { kind, employeeNo: recipient }) as MessageTo,
  }));
/** A waiting message. `firstTryAt` (Unix ms) is set while a send may have reached the platform without an answer. */
export type OutboxRow = z.infer<typeof outboxRow>;

const COLUMNS = `o.id, o.uuid, o.platform, o.recipient_kind AS kind, o.recipient, o.card, o.args, o.attempts,
  o.first_try_at AS firstTryAt, o.created_at AS createdAt, o.leave_by AS leaveBy, o.urgent`;
/** A row holds the later ones of its recipient back once it is due, and while it waits for a retry; not while it is only planned. */
const HOLDS_BACK = '(b.not_before <= ?2 OR b.first_try_at IS NOT NULL OR b.last_error IS NOT NULL)';
const SAME_RECIPIENT = `b.state = 'waiting' AND b.platform = o.platform AND b.recipient_kind = o.recipient_kind AND b.recipient = o.recipient`;
const IS_HEAD = `NOT EXISTS (SELECT 1 FROM outbox AS b INDEXED BY outbox_by_recipient WHERE ${SAME_RECIPIENT} AND b.id < o.id AND ${HOLDS_BACK})`;

const DUE = `SELECT ${COLUMNS} FROM outbox AS o INDEXED BY outbox_queue
  WHERE o.state = 'waiting' AND o.platform = ?1 AND o.not_before <= ?2 AND ${IS_HEAD} ORDER BY o.id LIMIT ?3`;
const URGENT = `SELECT ${COLUMNS} FROM (
    SELECT DISTINCT recipient_kind, recipient FROM outbox INDEXED BY outbox_urgent
    WHERE state = 'waiting' AND urgent = 1 AND platform = ?1 AND not_before <= ?2) AS r
  CROSS JOIN outbox AS o INDEXED BY outbox_by_recipient ON o.state = 'waiting' AND o.platform = ?1
    AND o.recipient_kind = r.recipient_kind AND o.recipient = r.recipient
  WHERE o.not_before <= ?2 AND ${IS_HEAD} ORDER BY o.id LIMIT ?3`;
const TRIED = `SELECT ${COLUMNS} FROM outbox AS o INDEXED BY outbox_queue
  WHERE o.state = 'waiting' AND o.platform = ?1 AND (o.first_try_at IS NOT NULL OR o.last_error IS NOT NULL)
    AND ${IS_HEAD} ORDER BY o.id LIMIT ?3`;

/** Which rows to look for: `due` in order of arrival; `urgent` those of recipients who wait for an answer; `tried` those that met a failure, due or not. */
export type HeadKind = 'due' | 'urgent' | 'tried';
const HEADS: Readonly<Record<HeadKind, string>> = { due: DUE, urgent: URGENT, tried: TRIED };

/** The rows that may be sent now, at most one per recipient and `limit` in all. @param now Unix ms. */
export const headRows = (
  h: Reader,
  kind: HeadKind,
  platform: PlatformName,
  now: number,
  limit: number,
): Promise<OutboxRow[]> => h.all(outboxRow, HEADS[kind], [platform, now, limit]);

const CLAIM = `UPDATE outbox SET first_try_at = coalesce(first_try_at, ?1)
  WHERE id IN (SELECT value FROM json_each(?2)) AND state = 'waiting' RETURNING id`;

/** Notes, before the first byte leaves, that these rows are being tried. @returns those still waiting. */
export async function claimRows(tx: Writer, ids: readonly number[], now: number): Promise<Set<number>> {
  const rows = await tx.all(z.object({ id: z.int() }), CLAIM, [Math.trunc(now), JSON.stringify(ids)]);
  return new Set(rows.map(({ id }) => id));
}

/** What became of a row after a try. */
export interface Finish {
  id: number;
  state: 'waiting' | 'sent' | 'dead' | 'dropped';
  /** Whether this try counts towards the limit of tries. */
  counted: boolean;
  /** Unix ms of the next try; null leaves it as it was. */
  notBefore: number | null;
  /** Unix ms of the end of the message hours it waits for now; absent leaves it as it was. */
  leaveBy?: number;
  /** A reason and the platform's code, never content. */
  lastError: string | null;
  messageId: string | null;
  /** The try certainly stored nothing and no earlier one can have. */
  clearFirstTry: boolean;
}

const FINISH = `UPDATE outbox SET state = j.state, attempts = attempts + j.counted, not_before = coalesce(j.not_before, outbox.not_before),
    leave_by = coalesce(j.leave_by, outbox.leave_by),
    last_error = j.error, message_id = j.message, first_try_at = CASE j.clear WHEN 1 THEN NULL ELSE first_try_at END,
    done_at = CASE j.state WHEN 'waiting' THEN NULL ELSE CAST(?2 AS INTEGER) END
  FROM (SELECT value->>0 AS id, value->>1 AS state, value->>2 AS counted, value->>3 AS not_before, value->>4 AS error,
    value->>5 AS message, value->>6 AS clear, value->>7 AS leave_by FROM json_each(?1)) AS j
  WHERE outbox.id = j.id AND outbox.state = 'waiting'`;

const FORGET = `DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?)) AND state = 'waiting'`;

/**
 * Writes what became of rows. A row somebody else has finished stays as it is. One that is no longer true leaves nothing behind:
 * a reminder dropped at a moment would say that its recipient has just voted (design.md 12.16).
 */
export async function finishRows(tx: Writer, finished: readonly Finish[], now: number): Promise<void> {
  const dropped = finished.filter(({ state }) => state === 'dropped').map(({ id }) => id);
  if (dropped.length > 0) await tx.run(FORGET, [JSON.stringify(dropped)]);
  if (finished.length === dropped.length) return;
  const rows = finished.map((f) => [
    f.id,
    f.state,
    f.counted ? 1 : 0,
    f.notBefore === null ? null : Math.trunc(f.notBefore),
    f.lastError,
    f.messageId,
    f.clearFirstTry ? 1 : 0,
    f.leaveBy === undefined ? null : Math.trunc(f.leaveBy),
  ]);
  await tx.run(FINISH, [JSON.stringify(rows), Math.trunc(now)]);
}
