/** Every job with its last run and its next moment, for `/jobs` and `tenstar jobs`. */
import type { TextKey } from '../../i18n.ts';
import type { Job } from '../../job.ts';
import type { Reader } from '../../store/db.ts';
import { type JobRun, lastRuns } from '../../store/job-run.ts';
import { createSlots, type Workdays } from './slots.ts';

export interface JobTableRow {
  name: string;
  schedule: string;
  /** Key of the text that says what the job does. */
  summary: TextKey;
  last: JobRun | null;
  /** Unix ms. */
  next: number | null;
}

/** @param now Unix ms; `timezone` is an IANA name. */
export async function jobTable<Use>(
  h: Reader,
  jobs: readonly Job<Use>[],
  { timezone, calendar }: { timezone: string; calendar: Workdays },
  now: number,
): Promise<JobTableRow[]> {
  const last = await lastRuns(h);
  return jobs.map((job) => ({
    name: job.name,
    schedule: job.schedule,
    summary: job.summary,
    last: last.get(job.name) ?? null,
    next: createSlots(job, timezone, calendar).next(now),
  }));
}
