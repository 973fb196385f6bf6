/** The vocabulary of scheduled jobs: one file per job in `src/jobs/`, each safe to run twice and to miss. */
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

/**
 * Handles items one by one; a failing one does not stop the others. Lets the event loop turn after each, because the local
 * database never does (platform/libsql.md rule 2).
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
    try {
      await handle(item);
      done += 1;
    } catch (error) {
      failed += 1;
      onError(error, item);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { done, failed };
}
