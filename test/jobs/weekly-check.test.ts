/** Weekly checks under the real scheduler: holidays and make-up days, missed runs, a run that breaks off, several processes (J8). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobs } from '../../src/jobs/index.ts';
import { findRun } from '../../src/store/job-run.ts';
import type { Use } from '../../src/use.ts';
import { jobCalendar } from '../../src/usecases/scheduler/slots.ts';
import { createScheduler } from '../../src/usecases/scheduler/scheduler.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { sweepTogether } from '../support/sweep-together.ts';

const at = (time: string) => Date.parse(`${time}:00+08:00`);
const MINE = new Set([
  'weekly-check-open',
  'weekly-check-remind',
  'weekly-check-close',
  'commitment-call',
  'commitment-clock',
]);
const scheduler = (use: Use) =>
  createScheduler({
    db: use.db,
    jobs: jobs.filter((job) => MINE.has(job.name)),
    use,
    now: () => use.now(),
    owner: randomUUID(),
    timezone: 'Asia/Shanghai',
    calendar: jobCalendar(use),
    log: use.log,
  });
/** The digest of a district rides with the closing: one message on Monday, also in a week without a check. */
const CHECK_CARDS = ['weekly_check', 'weekly_check_reminder', 'check_digest', 'district_digest', 'check_missed'];
const sent = async (world: CommitWorld) =>
  (await world.outbox())
    .filter(({ card }) => CHECK_CARDS.includes(card))
    .map(({ card, recipient }) => `${card} ${recipient}`);
/** With tasks for M01 and X0, as if a bot had been up at this moment. */
async function upAt(time: string): Promise<CommitWorld> {
  const world = await commitWorld();
  world.clock.now = at(time);
  await world.use.db.write(async (tx) => {
    for (const [branch, owner] of [
      ['B001', 'M01'],
      ['B002', 'X0'],
    ] as const)
      await tx.run(
        "INSERT INTO task (id, branch, year, own, owner, text, due, state) VALUES (?, ?, 2026, 0, ?, '整理台账', '2026-12-30', 'open')",
        [randomUUID(), branch, owner],
      );
  });
  // Of this bot the scheduler has run once before; what comes now is no installation.
  world.clock.now -= 60_000;
  const bot = scheduler(world.use);
  world.clock.now += 60_000;
  await bot.sweep();
  return world;
}
/** Lets the clock go by, looking every hour, as a bot would that is always up. */
async function liveUntil(
  world: CommitWorld,
  end: string,
  skip: (now: number) => boolean = () => false,
): Promise<string[]> {
  const bot = scheduler(world.use);
  const ran: string[] = [];
  for (; world.clock.now <= at(end); world.clock.now += 3_600_000) {
    if (skip(world.clock.now)) continue;
    for (const report of await bot.sweep()) ran.push(`${report.slot.slice(0, 16)} ${report.job} ${report.state}`);
  }
  return ran.filter((line) => line.includes('weekly'));
}

describe('the calendar', () => {
  it('an ordinary week: Friday, Monday morning, Monday at ten', async () => {
    const world = await upAt('2026-10-15T09:00');
    expect(await liveUntil(world, '2026-10-20T09:00')).toEqual([
      '2026-10-16T15:00 weekly-check-open done',
      '2026-10-19T09:00 weekly-check-remind done',
      '2026-10-19T10:00 weekly-check-close done',
    ]);
    expect(await sent(world)).toEqual([
      'weekly_check M01',
      'weekly_check X0',
      'weekly_check_reminder M01',
      'weekly_check_reminder X0',
      'check_digest S0',
      'check_digest X0',
      'district_digest P1',
    ]);
  });
  it('over the National Day holidays nothing is sent, and no week is counted that was not asked', async () => {
    const world = await upAt('2026-09-30T09:00');
    const ran = await liveUntil(world, '2026-10-09T16:00');
    // The Friday is a holiday: no check. Its Monday is put off to the first working day and finds nothing to do.
    expect(ran).toEqual([
      '2026-10-08T09:00 weekly-check-remind done',
      '2026-10-08T10:00 weekly-check-close done',
      '2026-10-09T15:00 weekly-check-open done',
    ]);
    expect(await sent(world)).toEqual(['district_digest P1', 'weekly_check M01', 'weekly_check X0']);
  });
  it('before the Spring Festival: opened on Friday the 13th, answered until the first working day after it', async () => {
    const world = await upAt('2026-02-13T14:00');
    const ran = await liveUntil(world, '2026-02-27T16:00');
    expect(ran).toEqual([
      '2026-02-13T15:00 weekly-check-open done',
      '2026-02-24T09:00 weekly-check-remind done',
      '2026-02-24T10:00 weekly-check-close done',
      '2026-02-27T15:00 weekly-check-open done',
    ]);
    for (const { notBefore } of await world.outbox())
      expect(world.use.calendar.withinHours(world.use.rules.messages, notBefore)).toBe(true);
  });
  it('a Friday that is worked at the end of a shortened week is a Friday like any other; a Saturday that is worked changes nothing', async () => {
    const world = await upAt('2026-10-09T09:00'); // the 10th is a Saturday that is worked
    expect(await liveUntil(world, '2026-10-12T11:00')).toEqual([
      '2026-10-09T15:00 weekly-check-open done',
      '2026-10-12T09:00 weekly-check-remind done',
      '2026-10-12T10:00 weekly-check-close done',
    ]);
  });
});

