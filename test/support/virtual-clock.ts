/** A clock that jumps to the next timer as soon as everything else has come to rest: hours pass in moments, and nothing is timed. */
const TURNS_AT_REST = 6;

export interface VirtualClock {
  now: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Lets time pass until `done` says so. @throws when nothing is left to wait for, or after `limitMs` of virtual time. */
  runUntil(done: () => boolean, limitMs?: number): Promise<void>;
  /** Lets `work` run while time passes, and answers its result. */
  during<T>(work: Promise<T>): Promise<T>;
  set(now: number): void;
}

export function virtualClock(start: number): VirtualClock {
  let now = start;
  let timers: { at: number; fire: () => void }[] = [];
  const turns = async () => {
    for (let i = 0; i < TURNS_AT_REST; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const clock: VirtualClock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = { at: Math.ceil(now + ms), fire: resolve };
        if (signal?.aborted) return resolve();
        timers.push(timer);
        signal?.addEventListener('abort', () => {
          timers = timers.filter((other) => other !== timer);
          resolve();
        });
      }),
    async runUntil(done, limitMs = 24 * 3_600_000) {
      const limit = now + limitMs;
      await turns();
      while (!done()) {
        const next = timers.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
        if (next === Number.POSITIVE_INFINITY) throw new Error('nothing left to wait for');
        if (next > limit) throw new Error(`not done after ${limitMs} ms`);
        now = Math.max(now, next);
        const due = timers.filter(({ at }) => at <= now);
        timers = timers.filter(({ at }) => at > now);
        for (const timer of due) timer.fire();
        await turns();
      }
    },
    async during(work) {
      let settled = false;
      const watched = work.finally(() => {
        settled = true;
      });
      await clock.runUntil(() => settled);
      return watched;
    },
    set(value) {
      now = value;
    },
  };
  return clock;
}
