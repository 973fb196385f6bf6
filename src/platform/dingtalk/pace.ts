/** Lets at most so many calls begin in a second, evenly, for work that does not come out of the outbox (lookups). */
import { setTimeout as delay } from 'node:timers/promises';

export function createPace(perSecond: number, now: () => number = Date.now): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + 1000 / perSecond;
    const wait = at - now();
    if (wait > 0) await delay(wait);
  };
}
