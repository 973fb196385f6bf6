/** The real jobs under the real scheduler: their moments, what is made up for after a stop, several processes at once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mergeRules } from '../../src/domain/rules.ts';
import { say, translator } from '../../src/i18n.ts';
import { jobs } from '../../src/jobs/index.ts';
import { findRun, lastRuns } from '../../src/store/job-run.ts';
import type { Use } from '../../src/use.ts';
import { jobTable } from '../../src/usecases/scheduler/job-table.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { jobCalendar } from '../../src/usecases/scheduler/slots.ts';
import { createScheduler } from '../../src/usecases/scheduler/scheduler.ts';
import { appendVersion, filesOf } from '../../src/usecases/scheme/version.ts';
import { START } from '../support/opinion-world.ts';
import { electors, messages, review, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';
import { sweepTogether } from '../support/sweep-together.ts';

const at = parseMoment;
const scheduler = (use: Use) =>
  createScheduler({
    db: use.db,
    jobs,
    use,
    now: () => use.now(),
    owner: randomUUID(),
    timezone: 'Asia/Shanghai',
    calendar: jobCalendar(use),
    log: use.log,
  });
/** As if a bot had been up at this moment, so that later ones are missed and not unknown. */
async function upAt(world: Stage, moment: string): Promise<void> {
  world.clock.now = at(moment);
  const bot = scheduler(world.use);
  world.clock.now += 60_000;
  await bot.sweep();
}

describe('the list of jobs', () => {
  it('has one name, one line in both languages and a next moment for each', async () => {
    const { use } = await stage();
    const rows = await jobTable(use.db.read, jobs, { timezone: 'Asia/Shanghai', calendar: jobCalendar(use) }, START);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(jobs.length);
    for (const { name, summary, next } of rows) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      const lines = (['zh-CN', 'en'] as const).map((locale) => say(translator(locale), summary));
      expect(new Set([...lines, summary]).size).toBe(3);
      expect(next).toBeGreaterThan(START);
    }
  });

  it.each([
    ['review-remind', '2026-10-10T10:00+08:00'], // Saturday, worked
    ['self-review-remind', '2026-10-12T10:00+08:00'],
    ['review-auto-close', '2026-10-09T10:05+08:00'],
    ['notice-close', '2026-10-10T00:10+08:00'],
    ['league', '2026-10-10T09:05+08:00'],
    ['objection-clock', '2026-10-10T09:15+08:00'],
    ['retention', '2026-10-10T03:30+08:00'],
    ['link-people', '2026-10-09T10:20+08:00'],
  ])('after Friday 10:00 %s runs next at %s', async (name, next) => {
    const { use } = await stage();
    const rows = await jobTable(use.db.read, jobs, { timezone: 'Asia/Shanghai', calendar: jobCalendar(use) }, START);
    expect(rows.find((row) => row.name === name)?.next).toBe(at(next));
  });

  it.each([
    ['rules-review', '2026-12-01T09:15+08:00'],
    ['plan-publish', '2027-01-05T09:15+08:00'],
    ['roster-check', '2027-01-05T09:20+08:00'],
    ['commitment-call', '2027-01-06T09:00+08:00'],
    ['monthly-summary-open', '2026-10-26T09:00+08:00'], // the 25th is a Sunday
    ['monthly-summary-close', '2026-11-05T17:00+08:00'],
    ['leading-group-remind', '2026-12-01T09:30+08:00'],
    ['quarter-guidance', '2026-12-01T09:30+08:00'],
    ['opinion-open', '2026-12-01T09:00+08:00'],
  ])('%s follows the dates of the year: %s', async (name, next) => {
    const { use } = await stage();
    const rows = await jobTable(use.db.read, jobs, { timezone: 'Asia/Shanghai', calendar: jobCalendar(use) }, START);
    expect(rows.find((row) => row.name === name)?.next).toBe(at(next));
  });
  it('days that a year adopts move its jobs from the next look at the clock on', async () => {
    const world = await stage();
    const bot = createScheduler({
      db: world.use.db,
      jobs,
      use: world.use,
      now: () => world.use.now(),
      owner: randomUUID(),
      timezone: 'Asia/Shanghai',
      calendar: jobCalendar(world.use),
      refresh: () => world.use.years.load(world.use.db.read),
      log: world.use.log,
    });
    await bot.sweep();
    const ran = async () =>
      [...(await lastRuns(world.use.db.read)).values()]
        .filter((run) => run.job === 'commitment-call' && run.state === 'done')
        .map((run) => run.slot);
    const rules = mergeRules({ dates: { commitment: { drafting: ['10-12', '10-20'], reminders: ['10-15'] } } });
    await world.use.db.write((tx) =>
      appendVersion(tx, { ...filesOf(world.use), rules }, 2026, { reason: '补行', by: 'system', now: START }),
    );
    world.clock.now = at('2026-10-12T09:01+08:00');
    await bot.sweep();
    expect(await ran()).toEqual(['2026-10-12T09:00:00+08:00']);
    world.clock.now = at('2026-10-14T09:01+08:00');
    await bot.sweep();
    expect(await ran()).toEqual(['2026-10-12T09:00:00+08:00']);
    world.clock.now = at('2026-10-15T09:01+08:00');
    await bot.sweep();
    expect(await ran()).toEqual(['2026-10-15T09:00:00+08:00']);
    expect(bot.nextMoment(at('2026-10-15T09:30+08:00'))).toBeGreaterThan(at('2026-10-15T09:30+08:00'));
  });
});

