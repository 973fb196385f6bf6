/** The ledger of job runs: one row per job and scheduled moment, claimed in the database, so that exactly one process runs it. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';
import { releaseLease, takeLease } from './lease.ts';

const outcomeSchema = z.object({
  done: z.int().default(0),
  failed: z.int().default(0),
  /** The job's own line; of a skipped run a `SkipNote`, of a failed one the name of the error. */
  note: z.string().default(''),
  lateMinutes: z.int().default(0),
  /** Starts of this run, takeovers and repeats included. */
  attempts: z.int().default(0),
});
export type RunOutcome = z.infer<typeof outcomeSchema>;
/** Why a moment was left out. */
export type SkipNote = 'before_first_start' | 'too_late';

const runRow = z.object({
  job: z.string(),
  slot: z.string(),
  state: z.enum(['running', 'done', 'failed', 'skipped']),
  startedAt: z.int(),
  finishedAt: z.int().nullable(),
  outcome: jsonText(outcomeSchema),
});
export type JobRun = z.infer<typeof runRow>;

const SELECT = 'SELECT job, slot, state, started_at AS startedAt, finished_at AS finishedAt, outcome FROM job_run';

export const findRun = (h: Reader, job: string, slot: string): Promise<JobRun | null> =>
  h.get(runRow, `${SELECT} WHERE job = ? AND slot = ?`, [job, slot]);

/** The run of each job that began last, runs by hand included. */
export async function lastRuns(h: Reader): Promise<Map<string, JobRun>> {
  const sql = `${SELECT} AS r WHERE started_at = (SELECT max(started_at) FROM job_run WHERE job = r.job) ORDER BY slot`;
  return new Map((await h.all(runRow, sql)).map((run) => [run.job, run]));
}

/** Whether the clock has ever reached a moment of this job, so that a new installation does not catch up on the past. */
export async function hasScheduledRun(h: Reader, job: string): Promise<boolean> {
  const sql = "SELECT count(*) AS n FROM job_run WHERE job = ? AND slot NOT LIKE '% %'";
  return ((await h.get(z.object({ n: z.int() }), sql, [job]))?.n ?? 0) > 0;
}

const leaseName = (job: string): string => `job:${job}`;

export interface Claim {
  job: string;
  slot: string;
  /** Differs for every run, not only for every process. */
  owner: string;
  /** Unix ms, the time the ledger shows. */
  now: number;
  /** Unix ms, the time that passes outside: for the lease. */
  realNow: number;
  leaseMs: number;
  /** Starts after which a run that never ended is given up: it may be what kills the process. */
  maxStarts: number;
  /** A failed run may be repeated when this says so; a finished one only by hand. */
  mayRepeat: (run: JobRun) => boolean;
}
/** `claimed`: run it. `busy`: some process runs this job now. `finished`: nothing to do. `exhausted`: began too often and never ended. */
export type ClaimResult =
  | { kind: 'claimed'; attempts: number; takenOver: boolean }
  | { kind: 'busy' | 'finished' | 'exhausted' };

const START = `INSERT INTO job_run (job, slot, state, owner, started_at, outcome) VALUES (?1, ?2, 'running', ?3, ?4, ?5)
  ON CONFLICT (job, slot) DO UPDATE SET state = 'running', owner = excluded.owner, started_at = excluded.started_at,
    finished_at = NULL, outcome = excluded.outcome`;

/** Claims a run. A `running` row whose job lease has run out belongs to a process that died, and is taken over. */
export async function claimRun(tx: Writer, claim: Claim): Promise<ClaimResult> {
  const { job, slot, owner, now } = claim;
  if (!(await renewRun(tx, claim))) return { kind: 'busy' };
  const run = await findRun(tx, job, slot);
  const attempts = run?.outcome.attempts ?? 0;
  const takenOver = run?.state === 'running';
  if (run && !takenOver && !claim.mayRepeat(run)) {
    await releaseLease(tx, leaseName(job), owner);
    return { kind: 'finished' };
  }
  if (takenOver && attempts >= claim.maxStarts) {
    await tx.run("UPDATE job_run SET state = 'failed', finished_at = ?3 WHERE job = ?1 AND slot = ?2", [
      job,
      slot,
      now,
    ]);
    await releaseLease(tx, leaseName(job), owner);
    return { kind: 'exhausted' };
  }
  // Whoever holds the lease knows that no other run of this job is alive.
  await tx.run(
    "UPDATE job_run SET state = 'failed', finished_at = ?3 WHERE job = ?1 AND slot <> ?2 AND state = 'running'",
    [job, slot, now],
  );
  const outcome: RunOutcome = { done: 0, failed: 0, note: '', lateMinutes: 0, attempts: attempts + 1 };
  await tx.run(START, [job, slot, owner, now, JSON.stringify(outcome)]);
  return { kind: 'claimed', attempts: attempts + 1, takenOver };
}

/** Says that the run goes on. @returns false when another process has taken it over. */
export const renewRun = (
  tx: Writer,
  { job, owner, realNow, leaseMs }: Pick<Claim, 'job' | 'owner' | 'realNow' | 'leaseMs'>,
): Promise<boolean> => takeLease(tx, { name: leaseName(job), owner, now: realNow, forMs: leaseMs });

/** Writes how a run ended, unless another process has taken it over meanwhile. */
export async function finishRun(
  tx: Writer,
  { job, slot, owner, now }: Pick<Claim, 'job' | 'slot' | 'owner' | 'now'>,
  state: 'done' | 'failed',
  outcome: RunOutcome,
): Promise<void> {
  await tx.run(
    "UPDATE job_run SET state = ?1, finished_at = ?2, outcome = ?3 WHERE job = ?4 AND slot = ?5 AND owner = ?6 AND state = 'running'",
    [state, now, JSON.stringify(outcome), job, slot, owner],
  );
  await releaseLease(tx, leaseName(job), owner);
}

/** Notes that a moment was left out, and why. */
export async function skipRun(
  tx: Writer,
  { job, slot, owner, now }: Pick<Claim, 'job' | 'slot' | 'owner' | 'now'>,
  note: SkipNote,
): Promise<void> {
  const outcome: RunOutcome = { done: 0, failed: 0, note, lateMinutes: 0, attempts: 0 };
  await tx.run(
    `INSERT INTO job_run (job, slot, state, owner, started_at, finished_at, outcome) VALUES (?1, ?2, 'skipped', ?3, ?4, ?4, ?5)
     ON CONFLICT (job, slot) DO NOTHING`,
    [job, slot, owner, now, JSON.stringify(outcome)],
  );
}

/** Deletes runs that ended before `before` (Unix ms), except each job's newest by the clock, whatever was run by hand. @returns how many. */
export const pruneRuns = (tx: Writer, before: number): Promise<number> =>
  tx.run(
    `DELETE FROM job_run WHERE finished_at < ?1 AND (slot LIKE '% %' OR slot <>
       (SELECT max(slot) FROM job_run AS newer WHERE newer.job = job_run.job AND newer.slot NOT LIKE '% %'))`,
    [before],
  );