describe('missed runs', () => {
  const nobodyUp = (from: string, to: string) => (now: number) => now >= at(from) && now < at(to);
  it('the opening is made up for until the end of the afternoon', async () => {
    const world = await upAt('2026-10-16T09:00');
    await liveUntil(world, '2026-10-16T17:00', nobodyUp('2026-10-16T14:00', '2026-10-16T17:00'));
    expect(await sent(world)).toEqual(['weekly_check M01', 'weekly_check X0']);
    const [first] = (await world.outbox()).filter(({ card }) => card === 'weekly_check');
    expect(first?.notBefore).toBe(at('2026-10-16T17:00'));
  });
  it.each(['2026-10-16T19:00', '2026-10-19T09:00'])(
    'up again at %s is too late: nothing is opened, nobody has missed anything',
    async (up) => {
      const world = await upAt('2026-10-16T09:00');
      await liveUntil(world, '2026-10-19T12:00', nobodyUp('2026-10-16T14:00', up));
      expect(await sent(world)).toEqual(['district_digest P1']);
      expect(await findRun(world.use.db.read, 'weekly-check-open', '2026-10-16T15:00:00+08:00')).toMatchObject({
        state: 'skipped',
      });
    },
  );
  it('a Monday without a bot: no late reminder, closed on Tuesday with what had been answered', async () => {
    const world = await upAt('2026-10-16T09:00');
    await liveUntil(world, '2026-10-16T16:00');
    await world.click('M01', { a: 'check_all', k: '2026-W42' });
    await liveUntil(world, '2026-10-20T09:00', nobodyUp('2026-10-16T17:00', '2026-10-20T08:00'));
    expect((await sent(world)).slice(2)).toEqual(['check_digest S0', 'check_digest X0', 'district_digest P1']);
  });
});

describe('a run that breaks off', () => {
  /** A database handle that fails at the n-th write, before its commit. */
  const breaking = (use: Use, nth: number): Use => {
    let writes = 0;
    return {
      ...use,
      db: {
        ...use.db,
        write: (fn) =>
          use.db.write(async (tx) => {
            const value = await fn(tx);
            if (++writes === nth) throw new Error('cut off');
            return value;
          }),
      },
    };
  };
  const job = (name: string) => jobs.find((one) => one.name === name)!;
  it('sends every card exactly once, wherever it breaks', async () => {
    for (const nth of [1, 2, 3]) {
      const world = await upAt('2026-10-16T14:00');
      world.clock.now = at('2026-10-16T15:00');
      const moment = { now: world.clock.now, slot: world.clock.now };
      const first = await job('weekly-check-open')
        .run(breaking(world.use, nth), moment)
        .catch(() => ({ failed: 1 }));
      expect(first.failed).toBe(1);
      expect(await job('weekly-check-open').run(world.use, moment)).toMatchObject({ done: 2, failed: 0 });
      expect(await sent(world)).toEqual(
        nth === 2 ? ['weekly_check X0', 'weekly_check M01'] : ['weekly_check M01', 'weekly_check X0'],
      );
      world.clock.now = at('2026-10-19T10:00');
      const monday = { now: world.clock.now, slot: world.clock.now };
      const broken = await job('weekly-check-close')
        .run(breaking(world.use, nth), monday)
        .catch(() => ({ failed: 1 }));
      expect(broken.failed).toBe(1);
      // Nothing is told before answers are over; after that nobody is told twice.
      if (nth === 1) expect((await sent(world)).filter((line) => /^(check|district)_/.test(line))).toEqual([]);
      else expect((await world.click('M01', { a: 'check_all', k: '2026-W42' })).toast?.type).toBe('warning');
      expect(await job('weekly-check-close').run(world.use, monday)).toMatchObject({ done: 2, failed: 0 });
      expect(await job('weekly-check-close').run(world.use, monday)).toMatchObject({ done: 0, failed: 0 });
      expect((await sent(world)).filter((line) => /^(check|district)_/.test(line)).toSorted()).toEqual([
        'check_digest S0',
        'check_digest X0',
        'district_digest P1',
      ]);
    }
  });
});

it('three processes on one database: one card a person, one digest a branch', async () => {
  const world = await upAt('2026-10-16T09:00');
  const all = async (time: string) =>
    (await sweepTogether(world, at(time))).filter((line) => line.startsWith('weekly'));
  expect(await all('2026-10-16T15:00')).toEqual(['weekly-check-open done']);
  expect((await all('2026-10-19T10:00')).toSorted()).toEqual(['weekly-check-close done']);
  expect(await sent(world)).toEqual([
    'weekly_check M01',
    'weekly_check X0',
    'check_digest S0',
    'check_digest X0',
    'district_digest P1',
  ]);
  const rounds = await world.use.db.read.all(
    z.object({ week: z.string(), state: z.string() }),
    'SELECT week, state FROM check_round',
  );
  expect(rounds).toEqual([{ week: '2026-W42', state: 'closed' }]);
});
