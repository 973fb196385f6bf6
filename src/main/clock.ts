/**
 * The time the bot acts by. In an office it is the machine's. In training it follows the playground's clock, which somebody moves
 * ahead by days: then the bot walks through every scheduled moment on the way instead of waking up late after it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface Clock {
  /** Unix ms; what everything is decided by. */
  now: () => number;
  /** Unix ms; where the clock that is followed stands. The same as `now` except while the bot walks there. */
  target: () => number;
}

export const systemClock: Clock = { now: Date.now, target: Date.now };

export interface FollowedClock extends Clock {
  stop(): void;
}
export interface Walk {
  /** The first moment after `now` at which something is scheduled, Unix ms; null when there is none. */
  nextMoment(now: number): number | null;
  /** Does what is due now. */
  act(): Promise<unknown>;
  onError(error: unknown): void;
}

const POLL_MS = 25;
/** Smaller differences are the time an answer takes. */
const JUMP_MS = 2_000;
const answer = z.object({ now: z.number() });

/** Follows the clock at `url` (`…/playground/api/clock`); asks before it returns, so that the first moment is right. */
export async function followClock(url: string, walkOf: () => Walk | null): Promise<FollowedClock> {
  const ask = async (): Promise<number> => answer.parse(await (await fetch(url)).json()).now - Date.now();
  let targetOffset = await ask();
  let offset = targetOffset;
  let stopped = false;
  let walking = false;
  const now = () => Date.now() + offset;
  const target = () => Date.now() + targetOffset;

  /** Walks to wherever the clock stands by then: it may be moved again on the way. */
  async function follow(): Promise<void> {
    const walk = walkOf();
    while (walk !== null && !stopped) {
      const next = walk.nextMoment(now());
      if (next === null || next > target()) break;
      offset = next - Date.now();
      await walk.act();
    }
    offset = targetOffset;
    await walk?.act();
  }
  function start(): void {
    if (walking) return;
    walking = true;
    follow()
      .catch((error: unknown) => walkOf()?.onError(error))
      .finally(() => {
        walking = false;
      });
  }
  async function poll(): Promise<void> {
    while (!stopped) {
      await sleep(POLL_MS, undefined, { ref: false });
      try {
        const asked = await ask();
        if (Math.abs(asked - targetOffset) < JUMP_MS) continue;
        targetOffset = asked;
        if (targetOffset < offset)
          offset = targetOffset; // set back: nothing to walk through
        else start();
      } catch (error) {
        walkOf()?.onError(error);
      }
    }
  }
  void poll();
  return {
    now,
    target,
    stop() {
      stopped = true;
    },
  };
}
