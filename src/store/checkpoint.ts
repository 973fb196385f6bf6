/** Empties the write-ahead log, without ever waiting on the thread for somebody who reads. */
import { z } from 'zod';
import type { Link } from './local-client.ts';

const outcome = z.object({ busy: z.int() });

/**
 * SQLite itself would wait for readers with the whole process standing still and the writer's lock held, up to the busy timeout; an
 * export of a year reads for longer than that.
 * @returns false while another connection reads: then the log is still there, and is to be emptied later
 */
export async function emptyLog(link: Link, busyTimeoutMs: number): Promise<boolean> {
  await link.execute('PRAGMA busy_timeout=0');
  try {
    const { rows } = await link.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    return outcome.parse(rows[0]).busy === 0;
  } finally {
    await link.execute(`PRAGMA busy_timeout=${busyTimeoutMs}`);
  }
}

/** Tries once now, and then again and again in the background until it is done. Never keeps the process alive. */
export function untilDone(attempt: () => Promise<boolean>, everyMs: number): { now(): Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  function plan(done: boolean): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (done || stopped) return;
    timer = setTimeout(() => void attempt().then(plan, () => plan(false)), everyMs);
    timer.unref();
  }
  return {
    now: async () => plan(await attempt()),
    stop() {
      stopped = true;
      plan(true);
    },
  };
}
