/** What a try means for its row: done, given up, or when to try again. */
import { SEND_FAILURES, type SendFailure, type SendResult } from '../../platform/platform.ts';
import type { Finish, OutboxRow } from '../../store/outbox.ts';
import type { MessageHours } from '../message-hours.ts';

/** Counted tries before a message is given up; with the waits below, about 25 minutes. */
export const MAX_ATTEMPTS = 12;
/**
 * The platform drops a second message with the same key for one hour (platform/lark.md §4.2). After this time a message that may
 * have been stored is not sent again.
 */
export const UNCERTAIN_AFTER_MS = 55 * 60_000;

const FIRST_WAIT_MS: Partial<Record<SendFailure, number>> = { overloaded: 5_000, token: 2_000 };
const DEFAULT_FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 5 * 60_000;
const RETRY_AFTER_SPREAD_MS = 250;
/** The platform, or the network before it, answered that nothing was accepted. */
const CERTAINLY_NOT_STORED: ReadonlySet<SendFailure> = new Set(['rate_limited', 'token']);
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);
const SAFE_CODE = /^[\w.:+-]{1,40}$/;

/** A reason of ours, for a row that was never handed to the platform. */
export type OwnReason = 'uncertain' | 'no_account' | 'compose_failed';

/** Reason and code for the row, the log and the operator. A code that does not look like one may hold content and is left out. */
export const errorText = (reason: SendFailure | OwnReason, code = ''): string =>
  SAFE_CODE.test(code) ? `${reason} ${code}` : reason;

export const isUncertain = (row: Pick<OutboxRow, 'firstTryAt'>, now: number, afterMs: number): boolean =>
  row.firstTryAt !== null && now >= row.firstTryAt + afterMs;

/** Exponential, from `firstMs`, at most five minutes, with the upper half random so that recipients do not return together. */
export function backoffMs(attempt: number, random: number, firstMs = DEFAULT_FIRST_WAIT_MS): number {
  const full = Math.min(MAX_WAIT_MS, firstMs * 2 ** Math.min(20, Math.max(0, attempt - 1)));
  return Math.round(full * (0.5 + random / 2));
}

export function giveUp(id: number, reason: SendFailure | OwnReason, code = ''): Finish {
  return {
    id,
    state: 'dead',
    counted: true,
    notBefore: null,
    lastError: errorText(reason, code),
    messageId: null,
    clearFirstTry: false,
  };
}
export const drop = (id: number): Finish => ({
  id,
  state: 'dropped',
  counted: false,
  notBefore: null,
  lastError: null,
  messageId: null,
  clearFirstTry: false,
});

/** Held up past its message hours: it waits for the next ones. Not when a try may have been stored, because the platform forgets its key. */
export function postponed(
  row: Pick<OutboxRow, 'id' | 'leaveBy' | 'firstTryAt'>,
  now: number,
  hours: (at: number) => MessageHours,
): Finish | null {
  if (row.leaveBy === null || now < row.leaveBy || row.firstTryAt !== null) return null;
  const { from, until } = hours(now);
  return from <= now ? null : { ...drop(row.id), state: 'waiting', notBefore: from, leaveBy: until };
}

/** The card could not be composed: a fault of ours, tried again in case it passes. */
export function composeFailed(
  row: Pick<OutboxRow, 'id' | 'attempts' | 'firstTryAt'>,
  now: number,
  random: number,
): Finish {
  if (row.attempts + 1 >= MAX_ATTEMPTS) return giveUp(row.id, 'compose_failed');
  const notBefore = now + backoffMs(row.attempts + 1, random);
  return { ...giveUp(row.id, 'compose_failed'), state: 'waiting', notBefore };
}

/**
 * @param row as it was before this try: a `firstTryAt` there means that an earlier try may have been stored.
 * @param context `now` in Unix ms; `random` from 0 to 1; `outage` when the platform fails for everybody, which is no message's fault.
 */
export function outcomeOf(
  row: Pick<OutboxRow, 'id' | 'attempts' | 'firstTryAt'>,
  result: SendResult,
  { now, random, outage }: { now: number; random: number; outage: boolean },
): Finish {
  const { id } = row;
  if (result.ok) return { ...drop(id), state: 'sent', counted: true, messageId: result.messageId };
  const { reason, code, retryAfterMs } = result;
  if (SEND_FAILURES[reason] === 'final') return giveUp(id, reason, code);

  const counted = reason !== 'rate_limited' && !outage;
  const attempt = row.attempts + (counted ? 1 : 0);
  if (attempt >= MAX_ATTEMPTS) return giveUp(id, reason, code);
  const certain = CERTAINLY_NOT_STORED.has(reason) || (reason === 'unreachable' && NEVER_CONNECTED.has(code));
  const wait = backoffMs(Math.max(1, attempt), random, FIRST_WAIT_MS[reason]);
  const asked = retryAfterMs === undefined ? 0 : retryAfterMs + Math.round(random * RETRY_AFTER_SPREAD_MS);
  return {
    id,
    state: 'waiting',
    counted,
    notBefore: now + (reason === 'rate_limited' && asked > 0 ? asked : Math.max(wait, asked)),
    lastError: errorText(reason, code),
    messageId: null,
    clearFirstTry: certain && row.firstTryAt === null,
  };
}
