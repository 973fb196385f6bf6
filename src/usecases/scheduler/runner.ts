/** Runs one job once: claims it in the ledger, keeps the claim alive while it runs, and writes how it ended. */
import { randomUUID } from 'node:crypto';
import { TenstarError } from '../../errors.ts';
import type { Job, JobMoment } from '../../job.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/db.ts';
import { claimRun, finishRun, type JobRun, renewRun, type RunOutcome } from '../../store/job-run.ts';

export interface RunnerDeps {
  db: Database;
  /** Unix ms; the time jobs act by. */
  now: () => number;
  /** Unix ms; the time that passes outside, for leases. */
  realNow: () => number;
  /** Differs for every process and every start of it. */
  owner: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Another process takes a run over this long after its process died. */
  leaseMs: number;
}

export interface RunReport {
  job: string;
  slot: string;
  /** `busy`: a process runs this job now; `finished`: this moment was dealt with before. */
  state: 'done' | 'failed' | 'busy' | 'finished';
  outcome: RunOutcome | null;
}

const RENEWALS_PER_LEASE = 3;
const NOTE_MAX = 200; // characters

/** Text of an error for the ledger: our own sentences, which hold nothing secret; of others only the name. */
const failureNote = (error: unknown): string =>
  (error instanceof TenstarError ? error.message : error instanceof Error ? error.name : 'unknown error').slice(
    0,
    NOTE_MAX,
  );

export async function runOnce<Use>(
  deps: RunnerDeps,
  use: Use,
  job: Job<Use>,
  run: { slot: string; moment: JobMoment; lateMinutes: number; maxStarts: number; mayRepeat: (run: JobRun) => boolean },
): Promise<RunReport> {
  const { slot, moment, lateMinutes, maxStarts, mayRepeat } = run;
  const name = job.name;
  const owner = `${deps.owner}/${randomUUID()}`; // two runs inside one process must not share a claim
  const me = () => ({
    job: name,
    slot,
    owner,
    now: Math.trunc(deps.now()),
    realNow: deps.realNow(),
    leaseMs: deps.leaseMs,
  });
  const claim = await deps.db.write((tx) => claimRun(tx, { ...me(), maxStarts, mayRepeat }));
  if (claim.kind !== 'claimed') {
    if (claim.kind === 'exhausted') deps.log.error({ job: name, slot }, 'job: given up, it never came to its end');
    return { job: name, slot, state: claim.kind === 'busy' ? 'busy' : 'finished', outcome: null };
  }
  if (claim.takenOver) deps.log.warn({ job: name, slot }, 'job: taken over from a process that died');

  const heartbeat = setInterval(() => {
    deps.db
      .write((tx) => renewRun(tx, me()))
      .then((held) => held || deps.log.warn({ job: name, slot }, 'job: another process has taken this run over'))
      .catch((error: unknown) => deps.log.error({ err: error, job: name }, 'job: the claim could not be renewed'));
  }, deps.leaseMs / RENEWALS_PER_LEASE);
  let state: 'done' | 'failed';
  let outcome: RunOutcome;
  try {
    const { done, failed, note } = await job.run(use, moment);
    state = failed > 0 ? 'failed' : 'done';
    outcome = { done, failed, note: note.slice(0, NOTE_MAX), lateMinutes, attempts: claim.attempts };
  } catch (error) {
    deps.log.error({ err: error, job: name, slot }, 'job: failed');
    state = 'failed';
    outcome = { done: 0, failed: 0, note: failureNote(error), lateMinutes, attempts: claim.attempts };
  } finally {
    clearInterval(heartbeat);
  }
  await deps.db.write((tx) => finishRun(tx, me(), state, outcome));
  deps.log.info({ job: name, slot, state, done: outcome.done, failed: outcome.failed }, 'job: ended');
  return { job: name, slot, state, outcome };
}
