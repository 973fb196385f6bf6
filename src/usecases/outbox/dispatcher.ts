/**
 * The outbox sender: one process at a time, under the platforms' limits, in order per recipient, at least once with the platform's
 * idempotency key (design.md section 10, "Durability"). A crash between a send and its note leads to a repeat with the same key.
 */
import { releaseLease, takeLease } from '../../store/lease.ts';
import { outboxHealth } from '../../store/outbox-admin.ts';
import { createBell, realSleep, turn } from './bell.ts';
import { createFinisher } from './finisher.ts';
import { createLane, type Lane, type LaneContext, OUTBOX_LEASE } from './lane.ts';
import { UNCERTAIN_AFTER_MS } from './outcome.ts';
import type { OutboxDeps, OutboxDispatcher, OutboxOptions } from './types.ts';

const DEFAULTS: OutboxOptions = {
  concurrency: 32,
  pollMs: 1_000,
  leaseMs: 10_000,
  flushMs: 50,
  sendTimeoutMs: 30_000,
  windowRows: 256,
  uncertainAfterMs: UNCERTAIN_AFTER_MS,
};
const IDLE_CHECK_MS = 20;
const RENEWALS_PER_LEASE = 3;

/** Makes the sender; nothing happens before `start()`. */
export function createOutboxDispatcher(deps: OutboxDeps, settings: Partial<OutboxOptions> = {}): OutboxDispatcher {
  const options: OutboxOptions = { ...DEFAULTS, ...settings };
  const sleep = deps.sleep ?? realSleep;
  const { now } = deps;
  const realNow = deps.realNow ?? now;
  const finisher = createFinisher({ db: deps.db, now, sleep, flushMs: options.flushMs, log: deps.log });
  const leaseBell = createBell(sleep);
  let senderUntil = Number.NEGATIVE_INFINITY;
  let stopping = false;
  let running: Promise<unknown> | null = null;

  const isSender = () => !stopping && realNow() < senderUntil;
  const context: LaneContext = {
    deps,
    options,
    finisher,
    sleep,
    now,
    realNow,
    random: deps.random ?? Math.random,
    isSender,
    lostLease: () => {
      senderUntil = Number.NEGATIVE_INFINITY;
    },
  };
  const lanes: Lane[] = [...deps.platforms.values()].map((platform) => createLane(platform, context));

  async function renewLease(): Promise<void> {
    const before = isSender();
    try {
      const at = realNow();
      const held = await deps.db.write((tx) =>
        takeLease(tx, { name: OUTBOX_LEASE, owner: deps.owner, now: at, forMs: options.leaseMs }),
      );
      senderUntil = held ? at + options.leaseMs : Number.NEGATIVE_INFINITY;
    } catch (error) {
      deps.log.error({ err: error }, 'outbox: the lease could not be renewed');
    }
    if (before === isSender()) return;
    deps.log.info({ sender: isSender() }, 'outbox: sender changed');
    for (const lane of lanes) lane.wake();
  }
  async function keepLease(): Promise<void> {
    while (!stopping) {
      await renewLease();
      await leaseBell.wait(options.leaseMs / RENEWALS_PER_LEASE);
    }
  }
  const underWay = (): number => lanes.reduce((sum, lane) => sum + lane.active, 0);
  const open = (): number => lanes.reduce((sum, lane) => sum + lane.open, 0);
  async function isIdle(): Promise<boolean> {
    if (open() > 0 || finisher.pending > 0) return false;
    const { due } = await outboxHealth(deps.db.read, now());
    return due === 0 && open() === 0;
  }

  return {
    start() {
      running ??= Promise.all([keepLease(), ...lanes.map((lane) => lane.run())]);
    },
    wake() {
      for (const lane of lanes) lane.wake();
    },
    async drain(timeoutMs) {
      stopping = true;
      leaseBell.ring();
      for (const lane of lanes) lane.stop();
      const until = realNow() + timeoutMs;
      while (underWay() > 0 && realNow() < until) {
        await sleep(IDLE_CHECK_MS);
        await turn();
      }
      await finisher.flush();
      await running;
      await deps.db
        .write((tx) => releaseLease(tx, OUTBOX_LEASE, deps.owner))
        .catch((error: unknown) => {
          deps.log.error({ err: error }, 'outbox: the lease could not be given back');
        });
      return { unfinished: underWay() };
    },
    async whenIdle(timeoutMs) {
      const until = realNow() + timeoutMs;
      while (!(await isIdle())) {
        if (realNow() >= until) return false;
        await sleep(IDLE_CHECK_MS);
        await turn();
      }
      return true;
    },
    stats: () => ({ sender: isSender(), underWay: underWay() }),
  };
}
