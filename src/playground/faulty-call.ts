/** What can happen to a call of the bot on its way, on either platform: it is slow, lost, refused, or done and not answered. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import type { Call } from './feishu/answer.ts';

export interface FaultyCall {
  /** What statistics count it by. */
  api: string;
  /** Whether faults concern it. */
  hit: boolean;
  /** The platform's own way to say "too often". */
  limited(): Response;
  /** The platform's own failure. */
  broken(): Response;
  /** What the platform refuses before it looks at the call; null when nothing. */
  refused(): Response | null;
}

/** Middleware of one call. An answer sets `code`, which is counted. */
export async function underFaults(ctx: Context, c: Call, call: FaultyCall, next: () => Promise<void>) {
  const { faults, random, stats } = ctx;
  const { api, hit } = call;
  const strikes = (rate: number) => hit && random.chance(rate);
  const lost = (what: string) => {
    stats.call(api, what);
    return RESPONSE_ALREADY_SENT;
  };

  if (hit && faults.latency_ms > 0) await sleep(random.int(0, faults.latency_ms));
  if (strikes(faults.reset_before)) return reset(c), lost('reset_before');
  if (strikes(faults.timeout_before)) {
    await hang(c, faults.timeout_ms);
    return reset(c), lost('timeout_before');
  }
  const injected = strikes(faults.rate_429)
    ? call.limited()
    : strikes(faults.rate_5xx)
      ? call.broken()
      : call.refused();
  if (injected) {
    stats.call(api, c.get('code'));
    return injected;
  }

  await next();

  if (strikes(faults.reset_after)) {
    reset(c);
    c.res = lost('reset_after');
  } else if (strikes(faults.timeout_after)) {
    stats.call(api, 'timeout_after');
    await hang(c, faults.timeout_ms);
  } else {
    stats.call(api, c.get('code') ?? c.res.status);
  }
  return undefined;
}

function reset(c: Call): void {
  c.env.outgoing.socket?.resetAndDestroy();
}

/** Waits, at most until the caller gives up; 0 ms = for ever. */
function hang(c: Call, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms > 0 ? setTimeout(resolve, ms) : undefined;
    c.env.outgoing.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
