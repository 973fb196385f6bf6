/**
 * How fast messages may leave for one platform. A send counts against a window from its start until the window's length after its
 * *answer*: it reached the platform some time in between, so no window of the platform's own can hold more than the limit allows.
 */
import type { SendResult } from '../../platform/platform.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** Kept free of bulk messages, so that an answer somebody waits for leaves at once during a fan-out. */
const URGENT_SHARE = 0.03;
/** After a 429 the rate per second falls to this part of what it was, then grows back. */
const SLOW_DOWN = 0.85;
const MIN_FACTOR = 0.1;
const GROWTH_PER_SECOND = 0.05;
/** 429s without a waiting time concern one recipient (platform/lark.md §4.10); this many within a second concern us all. */
const LOOSE_LIMIT = 3;
/** Failures in a row, of whatever recipients, after which the platform counts as down. */
const OUTAGE_AFTER = 5;
const OUTAGE_PAUSE_MS = 1_000;
const OUTAGE_PAUSE_MAX_MS = 60_000;
/** 429 after 429 without a success between: the waits grow, in case the platform's own are too short for its window. */
const STREAK_PAUSE_MS = 500;
const STREAK_PAUSE_MAX_MS = 8_000;
const RETRY_AFTER_MAX_MS = 5 * MINUTE_MS;

export interface Limits {
  perMinute: number;
  perSecond: number;
}
/** How many sends may start now. Urgent ones may use all, bulk ones a little less. */
export interface Permits {
  bulk: number;
  urgent: number;
}
export interface Pacer {
  permits(now: number): Permits;
  /** Milliseconds after which `permits` may answer more; a send that ends earlier may also change it. */
  waitMs(now: number): number;
  /** A send is about to start. Every `reserve` is followed by one `finish` or `cancel`. */
  reserve(): void;
  /** The send did not take place. */
  cancel(): void;
  /** The platform answered, or the send was given up. */
  finish(result: SendResult, now: number): void;
  /** The platform has failed several times in a row and is asked only now and then. */
  outage(): boolean;
}

/** @param limits what the platform permits, in whole messages. Times are ms of any clock that only goes forward. */
export function createPacer({ perMinute, perSecond }: Limits): Pacer {
  const ends: number[] = []; // ascending; those of the last minute, after `head`
  let head = 0;
  let active = 0;
  let factor = 1;
  let factorAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let streak = 0; // pauses since the last success
  let failures = 0;
  let loose: number[] = [];

  function since(moment: number): number {
    let [low, high] = [head, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > moment) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  function forget(now: number): void {
    head = since(now - MINUTE_MS);
    if (head > 4_096) head -= ends.splice(0, head).length;
  }
  const perSecondNow = (): number => Math.max(1, Math.floor(perSecond * factor));
  const down = (): boolean => failures >= OUTAGE_AFTER;

  function slowDown(now: number): void {
    factor = Math.max(MIN_FACTOR, factor * SLOW_DOWN);
    factorAt = now;
  }
  function recover(now: number): void {
    if (factor >= 1) return;
    const grown = Math.floor((now - factorAt) / SECOND_MS);
    if (grown <= 0) return;
    factor = Math.min(1, factor + grown * GROWTH_PER_SECOND);
    factorAt += grown * SECOND_MS;
  }
  function limited(retryAfterMs: number | undefined, now: number): void {
    if (retryAfterMs !== undefined) {
      if (now >= pausedUntil) {
        slowDown(now); // the answers of one burst are one event
        streak += 1;
      }
      const grown = streak < 2 ? 0 : Math.min(STREAK_PAUSE_MAX_MS, STREAK_PAUSE_MS * 2 ** streak);
      pausedUntil = Math.max(pausedUntil, now + Math.min(Math.max(retryAfterMs, grown), RETRY_AFTER_MAX_MS));
      return;
    }
    loose = [...loose.filter((at) => at > now - SECOND_MS), now];
    if (loose.length < LOOSE_LIMIT) return;
    loose = [];
    slowDown(now);
  }
  function failed(now: number): void {
    if (down() && now < pausedUntil) return; // the answers of one burst are one event
    failures += 1;
    if (!down()) return;
    const pause = Math.min(OUTAGE_PAUSE_MAX_MS, OUTAGE_PAUSE_MS * 2 ** Math.min(10, failures - OUTAGE_AFTER));
    pausedUntil = Math.max(pausedUntil, now + pause);
  }

  return {
    permits(now) {
      forget(now);
      recover(now);
      if (now < pausedUntil) return { bulk: 0, urgent: 0 };
      if (down() || streak > 1) return active === 0 ? { bulk: 1, urgent: 1 } : { bulk: 0, urgent: 0 };
      const inMinute = active + ends.length - head;
      const inSecond = active + ends.length - since(now - SECOND_MS);
      const left = (share: number) =>
        Math.max(
          0,
          Math.min(
            Math.floor(perMinute * share) - inMinute,
            Math.max(1, Math.floor(perSecondNow() * share)) - inSecond,
          ),
        );
      return { bulk: left(1 - URGENT_SHARE), urgent: left(1) };
    },
    waitMs(now) {
      forget(now);
      if (now < pausedUntil) return pausedUntil - now;
      const first = ends[head];
      const minuteFull = active + ends.length - head >= Math.floor(perMinute * (1 - URGENT_SHARE));
      if (minuteFull && first !== undefined) return Math.max(1, first + MINUTE_MS - now + 1);
      const inSecond = ends[since(now - SECOND_MS)];
      return inSecond === undefined ? SECOND_MS : Math.max(1, inSecond + SECOND_MS - now + 1);
    },
    reserve() {
      active += 1;
    },
    cancel() {
      active -= 1;
    },
    finish(result, now) {
      active -= 1;
      ends.push(Math.max(now, ends.at(-1) ?? now));
      if (result.ok) {
        failures = 0;
        if (now >= pausedUntil) streak = 0;
      } else if (result.reason === 'rate_limited') limited(result.retryAfterMs, now);
      else if (result.reason === 'unreachable' || result.reason === 'overloaded' || result.reason === 'token')
        failed(now);
      else failures = 0; // it answered about this one message: the platform is up
    },
    outage: down,
  };
}
