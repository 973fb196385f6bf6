/** How fast calls may follow each other. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DingTalkPlan } from './budget.ts';
import { GROUP_REFRESH_MS, SENDS_PER_MINUTE, SENDS_PER_SECOND } from './limits.ts';

/** What the organisation's plan permits for each call, as a multiple of the free plan's rate (platform/dingtalk.md §3.9). */
const RATES: Readonly<Record<DingTalkPlan, number>> = { free: 1, professional: 1, pack: 3, unlimited: 3 };
/** Where calls are plenty, the others need not wait for a group's card. Own choice. */
const REFRESH_MS: Readonly<Record<DingTalkPlan, number>> = {
  free: GROUP_REFRESH_MS,
  professional: GROUP_REFRESH_MS,
  pack: 5_000,
  unlimited: 1_000,
};
export interface Pace {
  perMinute: number;
  perSecond: number;
  /** How long a group's card may lag behind for those who did not click. */
  groupRefreshMs: number;
}
export const paceOf = (plan: DingTalkPlan): Pace => ({
  perMinute: SENDS_PER_MINUTE * RATES[plan],
  perSecond: SENDS_PER_SECOND * RATES[plan],
  groupRefreshMs: REFRESH_MS[plan],
});

/** Lets at most so many calls begin in a second, evenly, for work that does not come out of the outbox (lookups). */
export function createPace(perSecond: number, now: () => number = Date.now): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + 1000 / perSecond;
    const wait = at - now();
    if (wait > 0) await delay(wait);
  };
}
