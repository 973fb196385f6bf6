/** Rate limits as the platform applies them: fixed windows at the gateway, a rolling second for each recipient. */
import type { Clock } from './clock.ts';
import { GATEWAY_PER_MINUTE, GATEWAY_PER_SECOND } from '../platform/lark/limits.ts';

export interface GatewayAnswer {
  limit: number;
  /** Seconds until the window ends. Whole at speed 1, as the platform sends them. */
  resetSec: number;
}

export interface Limiter {
  /** Counts one call of an API; an answer means the call is over the limit. */
  gateway(api: string): GatewayAnswer | null;
  /** Counts one message for a key; false when it is the one too many within a second. */
  allow(key: string, perSecond: number): boolean;
}

const WINDOWS = [
  { ms: 60_000, limit: GATEWAY_PER_MINUTE },
  { ms: 1_000, limit: GATEWAY_PER_SECOND },
] as const;

/** Recipients remembered before those that were quiet for a second are forgotten. */
const KEPT_KEYS = 10_000;

export function createLimiter(clock: Clock): Limiter {
  const windows = new Map<string, { index: number; count: number }>();
  const recent = new Map<string, number[]>();

  return {
    gateway(api) {
      const now = clock.ticks();
      const states = WINDOWS.map(({ ms, limit }) => {
        const index = Math.floor(now / ms);
        const key = `${api} ${ms}`;
        const known = windows.get(key);
        const state = known?.index === index ? known : { index, count: 0 };
        windows.set(key, state);
        return { ms, limit, state };
      });
      const full = states.find(({ limit, state }) => state.count >= limit);
      if (full) {
        const left = ((full.state.index + 1) * full.ms - now) / 1000 / clock.speed;
        return { limit: full.limit, resetSec: clock.speed === 1 ? Math.max(1, Math.ceil(left)) : left };
      }
      for (const { state } of states) state.count += 1;
      return null;
    },
    allow(key, perSecond) {
      const now = clock.ticks();
      if (recent.size > KEPT_KEYS) {
        for (const [old, at] of recent) if ((at.at(-1) ?? 0) <= now - 1_000) recent.delete(old);
      }
      const times = (recent.get(key) ?? []).filter((at) => at > now - 1_000);
      recent.set(key, times);
      if (times.length >= perSecond) return false;
      times.push(now);
      return true;
    },
  };
}
