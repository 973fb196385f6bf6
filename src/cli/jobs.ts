/** `tenstar run <job>` and `tenstar jobs` (design.md section 4 and 8). */
import { randomUUID } from 'node:crypto';
import { Command } from '@commander-js/extra-typings';
import { Temporal } from 'temporal-polyfill';
import { jobResult } from '../../cards/shared/job-result.ts';
import { say, translator } from '../i18n.ts';
import type { Job } from '../job.ts';
import { jobs as allJobs } from '../jobs/index.ts';
import type { Use } from '../use.ts';
import { findJob } from '../usecases/scheduler/find-job.ts';
import { jobTable } from '../usecases/scheduler/job-table.ts';
import { parseMoment } from '../usecases/scheduler/moment.ts';
import type { RunReport } from '../usecases/scheduler/runner.ts';
import { createScheduler } from '../usecases/scheduler/scheduler.ts';
import { jobCalendar } from '../usecases/scheduler/slots.ts';
import { columns, type UseDeps, withUse, writeJson } from './output.ts';

export interface JobsDeps extends UseDeps {
  /** Every job when absent. */
  jobs?: readonly Job<Use>[];
}

/** `run`: exit 1 when not everything was done. */
export function runCommand(deps: JobsDeps) {
  const jobs = deps.jobs ?? allJobs;
  return new Command('run')
    .description('run a job now; it is safe to run one twice. Messages leave through the running bot')
    .argument('<job>', `one of: ${jobs.map((job) => job.name).join(', ')}`)
    .option('--now <moment>', 'act as of this time, for example 2026-10-09T15:00+08:00')
    .option('--json', 'print how it ended as JSON')
    .action(async (name, { now, json }) => {
      findJob(jobs, name); // before anything is opened
      const asOf = now === undefined ? null : parseMoment(now);
      const report = await withUse(deps, (use) => runJob(use, jobs, name, asOf));
      if (json === true)
        writeJson(deps, { job: report.job, slot: report.slot, state: report.state, ...dataOf(report.outcome) });
      else (report.state === 'failed' ? deps.stderr : deps.stdout).write(`${report.line}\n`);
      deps.setExitCode(report.state === 'failed' ? 1 : 0);
    });
}

async function runJob(
  use: Use,
  jobs: readonly Job<Use>[],
  name: string,
  asOf: number | null,
): Promise<RunReport & { line: string }> {
  const { config, db, log } = use;
  const now = () => use.now();
  const scheduler = createScheduler({
    db,
    jobs,
    use,
    timezone: config.timezone,
    calendar: jobCalendar(use),
    now,
    owner: randomUUID(),
    log,
  });
  const report = await scheduler.runJob(name, asOf ?? now());
  const outcome = report.outcome ?? { done: 0, failed: 0, note: '', lateMinutes: 0, attempts: 0 };
  const state = report.state === 'failed' ? 'failed' : 'done';
  const result = jobResult(translator(config.defaultLocale), {
    job: name,
    slot: report.slot,
    state,
    startedAt: 0,
    finishedAt: 0,
    outcome,
  });
  return { ...report, line: outcome.note === '' ? `${name}: ${result}` : `${name}: ${result} (${outcome.note})` };
}

const dataOf = (outcome: RunReport['outcome']) =>
  outcome === null
    ? {}
    : {
        done: outcome.done,
        failed: outcome.failed,
        note: outcome.note,
        late_minutes: outcome.lateMinutes,
        attempts: outcome.attempts,
      };

export function jobsCommand(deps: JobsDeps) {
  return new Command('jobs')
    .description('list the jobs: when each ran, how it ended, when it runs next')
    .option('--json', 'print the list as JSON')
    .action(async ({ json }) =>
      withUse(deps, async (use) => {
        const { timezone, defaultLocale } = use.config;
        const t = translator(defaultLocale);
        const rows = await jobTable(
          use.db.read,
          deps.jobs ?? allJobs,
          { timezone, calendar: jobCalendar(use) },
          use.now(),
        );
        const at = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : moment(ms, timezone));
        if (json === true) {
          const data = rows.map(({ name, schedule, summary, last, next }) => ({
            name,
            schedule,
            summary: say(t, summary),
            last:
              last === null
                ? null
                : { at: at(last.startedAt), slot: last.slot, state: last.state, ...dataOf(last.outcome) },
            next: at(next),
          }));
          writeJson(deps, data);
          return;
        }
        const lines = rows.map(({ name, schedule, summary, last, next }) => [
          name,
          schedule,
          at(last?.startedAt)?.slice(0, 16) ?? '-',
          at(next)?.slice(0, 16) ?? '-',
          [last === null ? t('job.never') : jobResult(t, last), say(t, summary)].join('  '),
        ]);
        deps.stdout.write(columns([['JOB', 'SCHEDULE', 'LAST', 'NEXT', ''], ...lines]));
      }),
    );
}

const moment = (ms: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
