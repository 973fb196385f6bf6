import { setTimeout as delay } from 'node:timers/promises';

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits on the system's timer. */
export const realSleep: Sleep = (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => {});

/** Lets a loop sleep until there is something to do. A ring while nobody waits is remembered. */
export interface Bell {
  ring(): void;
  wait(ms: number): Promise<void>;
}
export function createBell(sleep: Sleep): Bell {
  let rung = false;
  let waiting: AbortController | null = null;
  return {
    ring() {
      rung = true;
      waiting?.abort();
    },
    async wait(ms) {
      if (!rung) {
        waiting = new AbortController();
        await sleep(ms, waiting.signal);
        waiting = null;
      }
      rung = false;
    },
  };
}

/** One turn of the event loop: `await` on the local database alone never yields (platform/libsql.md rule 2). */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
