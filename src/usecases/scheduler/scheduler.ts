/**
 * Scheduled jobs (design.md section 8). node-cron says when to look; the ledger in the database says what to do: every job's newest
 * scheduled moment is run once, by one process, whether it is reached, was missed, or was left half done by a process that died.
 */
import { schedule, type ScheduledTask } from 'node-cron';
import { TenstarError } from '../../errors.ts';
import type { Job } from '../../job.ts';
import { findRun, hasScheduledRun, type JobRun, type SkipNote, skipRun } from '../../store/job-run.ts';
import { realSleep } from '../outbox/bell.ts';
import { findJob } from './find-job.ts';
import { type JobTableRow, jobTable } from './job-table.ts';
import { type RunnerDeps, runOnce, type RunReport } from './runner.ts';
import { createSlots, type Slots, type Workdays } from './slots.ts';

export interface SchedulerDeps<Use> extends Omit<RunnerDeps, 'leaseMs' | 'realNow'> {
  jobs: readonly Job<Use>[];
  use: Use;
  /** IANA name. */
  timezone: string;
  calendar: Workdays;
  /** Called before every sweep: takes over what another process has changed. @returns whether days of jobs may have moved */
  refresh?: () => Promise<boolean>;
  realNow?: () => number;
  leaseMs?: number;
  /** Resolves after `ms` of real time. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Scheduler {
  /** Catches up once on what was missed, then follows the clock. */
  start(): Promise<void>;
  /** Follows the clock no longer; waits at most `timeoutMs` for jobs under way. */
  stop(timeoutMs: number): Promise<{ unfinished: number }>;
  /** Does whatever is due now: what `start` and the clock call, for tests and a clock that runs fast. */
  sweep(): Promise<RunReport[]>;
  /**
   * Runs a job by hand, as of `now` (Unix ms). The clock's own moments stay untouched. While another process runs the job this
   * waits; if that was the same run, its outcome is the answer.
   * @throws {TenstarError} `not_found` with the nearest name; `overloaded` when the other process does not come to an end.
   */
  runJob(name: string, now: number): Promise<RunReport>;
  jobTable(): Promise<JobTableRow[]>;
  /** The first scheduled moment after `now`, Unix ms, of any job that runs at set hours; null when there is none. For a clock that jumps. */
  nextMoment: (now: number) => number | null;
}

const LEASE_MS = 30_000;
const MINUTE_MS = 60_000;
/** Waits before a failed run is repeated; after the last of them it stays failed. */
const REPEAT_AFTER_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
const MAX_STARTS = 5;
/** Looks for takeovers, repeats and moments the timer missed; off the full minute, where the jobs themselves fire. */
const SWEEP_PATTERN = '30 * * * * *';
const BUSY_CHECK_MS = 100;
const BUSY_WAIT_MS = 60_000;
const BY_HAND = ' by hand';

/** A schedule such as `0 10 * * 1`; one that fires every hour or every few minutes is not worth a stop of its own. */
const atSetHours = (schedule: string): boolean => /^\d+ \d/.test(schedule);

interface Entry<Use> {
  job: Job<Use>;
  slots: Slots;
  /** Newest and next moment, good while `from ≤ now < until`. */
  cache: { from: number; until: number; newest: number | null } | null;
}

