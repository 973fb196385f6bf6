/**
 * Numbers for Prometheus. Labels name kinds of things only: no person, chat, branch, review or button, because a counter of casts
 * read often enough would say when somebody voted (design.md section 10).
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { outboxHealth } from '../store/outbox-admin.ts';
import type { Use } from '../use.ts';
import { budgets } from '../usecases/budget.ts';
import type { OutboxMetrics } from '../usecases/outbox/types.ts';

export type PushResult = 'ok' | 'unauthorised' | 'junk' | 'too_large' | 'cut_off' | 'failed';

export interface Metrics extends OutboxMetrics {
  /** One delivery by a platform. `kind`: what it was, `unknown` when it was refused. `seconds` from the first byte handled to the answer. */
  push(platform: string, kind: string, result: PushResult, seconds: number): void;
  readonly contentType: string;
  /** Everything in the text format; asks the database for the depth of the outbox. */
  text(): Promise<string>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 3];

/** @param use where the outbox and what was counted by the month are read */
export function createMetrics(use: Pick<Use, 'db' | 'now' | 'platforms' | 'config'>): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register }); // event loop lag, memory, garbage collection, processor time
  const pushes = new Counter({
    name: 'tenstar_callbacks_total',
    help: 'Deliveries by the chat platform, by what they were and how they were answered',
    labelNames: ['platform', 'kind', 'result'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'tenstar_callback_duration_seconds',
    help: 'Time until a delivery was answered, its commit included',
    labelNames: ['platform', 'kind'] as const,
    buckets: SECONDS,
    registers,
  });
  const finished = new Counter({
    name: 'tenstar_outbox_finished_total',
    help: 'Tries to send a message, by how they ended',
    labelNames: ['platform', 'outcome', 'reason'] as const,
    registers,
  });
  const up = new Gauge({ name: 'tenstar_database_up', help: '1 when the database answered this scrape', registers });
  const depth = new Gauge({
    name: 'tenstar_outbox_messages',
    help: 'Messages in the outbox: waiting (all that are not sent), due (should be leaving now), dead (given up)',
    labelNames: ['state'] as const,
    registers,
  });
  const age = new Gauge({
    name: 'tenstar_outbox_oldest_due_seconds',
    help: 'How long the oldest due message has been due',
    registers,
  });

  const used = new Gauge({
    name: 'tenstar_platform_used_this_month',
    help: 'What a platform counts by the month: calls (ours to it) and pushes (its to us)',
    labelNames: ['platform', 'kind'] as const,
    registers,
  });
  const quota = new Gauge({
    name: 'tenstar_platform_monthly_quota',
    help: 'What the organisation’s plan holds of calls and pushes a month',
    labelNames: ['platform', 'kind'] as const,
    registers,
  });

  async function readBudgets(): Promise<void> {
    used.reset();
    for (const stand of await budgets(use, use.db.read, use.now()))
      for (const kind of ['calls', 'pushes'] as const) {
        used.set({ platform: stand.platform, kind }, stand.used[kind]);
        quota.set({ platform: stand.platform, kind }, stand.plan[kind]);
      }
  }
  async function readDatabase(): Promise<void> {
    depth.reset();
    age.reset();
    try {
      const { waiting, due, dead, oldestMs } = await outboxHealth(use.db.read, use.now());
      for (const [state, n] of Object.entries({ waiting, due, dead })) depth.set({ state }, n);
      age.set(oldestMs / 1000);
      await readBudgets();
      up.set(1);
    } catch {
      up.set(0); // /readyz says why
    }
  }

  return {
    push: (platform, kind, result, seconds) => {
      pushes.inc({ platform, kind, result });
      if (result === 'ok') durations.observe({ platform, kind }, seconds);
    },
    finished: (platform, outcome, reason) => finished.inc({ platform, outcome, reason }),
    contentType: register.contentType,
    text: async () => {
      await readDatabase();
      return register.metrics();
    },
  };
}
