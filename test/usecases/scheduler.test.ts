import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getTasks } from 'node-cron';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eachItem, type Job, type JobMoment } from '../../src/job.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { findRun, skipRun } from '../../src/store/job-run.ts';
import { migrate } from '../../src/store/migrations.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { createScheduler, type SchedulerDeps } from '../../src/usecases/scheduler/scheduler.ts';
import { createSlots } from '../../src/usecases/scheduler/slots.ts';
import { tempDatabase, tempDatabaseUrl } from '../support/temp-database.ts';

const ZONE = 'Asia/Shanghai';
const at = parseMoment;
const MINUTE = 60_000;
// 1–7 October 2026 are days off, Saturday 10 October is worked instead.
const OFF = [
  '10-01',
  '10-02',
  '10-03',
  '10-04',
  '10-05',
  '10-06',
  '10-07',
  '10-11',
  '10-17',
  '10-18',
  '10-24',
  '10-25',
];
const calendar = {
  isWorkday: (date: string) => !OFF.includes(date.slice(5)),
  nextWorkday(date: string): string {
    const after = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
    return calendar.isWorkday(date) ? date : calendar.nextWorkday(after);
  },
};

type Log = { moments: JobMoment[] };
function aJob(more: Partial<Job<Log>> = {}): Job<Log> {
  return {
    name: 'weekly-check-open',
    schedule: '0 15 * * 5',
    summary: 'job.what.league',
    workdayRule: 'any',
    missed: 'catch_up',
    run(use, moment) {
      use.moments.push(moment);
      return Promise.resolve({ done: 3, failed: 0, note: 'opened' });
    },
    ...more,
  };
}
const faults: unknown[] = [];
afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});
function aScheduler(
  db: Database,
  clock: { now: number },
  jobs: readonly Job<Log>[],
  more: Partial<SchedulerDeps<Log>> = {},
) {
  const use: Log = { moments: [] };
  const scheduler = createScheduler({
    db,
    jobs,
    use,
    now: () => clock.now,
    owner: randomUUID(),
    timezone: ZONE,
    calendar,
    log: { info: () => {}, warn: () => {}, error: (...what: unknown[]) => void faults.push(what) },
    ...more,
  });
  return { scheduler, use };
}

describe('slots', () => {
  it.each([
    [
      'before the hour of the day',
      '0 15 * * 5',
      'any',
      '2026-10-16T14:59+08:00',
      '2026-10-09T15:00:00+08:00',
      '2026-10-16T15:00:00+08:00',
    ],
    [
      'at the moment itself',
      '0 15 * * 5',
      'any',
      '2026-10-16T15:00+08:00',
      '2026-10-16T15:00:00+08:00',
      '2026-10-23T15:00:00+08:00',
    ],
    [
      'a day off is left out',
      '0 15 * * 5',
      'workday',
      '2026-10-05T12:00+08:00',
      '2026-09-25T15:00:00+08:00',
      '2026-10-09T15:00:00+08:00',
    ],
    [
      'a day off is put off',
      '0 9 5 * *',
      'next_workday',
      '2026-10-08T08:00+08:00',
      '2026-09-05T09:00:00+08:00',
      '2026-10-08T09:00:00+08:00',
    ],
    [
      'and reached on the later day',
      '0 9 5 * *',
      'next_workday',
      '2026-10-08T09:00+08:00',
      '2026-10-08T09:00:00+08:00',
      '2026-11-05T09:00:00+08:00',
    ],
    [
      'several times a day',
      '0,30 9,15 * * *',
      'any',
      '2026-10-16T09:31+08:00',
      '2026-10-16T09:30:00+08:00',
      '2026-10-16T15:00:00+08:00',
    ],
    [
      'the last day of a month',
      '0 9 L * *',
      'any',
      '2026-10-16T09:31+08:00',
      '2026-09-30T09:00:00+08:00',
      '2026-10-31T09:00:00+08:00',
    ],
    [
      'once a year',
      '0 9 5 1 *',
      'any',
      '2026-10-16T09:31+08:00',
      '2026-01-05T09:00:00+08:00',
      '2027-01-05T09:00:00+08:00',
    ],
  ] as const)('%s', (_, schedule, workdayRule, now, newest, next) => {
    const slots = createSlots(aJob({ schedule, workdayRule }), ZONE, calendar);
    expect([slots.newest(at(now)), slots.next(at(now))].map((m) => m && slots.text(m))).toEqual([newest, next]);
  });

  it('days off in a row put everything off to one moment', () => {
    const slots = createSlots(aJob({ schedule: '0 9 * * *', workdayRule: 'next_workday' }), ZONE, calendar);
    expect(slots.text(slots.newest(at('2026-10-08T08:59+08:00'))!)).toBe('2026-09-30T09:00:00+08:00');
    expect(slots.text(slots.next(at('2026-10-01T10:00+08:00'))!)).toBe('2026-10-08T09:00:00+08:00');
    expect(slots.triggerPattern).toBe('0 9 * * *');
  });

  it.each(['0 15 * *', '* * * * * *', '0 25 * * *', 'often'])('refuses the schedule %j', (schedule) => {
    expect(() => createSlots(aJob({ schedule }), ZONE, calendar)).toThrow('five cron fields');
  });
});

