/** Tasks and the figures of the league that rest on them (R29, R64). */
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../src/domain/rules.ts';
import { findTask } from '../../src/store/tasks.ts';
import { checkRatesOf } from '../../src/store/weekly-checks.ts';
import { leagueOf } from '../../src/usecases/league.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { buttonNames, DAY, runJob } from '../support/opinion-world.ts';

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const FRIDAY = '2026-10-16T15:00';
const MONDAY = '2026-10-19T10:00';
const WEEK = '2026-W42';
async function job(world: CommitWorld, name: string, time: string) {
  world.clock.now = at(time);
  return runJob(world, name);
}
const sent = async (world: CommitWorld, card: string) =>
  (await world.outbox()).filter((row) => row.card === card).map((row) => row.recipient);
const answer = async (world: CommitWorld, person: string, states: readonly string[], notes: readonly string[] = []) => {
  const tasks = await world.tasks(person);
  const form = Object.fromEntries(
    tasks.flatMap((id, i) => [
      [`task_${id}`, states[i] ?? ''],
      [`note_${id}`, notes[i] ?? ''],
    ]),
  );
  return world.click(person, { a: 'check_answer', k: WEEK, p: 0 }, form);
};
async function opened(...people: string[]): Promise<CommitWorld> {
  const world = await commitWorld();
  for (const person of people) await world.committed(person, person === 'S0' ? 'D0' : 'S0');
  await job(world, 'weekly-check-open', FRIDAY);
  return world;
}

describe('tasks', () => {
  it('are added and given by the secretary; whoever gets one is told', async () => {
    const world = await commitWorld();
    for (const person of ['M01', 'K1', 'X0'])
      expect(
        (await world.click(person, { a: 'task_add', p: 0 }, { owner: 'M01', text: '整理台账', due: '2026-11-30' }))
          .toast?.type,
      ).toBe(person === 'X0' ? 'warning' : 'error');
    const bad = await world.click(
      'S0',
      { a: 'task_add', p: 0 },
      { owner: 'M01', text: '查看聊天记录', due: '2026-11-30' },
    );
    expect(bad.toast?.text).toContain('私人通信');
    const kept = bad.card?.blocks
      .flatMap((block) => (block.kind === 'form' ? block.fields : []))
      .flatMap((field) => ('initial' in field ? [field.initial] : []));
    expect(kept).toEqual(['M01', '查看聊天记录', '2026-11-30']);
    expect(
      (await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'R01', text: '整理台账', due: '2026-11-30' })).toast
        ?.text,
    ).toContain('负责人');
    expect(
      (await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M01', text: '整理台账', due: '2026-11-30 +0800' }))
        .toast?.type,
    ).toBe('success');
    const [id] = await world.tasks('M01');
    expect(await sent(world, 'task_given')).toEqual(['M01']);
    expect(await world.card('task_given', { task: id! }, 'M02')).toBeNull();

    await job(world, 'weekly-check-open', FRIDAY);
    expect(await sent(world, 'weekly_check')).toEqual(['M01']);
    const given = await world.click('D0', { a: 'task_save', k: id!, p: 0 }, { owner: 'M02', due: '2026-12-15' });
    expect(given.toast?.type).toBe('success');
    expect(await findTask(world.use.db.read, id!)).toMatchObject({ owner: 'M02', due: '2026-12-15' });
    // Who has nothing left is not missing on Monday, and who got it on Saturday was not asked.
    await job(world, 'weekly-check-close', MONDAY);
    expect(await checkRatesOf(world.use.db.read, WEEK)).toEqual([]);
    expect(await sent(world, 'check_missed')).toEqual([]);
  });
  it('from a person’s own commitment stay with the person (R60), until the person leaves', async () => {
    const world = await commitWorld();
    await world.committed('M01');
    const [id] = await world.tasks('M01');
    expect(
      (await world.click('S0', { a: 'task_save', k: id!, p: 0 }, { owner: 'M02', due: '2026-12-15' })).toast?.text,
    ).toContain('本人的承诺');
    expect((await world.click('S0', { a: 'task_move', k: id!, s: 'dropped' })).toast?.text).toContain('本人的承诺');
    expect(buttonNames((await world.click('S0', { a: 'task_show', k: id!, p: 0 })).card)).toEqual(['task_back']);
    await world.use.db.write((tx) => tx.run("UPDATE person SET left_on = '2026-10-10' WHERE employee_no = 'M01'"));
    expect(
      (await world.click('S0', { a: 'task_save', k: id!, p: 0 }, { owner: 'M02', due: '2026-12-15' })).toast?.type,
    ).toBe('success');
  });
  it('are closed and reopened; done ones leave the check', async () => {
    const world = await commitWorld();
    await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M01', text: '整理台账', due: '2026-11-30' });
    const [id] = await world.tasks('M01');
    for (const [s, open] of [
      ['done', 0],
      ['open', 1],
      ['dropped', 0],
      ['open', 1],
    ] as const) {
      expect((await world.click('S0', { a: 'task_move', k: id!, s })).toast?.type).toBe('success');
      expect(await world.tasks('M01')).toHaveLength(open);
    }
    expect((await world.click('S0', { a: 'task_move', k: id!, s: 'open' })).toast?.type).toBe('warning');
    expect((await world.click('X0', { a: 'task_move', k: id!, s: 'done' })).toast?.type).toBe('error');
    expect((await world.click('X0', { a: 'task_show', k: id!, p: 0 })).card).toBeUndefined();
    // A date that is over may stay when somebody else takes the task over.
    world.clock.now += 60 * DAY;
    expect(
      (await world.click('S0', { a: 'task_save', k: id!, p: 0 }, { owner: 'M02', due: '2026-11-30 +0800' })).toast
        ?.type,
    ).toBe('success');
    expect(
      (await world.click('S0', { a: 'task_save', k: id!, p: 0 }, { owner: 'M02', due: '2026-11-29' })).toast?.type,
    ).toBe('warning');
  });
});

describe('the league', () => {
  it('counts checks answered in time, and items due that are done or on track', async () => {
    const world = await opened('M01', 'M02');
    const { read } = world.use.db;
    const figures = async (period: string) => {
      const row = (await leagueOf(read, defaultRules, period, null)).rows.find((one) => one.branch === 'B001');
      return [row?.weekly_check_rate, row?.commitments_on_schedule];
    };
    await answer(world, 'M01', ['done', 'needs_help', 'on_track']);
    expect(await figures('2026-Q4')).toEqual([null, '33.33']); // the check is still open
    await job(world, 'weekly-check-close', MONDAY);
    expect(await figures('2026-Q4')).toEqual(['50.00', '33.33']);
    expect(await figures('2026-Q3')).toEqual([null, null]);
    await job(world, 'weekly-check-open', '2026-10-23T15:00');
    await world.click('M02', { a: 'check_all', k: '2026-W43' });
    await world.click('M01', { a: 'check_all', k: '2026-W43' });
    await job(world, 'weekly-check-close', '2026-10-26T10:00');
    expect(await figures('2026-Q4')).toEqual(['75.00', '100.00']);
    expect(await figures('2027-Q1')).toEqual([null, null]);
  });
  it('does not count tasks the secretary added as commitments', async () => {
    const world = await commitWorld();
    await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M01', text: '整理台账', due: '2026-11-30' });
    const row = (await leagueOf(world.use.db.read, defaultRules, '2026-Q4', null)).rows.find(
      (one) => one.branch === 'B001',
    );
    expect(row?.commitments_on_schedule).toBeNull();
  });
});
