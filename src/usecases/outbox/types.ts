/** What the outbox sender is given, and what it tells. */
import type { Card } from '../../card.ts';
import type { Log } from '../../log.ts';
import type { ChatPlatform, PlatformName } from '../../platform/platform.ts';
import type { Database } from '../../store/db.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { MessageHours } from '../message-hours.ts';

export type Composed = { kind: 'card'; card: Card } | { kind: 'file'; name: string; bytes: Uint8Array };

export interface OutboxMetrics {
  /** `reason` is a reason name, never content; empty when there is none. */
  finished(platform: PlatformName, outcome: 'sent' | 'retry' | 'dead' | 'dropped', reason: string): void;
}

export interface OutboxDeps {
  db: Database;
  platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  /** Makes the message a row stands for, as things are now; null when it is no longer true and must not be sent. */
  compose(row: OutboxRow): Promise<Composed | null>;
  /** The account of a person on a platform; null when there is none. */
  resolveUser(platform: PlatformName, employeeNo: string): Promise<string | null>;
  /** The platform says that this person cannot be written to. May be told more than once. */
  onUnreachable?(platform: PlatformName, employeeNo: string, row: OutboxRow): Promise<void>;
  /** The chat is gone, or the bot is no longer in it. May be told more than once. */
  onChatLost?(platform: PlatformName, chatId: string, row: OutboxRow): Promise<void>;
  /** The message hours at a moment or the next after it, for messages that must leave within them; any time when absent. */
  messageHours?: (at: number) => MessageHours;
  /** The time messages are planned by (Unix ms). */
  now: () => number;
  /** The time that passes outside (Unix ms), for pacing, the lease and the age of tries; `now` when absent. */
  realNow?: () => number;
  /** Differs for every process and every start of it. */
  owner: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  metrics?: OutboxMetrics;
  /** Resolves after `ms` of real time, or when `signal` fires. Never rejects. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, for the spread of retries. */
  random?: () => number;
}

export interface OutboxOptions {
  /** Sends under way at once, per platform. */
  concurrency: number;
  /** How often the table is looked at when nobody calls `wake()`. */
  pollMs: number;
  /** Another process takes over this long after a process died. */
  leaseMs: number;
  /** Results are collected this long before they are written together. */
  flushMs: number;
  /** A send that takes longer counts as unanswered. */
  sendTimeoutMs: number;
  /** Rows read ahead, per platform: the bound of what is kept in memory. */
  windowRows: number;
  /** After this time a try without an answer is not repeated. */
  uncertainAfterMs: number;
}

export interface OutboxDispatcher {
  start(): void;
  /** Call after a commit that put rows into the outbox: they leave at once. */
  wake(): void;
  /** Takes no new rows, waits at most `timeoutMs` for sends under way, writes their results and gives the lease back. */
  drain(timeoutMs: number): Promise<{ unfinished: number }>;
  /** Resolves when nothing is due, waits for a retry or is under way; false when that takes longer than `timeoutMs`. */
  whenIdle(timeoutMs: number): Promise<boolean>;
  stats(): { sender: boolean; underWay: number };
}
