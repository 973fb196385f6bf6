/** The vocabulary of scheduled jobs: one file per job in `src/jobs/`, each safe to run twice and to miss. */
import type { Dates } from './domain/dates.ts';
import type { TextKey } from './i18n.ts';

export interface JobMoment {
  /** Unix ms; the time the job acts as of. */
  now: number;
  /** Unix ms; the scheduled moment this run stands for. Later than that by the time the process was down; `now` when run by hand. */
  slot: number;
}

export interface JobOutcome {
  /** Items handled. */
  done: number;
  /** Items that failed; the run is tried again, so handling an item twice must be harmless. */
  failed: number;
  /** One short line for the operator: no names, no marks. */
  note: string;
}

export interface Job<Use> {
  /** Lower case with hyphens, as typed in `tenstar run <job>`. */
  name: string;
  /** Five cron fields in `TIMEZONE`. */
  schedule: string;
  /** For a job whose days stand in the rules: the days of a year, `06-30`, out of those the schedule names. */
  days?: (dates: Dates) => readonly string[];
  /** Key of the text that says in one line what the job does. */
  summary: TextKey;
  /** `any`: on every day the schedule names; `workday`: left out on other days; `next_workday`: put off to the next working day, same hour. */
  workdayRule: 'any' | 'workday' | 'next_workday';
  /**
   * What happens when no process was up at the scheduled moment. Only the newest missed moment counts. `catch_up`: run once,
   * however late. Otherwise: run, unless it would be later than this many minutes.
   */
  missed: 'catch_up' | { skipIfOlderThanMinutes: number };
  run(use: Use, moment: JobMoment): Promise<JobOutcome>;
}

/** Checks a job against its type; `Use` is what the job needs of the application. */
export const defineJob = <Use>(job: Job<Use>): Job<Use> => job;

/** An item that took longer is followed by a rest of this at most. */
const MAX_REST_MS = 100;
/** Shorter ones are followed by a single turn of the event loop. */
const MIN_REST_MS = 2;

/**
 * As long a rest as the item took. The local database never lets the event loop turn (platform/libsql.md rule 2), and one turn
 * between items is not enough: Node takes one new connection a turn, so that clicks would wait for the end of the job.
 */
const rest = (tookMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (tookMs < MIN_REST_MS) setImmediate(resolve);
    else setTimeout(resolve, Math.min(tookMs, MAX_REST_MS));
  });

/**
 * Handles items one by one; a failing one does not stop the others. Takes half of the process's time at most.
 * @param onError told of every failure; must not throw.
 */
export async function eachItem<T>(
  items: Iterable<T> | AsyncIterable<T>,
  handle: (item: T) => Promise<unknown>,
  onError: (error: unknown, item: T) => void,
): Promise<Pick<JobOutcome, 'done' | 'failed'>> {
  let done = 0;
  let failed = 0;
  for await (const item of items) {
    const from = performance.now();
    try {
      await handle(item);
      done += 1;
    } catch (error) {
      failed += 1;
      onError(error, item);
    }
    await rest(performance.now() - from);
  }
  return { done, failed };
}