describe('parseMoment', () => {
  it.each([
    ['2026-10-09T15:00+08:00', Date.UTC(2026, 9, 9, 7)],
    ['2026-10-09T15:00:30Z', Date.UTC(2026, 9, 9, 15, 0, 30)],
  ])('%s', (input, want) => expect(parseMoment(input)).toBe(want));
  it.each([
    '2026-10-09',
    '2026-10-09T15:00',
    '2026-02-30T15:00+08:00',
    '2026-10-09T25:00Z',
    '2026-10-09 15:00+08:00',
    'tomorrow',
    '',
  ])('refuses %j', (input) => expect(() => parseMoment(input)).toThrow('for example 2026-10-09T15:00+08:00'));
});

describe('scheduler', () => {
  const FRIDAY = at('2026-10-09T15:00+08:00');
  const SLOT = '2026-10-09T15:00:00+08:00';

  it('does not run what lies before the first start, then runs each moment once', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY - 10 * MINUTE };
    const { scheduler, use } = aScheduler(db, clock, [aJob()]);
    expect(await scheduler.sweep()).toEqual([]);
    clock.now = FRIDAY;
    expect(await scheduler.sweep()).toMatchObject([{ job: 'weekly-check-open', slot: SLOT, state: 'done' }]);
    clock.now = FRIDAY + MINUTE;
    expect(await scheduler.sweep()).toEqual([]);
    expect(use.moments).toEqual([{ now: FRIDAY, slot: FRIDAY }]);
    expect(await findRun(db.read, 'weekly-check-open', SLOT)).toMatchObject({
      state: 'done',
      outcome: { done: 3, note: 'opened', attempts: 1 },
    });
  });

  it.each([
    { name: 'only the newest missed moment is caught up', missed: 'catch_up', late: 3 * 24 * 60, ran: true },
    { name: 'late, but within the rule', missed: { skipIfOlderThanMinutes: 60 }, late: 60, ran: true },
    { name: 'too late by the rule', missed: { skipIfOlderThanMinutes: 60 }, late: 61, ran: false },
  ] as const)('at start-up: $name', async ({ missed, late, ran }) => {
    const db = await tempDatabase();
    const me = { job: 'weekly-check-open', owner: 'earlier', now: FRIDAY };
    await db.write((tx) => skipRun(tx, { ...me, slot: '2026-09-18T15:00:00+08:00' }, 'before_first_start'));
    const clock = { now: FRIDAY + late * MINUTE };
    const { scheduler, use } = aScheduler(db, clock, [aJob({ missed })]);
    await scheduler.start();
    await scheduler.stop(1_000);
    expect(use.moments).toEqual(ran ? [{ now: clock.now, slot: FRIDAY }] : []);
    const run = await findRun(db.read, 'weekly-check-open', SLOT);
    expect(run).toMatchObject(
      ran
        ? { state: 'done', outcome: { note: 'opened', lateMinutes: late } }
        : { state: 'skipped', outcome: { note: 'too_late' } },
    );
  });

  it('a failing job is repeated three times, then left', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY - MINUTE };
    let runs = 0;
    const job = aJob({ run: () => Promise.resolve({ done: 1, failed: ++runs, note: '' }) });
    const { scheduler } = aScheduler(db, clock, [job]);
    await scheduler.sweep();
    for (clock.now = FRIDAY; clock.now < FRIDAY + 120 * MINUTE; clock.now += MINUTE) await scheduler.sweep();
    expect(runs).toBe(4);
    expect(await findRun(db.read, job.name, SLOT)).toMatchObject({
      state: 'failed',
      outcome: { attempts: 4, failed: 4 },
    });
  });

  it('a throw is noted by name only, and other jobs go on', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY - MINUTE };
    const bad = aJob({ name: 'bad', run: () => Promise.reject(new RangeError('about 张三')) });
    const { scheduler, use } = aScheduler(db, clock, [bad, aJob()]);
    await scheduler.sweep();
    clock.now = FRIDAY;
    await scheduler.sweep();
    expect(faults.splice(0)).toHaveLength(1);
    expect(use.moments).toHaveLength(1);
    expect(await findRun(db.read, 'bad', SLOT)).toMatchObject({ state: 'failed', outcome: { note: 'RangeError' } });
  });

  it('by hand a job acts as of the given time, every time, and the clock is not disturbed', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY - MINUTE };
    const { scheduler, use } = aScheduler(db, clock, [aJob()]);
    await scheduler.sweep();
    for (let i = 0; i < 2; i++)
      expect(await scheduler.runJob('weekly-check-open', FRIDAY)).toMatchObject({
        state: 'done',
        outcome: { done: 3 },
      });
    clock.now = FRIDAY;
    await scheduler.sweep();
    expect(use.moments).toEqual([1, 2, 3].map(() => ({ now: FRIDAY, slot: FRIDAY })));
    await expect(scheduler.runJob('weekly-chek-open', FRIDAY)).rejects.toThrow('Did you mean weekly-check-open?');
    await expect(scheduler.runJob('something-else', FRIDAY)).rejects.toThrow('The jobs are: weekly-check-open.');
  });

  it('the same run by hand twice at once: the second waits and answers with the outcome of the first', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY };
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    const job = aJob({
      run: async () => {
        runs += 1;
        await gate.promise;
        return { done: 7, failed: 0, note: '' };
      },
    });
    const [a, b] = [
      aScheduler(db, clock, [job]).scheduler,
      aScheduler(db, clock, [job], { sleep: async () => gate.resolve() }).scheduler,
    ];
    const reports = await Promise.all([a.runJob(job.name, FRIDAY), b.runJob(job.name, FRIDAY)]);
    expect(runs).toBe(1);
    expect(reports.map(({ outcome }) => outcome?.done)).toEqual([7, 7]);
  });

  it('the table shows the last run and the next moment', async () => {
    const db = await tempDatabase();
    const clock = { now: FRIDAY - MINUTE };
    const { scheduler } = aScheduler(db, clock, [aJob()]);
    await scheduler.sweep();
    clock.now = FRIDAY;
    await scheduler.sweep();
    expect(await scheduler.jobTable()).toMatchObject([
      {
        name: 'weekly-check-open',
        schedule: '0 15 * * 5',
        last: { slot: SLOT, state: 'done' },
        next: at('2026-10-16T15:00+08:00'),
      },
    ]);
  });

  it('follows the clock by one named task a job, in the zone, without overlap', async () => {
    const db = await tempDatabase();
    const jobs = [aJob(), aJob({ name: 'monthly-summary-close', schedule: '0 9 5 * *', workdayRule: 'next_workday' })];
    const { scheduler } = aScheduler(db, { now: FRIDAY - MINUTE }, jobs);
    const tasks = () => [...getTasks().values()].map((task) => [task.name, task.getPattern()]);
    await scheduler.start();
    expect(tasks()).toEqual([
      ['weekly-check-open', '0 15 * * 5'],
      ['monthly-summary-close', '0 9 * * *'],
      ['sweep', '30 * * * * *'],
    ]);
    await scheduler.stop(0);
    expect(tasks()).toEqual([]);
  });

  it('items are handled one by one and counted', async () => {
    const failed: number[] = [];
    const handle = (n: number) => (n === 2 ? Promise.reject(new Error('no')) : Promise.resolve());
    expect(await eachItem([1, 2, 3], handle, (_, n) => failed.push(n))).toEqual({ done: 2, failed: 1 });
    expect(failed).toEqual([2]);
  });
});