describe('after a stop', () => {
  it('ballots are closed and notices ended that were missed, once; a reminder that is too late is left out', async () => {
    const world = await stage();
    await upAt(world, '2026-10-09T09:59+08:00');
    world.clock.now = START;
    await toBallot(world);
    await vote(world, ['M01']);
    // The window ends on Tuesday at 18:00; nobody is up until the evening of Thursday.
    world.clock.now = at('2026-10-15T21:03+08:00');
    const bot = scheduler(world.use);
    const first = await bot.sweep();
    expect(first.every(({ state }) => state === 'done')).toBe(true);
    expect(first.map(({ job }) => job)).toContain('review-auto-close');
    expect((await review(world)).state).not.toBe('balloting');
    expect(await findRun(world.use.db.read, 'review-remind', '2026-10-15T10:00:00+08:00')).toMatchObject({
      state: 'skipped',
      outcome: { note: 'too_late' },
    });
    expect(await messages(world, 'ballot_reminder')).toEqual([]);
    expect(await bot.sweep()).toEqual([]);
  });

  it('the reminder of the morning is made up for at noon, and not repeated in the afternoon', async () => {
    const world = await stage();
    await upAt(world, '2026-10-09T09:58+08:00');
    await toBallot(world);
    world.clock.now = at('2026-10-10T12:00+08:00');
    await scheduler(world.use).sweep();
    const all = await electors(world);
    expect((await messages(world, 'ballot_reminder')).map(({ recipient }) => recipient)).toEqual(all);
    const run = await findRun(world.use.db.read, 'review-remind', '2026-10-10T10:00:00+08:00');
    expect(run).toMatchObject({ state: 'done', outcome: { done: all.length, lateMinutes: 120 } });
    world.clock.now = at('2026-10-10T16:00+08:00');
    await scheduler(world.use).sweep();
    expect(await messages(world, 'ballot_reminder')).toHaveLength(all.length);
  });

  it('a run by hand for another day leaves the clock alone', async () => {
    const world = await stage();
    await upAt(world, '2026-10-09T09:58+08:00');
    await toBallot(world);
    const bot = scheduler(world.use);
    expect(await bot.runJob('review-remind', at('2026-10-12T10:00+08:00'))).toMatchObject({ state: 'done' });
    world.clock.now = at('2026-10-10T10:00+08:00');
    const jobsRun = (await bot.sweep()).map(({ job }) => job);
    expect(jobsRun).toContain('review-remind');
    expect((await lastRuns(world.use.db.read)).get('review-remind')?.slot).toBe('2026-10-10T10:00:00+08:00');
  });
});

describe('several processes', () => {
  it('do every job once between them: one message a person, one close a ballot', async () => {
    const world = await stage();
    await upAt(world, '2026-10-09T09:58+08:00');
    await toBallot(world);
    await vote(world, ['M01', 'M02']);
    const all = (moment: string) => sweepTogether(world, at(moment));
    const morning = await all('2026-10-10T10:00+08:00');
    expect(morning).toContain('review-remind done');
    expect(new Set(morning).size).toBe(morning.length);
    const owed = (await electors(world)).filter((person) => person !== 'M01' && person !== 'M02');
    expect((await messages(world, 'ballot_reminder')).map(({ recipient }) => recipient)).toEqual(owed);

    world.clock.now = at('2026-10-12T11:00+08:00');
    await vote(world, owed);
    const until = (await review(world)).ballotUntil ?? 0;
    const evening = await all(new Date(until + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00'));
    expect(evening.filter((line) => line.startsWith('review-auto-close'))).toEqual(['review-auto-close done']);
    expect(await review(world)).toMatchObject({ state: 'tallied', closedBy: 'system' });
  });
});
