import type { Database } from './db.ts';

export interface IdleCheckpointer {
  /** Something was committed: the wait starts anew. */
  touch(): void;
  /** Empties the write-ahead log now; also ends the wait. */
  flush(): Promise<void>;
  stop(): void;
}

/** Long enough not to run between the casts of a busy meeting, short enough that a quiet hour leaves no history behind. */
const IDLE_MS = 5_000;

/**
 * Empties the write-ahead log when nothing has been committed for a while. The log keeps every version of a box one after the
 * other; with the working key somebody could compare them (design.md section 12.16). Call `flush` at the close of a ballot.
 * @param idleMs quiet time before the log is emptied
 */
export function createIdleCheckpointer(
  db: Database,
  { idleMs = IDLE_MS, onError = () => {} }: { idleMs?: number; onError?: (error: unknown) => void } = {},
): IdleCheckpointer {
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return {
    touch() {
      if (timer) {
        timer.refresh();
        return;
      }
      timer = setTimeout(() => {
        timer = null;
        db.checkpoint().catch(onError);
      }, idleMs);
      timer.unref();
    },
    async flush() {
      stop();
      await db.checkpoint();
    },
    stop,
  };
}