describe('several processes', () => {
  const CHILD = fileURLToPath(new URL('../support/scheduler-process.ts', import.meta.url));
  const FRIDAY = at('2026-10-09T15:00+08:00');
  async function database() {
    const url = tempDatabaseUrl();
    const db = await openDatabase({ url });
    await migrate(db, 0);
    await db.script('CREATE TABLE ran (who TEXT) STRICT');
    const earlier = { job: 'weekly-check-open', slot: '2026-10-02T15:00:00+08:00', owner: 'earlier', now: 0 };
    await db.write((tx) => skipRun(tx, earlier, 'before_first_start'));
    const ran = async () =>
      (await db.read.all(z.object({ who: z.string() }), 'SELECT who FROM ran')).map(({ who }) => who);
    return { url, db, ran };
  }
  const start = (url: string, mode: string, name: string) =>
    spawn(process.execPath, [CHILD, url, String(FRIDAY + 1), mode, name], { stdio: ['ignore', 'pipe', 'inherit'] });

  it('exactly one of four runs the job', async () => {
    const { url, ran } = await database();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => text(start(url, 'run', name).stdout)));
    expect(await ran()).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('["done"]'))).toHaveLength(1);
  });

  it('a run whose process was killed is taken over, not before its lease has run out', async () => {
    const { url, db, ran } = await database();
    const first = start(url, 'hang', 'first');
    await once(first.stdout, 'data');
    await delay(2_000); // longer than the lease: the living process must have renewed it
    expect(await text(start(url, 'run', 'too early').stdout)).toBe('[]\n');
    first.kill('SIGKILL');
    await once(first, 'exit');
    let answer = '[]\n';
    while (answer === '[]\n') answer = await text(start(url, 'run', 'second').stdout);
    expect(await ran()).toEqual(['first', 'second']);
    const run = await findRun(db.read, 'weekly-check-open', '2026-10-09T15:00:00+08:00');
    expect(run).toMatchObject({ state: 'done', outcome: { attempts: 2 } });
  });
});
