/** A run that was cut short, its process gone until the next day: it is taken over, and nobody gets a message twice, or one that has lost its sense. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { findRun } from '../../src/store/job-run.ts';
import { findJob } from '../../src/usecases/scheduler/find-job.ts';
import { parseMoment as at } from '../../src/usecases/scheduler/moment.ts';
import { createScheduler } from '../../src/usecases/scheduler/scheduler.ts';
import { jobCalendar } from '../../src/usecases/scheduler/slots.ts';
import { type OpinionWorld, opinionWorld } from '../support/opinion-world.ts';

const HOUR = 3_600_000;
async function city(now: string): Promise<OpinionWorld> {
  const world = await opinionWorld();
  await world.use.db.script(`INSERT INTO person_role (person, role, scope) VALUES ('M01', 'office', ''), ('M02', 'liaison', 'D1'),
    ('M03', 'leading_group', '')`);
  world.clock.now = at(now);
  return world;
}
const sent = async (world: OpinionWorld) => (await world.outbox()).map(({ card, recipient }) => `${card} ${recipient}`);

describe('the same moment, done again a day later', () => {
  it.each([
    ['rules-review', '2026-12-01T09:15+08:00'],
    ['plan-publish', '2026-12-01T09:15+08:00'],
    ['roster-check', '2026-12-01T09:20+08:00'],
    ['commitment-call', '2026-01-06T09:00+08:00'],
    ['weekly-check-open', '2026-10-16T15:00+08:00'],
    ['monthly-summary-open', '2026-10-26T09:00+08:00'],
    ['leading-group-remind', '2026-02-02T09:30+08:00'],
    ['quarter-guidance', '2026-09-15T09:30+08:00'],
    ['half-year-look', '2026-07-13T10:00+08:00'],
    ['weekly-check-close', '2026-10-12T10:00+08:00'],
    ['opinion-open', '2026-09-18T09:00+08:00'],
  ])('%s', async (name, moment) => {
    const world = await city(moment);
    const job = findJob(jobs, name);
    const slot = at(moment);
    await job.run(world.use, { now: slot, slot });
    const before = await sent(world);
    world.clock.now = slot + 24 * HOUR;
    await job.run(world.use, { now: world.clock.now, slot });
    expect(await sent(world)).toEqual(before);
  });
});

describe('a run whose process died is not taken over when it would be too late to begin it', () => {
  it.each([
    [30, 'done'],
    [60, 'failed'],
  ] as const)('weekly-check-remind, %i minutes later', async (minutes, state) => {
    const slot = '2026-10-12T09:00:00+08:00';
    const world = await city('2026-10-12T08:30+08:00');
    const { use } = world;
    await use.db.script(`INSERT INTO job_run (job, slot, state, owner, started_at, outcome) VALUES
      ('weekly-check-remind', '2026-10-08T09:00:00+08:00', 'done', 'dead', 0, '{}'),
      ('weekly-check-remind', '${slot}', 'running', 'dead', 0, '{"attempts":1}')`);
    world.clock.now = at(slot) + minutes * 60_000;
    const remind = jobs.filter(({ name }) => name === 'weekly-check-remind');
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const clock = {
      now: () => use.now(),
      owner: randomUUID(),
      timezone: 'Asia/Shanghai',
      calendar: jobCalendar(use),
      log,
    };
    await createScheduler({ db: use.db, jobs: remind, use, ...clock }).sweep();
    expect(await findRun(use.db.read, 'weekly-check-remind', slot)).toMatchObject({ state });
  });
});