export function createScheduler<Use>(deps: SchedulerDeps<Use>): Scheduler {
  const realNow = deps.realNow ?? deps.now;
  const sleep = deps.sleep ?? realSleep;
  const runner: RunnerDeps = { ...deps, realNow, leaseMs: deps.leaseMs ?? LEASE_MS };
  const entries = new Map<string, Entry<Use>>();
  for (const job of deps.jobs) {
    if (entries.has(job.name)) throw new TenstarError('bug', `Two jobs are called ${job.name}.`);
    entries.set(job.name, { job, slots: createSlots(job, deps.timezone, deps.calendar), cache: null });
  }
  const startedAt = deps.now();
  const running = new Map<string, Promise<RunReport | null>>();
  let tasks: ScheduledTask[] = [];
  let stopping = false;

  function newestSlot(entry: Entry<Use>, now: number): number | null {
    const { cache, slots } = entry;
    if (cache && now >= cache.from && now < cache.until) return cache.newest;
    const dayEnd = now + 24 * 60 * MINUTE_MS; // the calendar may be corrected while we run
    entry.cache = { from: now, until: Math.min(slots.next(now) ?? dayEnd, dayEnd), newest: slots.newest(now) };
    return entry.cache.newest;
  }
  const mayRepeat = (run: JobRun): boolean => {
    const wait = REPEAT_AFTER_MS[run.outcome.attempts - 1];
    return (
      run.state === 'failed' && wait !== undefined && run.finishedAt !== null && deps.now() >= run.finishedAt + wait
    );
  };

  async function runDue({ job, slots }: Entry<Use>, slot: number): Promise<RunReport | null> {
    const now = deps.now();
    const text = slots.text(slot);
    const skip = (note: SkipNote) =>
      deps.db.write((tx) => skipRun(tx, { job: job.name, slot: text, owner: deps.owner, now: Math.trunc(now) }, note));
    const run = await findRun(deps.db.read, job.name, text);
    const tooLate = job.missed !== 'catch_up' && now - slot > job.missed.skipIfOlderThanMinutes * MINUTE_MS;
    if (run === null) {
      // The first start after an installation, or after an update that brought the job: the past is not its business.
      if (slot < startedAt && !(await hasScheduledRun(deps.db.read, job.name))) {
        await skip('before_first_start');
        return null;
      }
      if (tooLate) {
        await skip('too_late');
        return null;
      }
    } else if (run.state !== 'running' && (tooLate || !mayRepeat(run))) return null;
    const lateMinutes = Math.floor((now - slot) / MINUTE_MS);
    return runOnce(runner, deps.use, job, {
      slot: text,
      moment: { now, slot },
      lateMinutes,
      maxStarts: tooLate ? 0 : MAX_STARTS, // one that was cut short is then given up, not done when it has lost its sense
      mayRepeat,
    });
  }
  /** One run of a job at a time in this process; the ledger sees to the others. */
  function look(entry: Entry<Use>): Promise<RunReport | null> {
    const name = entry.job.name;
    const slot = newestSlot(entry, deps.now());
    if (stopping || slot === null || running.has(name)) return Promise.resolve(null);
    const run = runDue(entry, slot)
      .catch((error: unknown) => {
        deps.log.error({ err: error, job: name }, 'job: the ledger could not be used');
        return null;
      })
      .finally(() => running.delete(name));
    running.set(name, run);
    return run;
  }
  async function refresh(): Promise<void> {
    try {
      if (await deps.refresh?.()) for (const entry of entries.values()) entry.cache = null;
    } catch (error) {
      deps.log.error({ err: error }, 'job: the dates of the year could not be read again');
    }
  }
  async function sweep(): Promise<RunReport[]> {
    await refresh();
    const reports: RunReport[] = [];
    for (const entry of entries.values()) {
      const report = await look(entry);
      if (report && (report.state === 'done' || report.state === 'failed')) reports.push(report);
    }
    return reports;
  }
  function find(name: string): Entry<Use> {
    const entry = entries.get(findJob(deps.jobs, name).name);
    if (entry === undefined) throw new TenstarError('bug', `The job ${name} has no schedule.`);
    return entry;
  }

  return {
    async start() {
      await sweep();
      if (stopping) return;
      const options = { timezone: deps.timezone, noOverlap: true, suppressMissedWarning: true }; // the sweep sees to missed ones
      tasks = [...entries.values()].map((entry) =>
        schedule(entry.slots.triggerPattern, () => look(entry), { ...options, name: entry.job.name }),
      );
      tasks.push(schedule(SWEEP_PATTERN, sweep, { ...options, name: 'sweep' }));
    },
    async stop(timeoutMs) {
      stopping = true;
      for (const task of tasks) await task.destroy();
      const ended = new AbortController();
      await Promise.race([Promise.all(running.values()), sleep(timeoutMs, ended.signal)]);
      ended.abort();
      return { unfinished: running.size };
    },
    sweep,
    async runJob(name, now) {
      const { job, slots } = find(name);
      const slot = `${slots.text(now)}${BY_HAND}`;
      const before = (await findRun(deps.db.read, name, slot))?.outcome.attempts ?? 0;
      const until = realNow() + BUSY_WAIT_MS;
      for (;;) {
        const report = await runOnce(runner, deps.use, job, {
          slot,
          moment: { now, slot: now },
          lateMinutes: 0,
          maxStarts: Number.POSITIVE_INFINITY,
          mayRepeat: (run) => run.outcome.attempts === before,
        });
        if (report.state === 'finished')
          return { ...report, outcome: (await findRun(deps.db.read, name, slot))?.outcome ?? null };
        if (report.state !== 'busy') return report;
        if (realNow() >= until)
          throw new TenstarError(
            'overloaded',
            `Another process is still running ${name}. Wait until it has ended, then run it again.`,
          );
        await sleep(BUSY_CHECK_MS);
      }
    },
    nextMoment(now) {
      const moments = [...entries.values()]
        .filter(({ job }) => atSetHours(job.schedule))
        .flatMap(({ slots }) => slots.next(now) ?? []);
      return moments.length === 0 ? null : Math.min(...moments);
    },
    jobTable: () => jobTable(deps.db.read, deps.jobs, deps, deps.now()),
  };
}
