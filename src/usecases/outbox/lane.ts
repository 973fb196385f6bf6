/** Sends the messages of one platform: takes rows as the pace allows, claims them, sends them side by side, notes the results. */
import type { ChatPlatform, SendResult } from '../../platform/platform.ts';
import { holdsLease } from '../../store/lease.ts';
import { claimRows, type Finish, type OutboxRow } from '../../store/outbox.ts';
import { createBell, type Sleep, turn } from './bell.ts';
import type { Finisher } from './finisher.ts';
import { outcomeOf } from './outcome.ts';
import { createPacer } from './pacer.ts';
import { type Prepared, prepareRow, sendMessage } from './send-row.ts';
import type { OutboxDeps, OutboxOptions } from './types.ts';
import { createWindow } from './window.ts';

export const OUTBOX_LEASE = 'outbox';

/** What all lanes of a dispatcher share. */
export interface LaneContext {
  deps: OutboxDeps;
  options: OutboxOptions;
  finisher: Finisher;
  sleep: Sleep;
  now: () => number;
  realNow: () => number;
  random: () => number;
  /** Whether this process is the sender; the claim checks it once more in its transaction. */
  isSender: () => boolean;
  lostLease: () => void;
}

export interface Lane {
  /** Runs until `stop`. */
  run(): Promise<void>;
  wake(): void;
  stop(): void;
  /** Sends under way. */
  readonly active: number;
  /** Rows taken whose results are not committed yet. */
  readonly open: number;
}

/** Requests wait no longer than this, and the card under way, while cards are composed. */
const TURN_AFTER_MS = 5;
/** While the platform is down, every so many probes is a fresh message, in case the fault is in the tried ones. */
const FRESH_PROBE = 4;
const FAILED_CLAIM_PAUSE_MS = 1_000;

export function createLane(platform: ChatPlatform, context: LaneContext): Lane {
  const { deps, options, finisher, sleep } = context;
  const pacer = createPacer(platform.limits);
  const rows = createWindow({
    read: deps.db.read,
    platform: platform.name,
    perRecipientPerSecond: platform.limits.perRecipientPerSecond,
    windowRows: options.windowRows,
  });
  const bell = createBell(sleep);
  let active = 0;
  let stopped = false;
  let probes = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const end = (): void => {
    active -= 1;
    bell.ring();
  };

  /** Ends a row without a send. */
  function settle(row: OutboxRow, finish: Finish): void {
    pacer.cancel();
    end();
    note(row, finish, null);
  }
  function note(row: OutboxRow, finish: Finish, sentAt: number | null): void {
    const outcome = finish.state === 'waiting' ? 'retry' : finish.state;
    const reason = finish.lastError?.split(' ')[0] ?? '';
    deps.metrics?.finished(platform.name, outcome, reason);
    if (outcome === 'dead')
      deps.log.warn({ outbox: row.id, card: row.card, error: finish.lastError }, 'outbox: message given up');
    finisher.add(finish, () => {
      rows.release(row, sentAt);
      bell.ring();
    });
  }
  async function tellLoss(row: OutboxRow, result: SendResult): Promise<void> {
    if (result.ok) return;
    const { to } = row;
    try {
      if (to.kind === 'person' && result.reason === 'person_unreachable')
        await deps.onUnreachable?.(platform.name, to.employeeNo, row);
      if (to.kind === 'chat' && (result.reason === 'chat_gone' || result.reason === 'not_in_chat'))
        await deps.onChatLost?.(platform.name, to.chatId, row);
    } catch (error) {
      deps.log.error({ err: error }, 'outbox: a lost recipient could not be noted');
    }
  }
  async function send({ row, message }: Extract<Prepared, { kind: 'send' }>): Promise<void> {
    const result = await sendMessage(platform, message, options.sendTimeoutMs, sleep);
    pacer.finish(result, context.realNow());
    await tellLoss(row, result);
    const finish = outcomeOf(row, result, { now: context.now(), random: context.random(), outage: pacer.outage() });
    end();
    note(row, finish, context.realNow());
  }

  /** Claims and sends `taken`; each of them is released again whatever happens. */
  async function launch(taken: readonly OutboxRow[]): Promise<void> {
    const ready: Extract<Prepared, { kind: 'send' }>[] = [];
    let turned = performance.now();
    for (const row of taken) {
      if (performance.now() - turned > TURN_AFTER_MS) {
        await turn();
        turned = performance.now();
      }
      const moment = {
        planned: context.now(),
        real: context.realNow(),
        uncertainAfterMs: options.uncertainAfterMs,
        random: context.random(),
      };
      const prepared = await prepareRow(row, deps, moment);
      if (prepared.kind === 'send') ready.push(prepared);
      else settle(row, prepared.finish);
    }
    const claimed = await claim(ready.map(({ row }) => row));
    const release = ({ row }: Prepared) => {
      pacer.cancel();
      end();
      rows.release(row, null);
    };
    for (const prepared of ready) if (!claimed.has(prepared.row.id)) release(prepared);
    await Promise.all(ready.filter(({ row }) => claimed.has(row.id)).map(send));
  }
  async function claim(wanted: readonly OutboxRow[]): Promise<ReadonlySet<number>> {
    if (wanted.length === 0) return new Set();
    try {
      return await finisher.commit(async (tx) => {
        if (!(await holdsLease(tx, OUTBOX_LEASE, deps.owner, context.realNow()))) {
          context.lostLease();
          return new Set<number>();
        }
        return claimRows(
          tx,
          wanted.map(({ id }) => id),
          context.realNow(),
        );
      });
    } catch (error) {
      deps.log.error({ err: error }, 'outbox: rows could not be claimed');
      pausedUntil = context.realNow() + FAILED_CLAIM_PAUSE_MS;
      return new Set();
    }
  }

  /** Starts what may start. @returns how long to sleep, 0 when there may be more to do at once. */
  async function step(): Promise<number> {
    const real = context.realNow();
    const free = options.concurrency - active;
    if (!context.isSender() || free <= 0) return options.pollMs;
    if (real < pausedUntil) return pausedUntil - real;
    const permits = pacer.permits(real);
    if (permits.urgent <= 0) return Math.min(options.pollMs, pacer.waitMs(real));
    let taken: OutboxRow[] = [];
    if (pacer.outage()) {
      probes += 1;
      if (probes % FRESH_PROBE !== 0) taken = await rows.takeProbe(context.now());
    }
    if (taken.length === 0) taken = await rows.take(permits, free, context.now(), real);
    if (taken.length === 0) {
      const paceMs = permits.bulk > 0 ? options.pollMs : pacer.waitMs(real);
      return Math.min(options.pollMs, paceMs, rows.spacingWaitMs(real));
    }
    for (const _ of taken) pacer.reserve();
    active += taken.length;
    void launch(taken).catch((error: unknown) => deps.log.error({ err: error }, 'outbox: a fault while sending'));
    return 0;
  }

  return {
    async run() {
      while (!stopped) {
        let waitMs = options.pollMs;
        try {
          waitMs = await step();
        } catch (error) {
          deps.log.error({ err: error }, 'outbox: the table could not be read');
        }
        if (waitMs > 0) {
          await bell.wait(waitMs);
          if (waitMs >= options.pollMs) rows.changed();
        } else await turn();
      }
    },
    wake() {
      rows.changed();
      bell.ring();
    },
    stop() {
      stopped = true;
      bell.ring();
    },
    get active() {
      return active;
    },
    get open() {
      return rows.taken;
    },
  };
}
