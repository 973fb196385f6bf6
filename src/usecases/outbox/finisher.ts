/** Collects what became of rows and writes it in groups: one commit for many messages. */
import type { Log } from '../../log.ts';
import type { Database, Writer } from '../../store/db.ts';
import { type Finish, finishRows } from '../../store/outbox.ts';
import type { Sleep } from './bell.ts';

const GROUP_ROWS = 16;
const AGAIN_AFTER_MS = 500;

export interface Finisher {
  /** `done` is called once the result is committed; until then the row must not be taken again. */
  add(finish: Finish, done: () => void): void;
  /** Runs `fn` in a transaction that also writes all results collected so far. One at a time. */
  commit<T>(fn: (tx: Writer) => Promise<T>): Promise<T>;
  /** Writes everything collected so far; resolves even when that fails, to be tried again. */
  flush(): Promise<void>;
  readonly pending: number;
}

export function createFinisher(deps: {
  db: Database;
  now: () => number;
  sleep: Sleep;
  flushMs: number;
  log: Pick<Log, 'error'>;
}): Finisher {
  let waiting: { finish: Finish; done: () => void }[] = [];
  let timer: AbortController | null = null;
  let last: Promise<unknown> = Promise.resolve();

  // One at a time, and settled before the next begins: a retry written twice would count two tries.
  function commit<T>(fn: (tx: Writer) => Promise<T>): Promise<T> {
    const result = last.then(async () => {
      let group: typeof waiting = [];
      const value = await deps.db.write(async (tx) => {
        group = [...waiting]; // a copy: results that come during the commit are not part of it
        await finishRows(
          tx,
          group.map(({ finish }) => finish),
          deps.now(),
        );
        return fn(tx);
      });
      const written = new Set(group);
      waiting = waiting.filter((item) => !written.has(item));
      for (const { done } of group) done();
      return value;
    });
    last = result.catch(() => {});
    return result;
  }
  async function flush(): Promise<void> {
    timer?.abort();
    timer = null;
    if (waiting.length === 0) return;
    try {
      await commit(async () => {});
    } catch (error) {
      // Nothing is lost: results stay here, and after a crash the rows are sent again with the same key.
      deps.log.error({ err: error }, 'outbox: results could not be written');
      schedule(AGAIN_AFTER_MS);
    }
  }
  function schedule(ms: number): void {
    if (timer) return;
    const mine = new AbortController();
    timer = mine;
    void deps.sleep(ms, mine.signal).then(() => {
      if (timer !== mine) return undefined;
      timer = null;
      return flush();
    });
  }

  return {
    add(finish, done) {
      waiting.push({ finish, done });
      if (waiting.length % GROUP_ROWS === 0) void flush();
      else schedule(deps.flushMs);
    },
    commit,
    flush,
    get pending() {
      return waiting.length;
    },
  };
}
