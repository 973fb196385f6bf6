/** The monthly summary from the 25th to the 5th (R65, J9): who is asked, who owes, what the group sees, what the league counts. */
import { describe, expect, it } from 'vitest';
import { findSummary, monthDueOf } from '../../src/store/months.ts';
import { leagueOf } from '../../src/usecases/league.ts';
import { monthFigures } from '../../src/usecases/month/figures.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const FORM = { progress: '完成三项任务', problems: '进度偏慢', plan: '推进两项', measures: '每周检查一次' };
const at = async (moment: string): Promise<MeetingWorld> => {
  const world = await meetingWorld();
  world.clock.now = parseMoment(moment);
  return world;
};
const file = (world: MeetingWorld, person = 'S0', form: Record<string, string> = FORM, m = '2026-10') =>
  world.click(person, { a: 'summary_file', m }, form);
const go = (world: MeetingWorld, moment: string) => {
  world.clock.now = parseMoment(moment);
};

describe('the round', () => {
  it('asks those who run a branch, once, and reminds only those who owe', async () => {
    const world = await at('2026-10-26T09:00+08:00'); // the 25th is a Sunday
    expect(await runJob(world, 'monthly-summary-open')).toEqual({ done: 3, failed: 0, note: '2026-10' });
    await runJob(world, 'monthly-summary-open');
    expect((await world.messages('monthly_summary')).map(({ recipient }) => recipient).toSorted()).toEqual([
      'D0',
      'S0',
      'X0',
      'Y0',
    ]);
    expect((await file(world)).toast?.type).toBe('success');
    go(world, '2026-10-30T09:00+08:00');
    expect(await runJob(world, 'monthly-summary-remind')).toMatchObject({ done: 0 });
    go(world, '2026-11-02T09:00+08:00');
    expect(await runJob(world, 'monthly-summary-remind')).toMatchObject({ done: 2 });
    go(world, '2026-11-03T09:00+08:00'); // and if yesterday's run was missed, today's does it; else nothing twice
    await runJob(world, 'monthly-summary-remind');
    expect((await world.messages('monthly_summary_reminder')).map(({ recipient }) => recipient).toSorted()).toEqual([
      'X0',
      'Y0',
    ]);
  });

  it('closes on the 5th, tells the liaison officer the names of branches, and nobody else anything', async () => {
    const world = await at('2026-10-26T09:00+08:00');
    await runJob(world, 'monthly-summary-open');
    await file(world);
    go(world, '2026-11-04T17:00+08:00');
    expect(await runJob(world, 'monthly-summary-close')).toMatchObject({ done: 0 });
    go(world, '2026-11-05T17:00+08:00');
    expect(await runJob(world, 'monthly-summary-close')).toEqual({ done: 1, failed: 0, note: '2026-10' });
    await runJob(world, 'monthly-summary-close');
    expect((await world.messages('summaries_overdue')).map(({ recipient, args }) => [recipient, args])).toEqual([
      ['P1', '{"month":"2026-10","district":"D1"}'],
    ]);
    const told = allText(await world.card('summaries_overdue', { month: '2026-10', district: 'D1' }, 'P1'));
    expect(told).toContain('示例第二支部');
    expect(told).not.toContain('示例第一支部');
    expect(told).not.toMatch(/某|完成三项/);
  });

  it('is silent where all have filed, and over holidays closes on the next working day', async () => {
    const world = await at('2026-09-25T09:00+08:00');
    await runJob(world, 'monthly-summary-open');
    for (const person of ['S0', 'X0', 'Y0']) await file(world, person, FORM, '2026-09');
    go(world, '2026-10-08T17:00+08:00');
    expect(await runJob(world, 'monthly-summary-close')).toMatchObject({ done: 1 });
    expect(await world.messages('summaries_overdue')).toEqual([]);
  });

  it('a process that was down until after the close asks nobody for what would be late at once', async () => {
    const world = await at('2026-11-06T09:00+08:00');
    expect(await runJob(world, 'monthly-summary-open')).toEqual({ done: 0, failed: 0, note: '' });
    expect(await runJob(world, 'monthly-summary-close')).toMatchObject({ done: 0 });
    expect(await world.messages('monthly_summary')).toEqual([]);
  });

  it('one that comes up before the close still asks, and one that missed the close catches up with it', async () => {
    const world = await at('2026-11-03T11:00+08:00');
    expect(await runJob(world, 'monthly-summary-open')).toMatchObject({ note: '2026-10' });
    go(world, '2026-11-09T10:00+08:00');
    expect(await runJob(world, 'monthly-summary-close')).toMatchObject({ done: 1 });
    expect((await monthDueOf(world.use.db.read, '2026-10')).map((due) => due.filed)).toEqual([false, false, false]);
  });
});

describe('filing', () => {
  it('goes to the branch chat, may be changed until the close, and not after', async () => {
    const world = await at('2026-10-26T10:00+08:00');
    await runJob(world, 'monthly-summary-open');
    await file(world);
    expect((await file(world, 'D0', { ...FORM, plan: '推进三项' })).toast?.type).toBe('success');
    expect((await world.messages('month_sheet')).map(({ recipient }) => recipient)).toEqual(['oc_branch', 'oc_branch']);
    const sheet = allText(await world.card('month_sheet', { branch: 'B001', month: '2026-10' }, 'M01'));
    expect(sheet).toContain('推进三项');
    expect(sheet).toContain('有修改');
    go(world, '2026-11-05T17:00+08:00');
    await runJob(world, 'monthly-summary-close');
    const { toast, card } = await file(world, 'S0', { ...FORM, plan: '再改' });
    expect(toast?.type).toBe('warning');
    expect(fieldNames(card)).toEqual([]);
    expect((await findSummary(world.use.db.read, 'B001', '2026-10'))?.plan).toBe('推进三项');
    // What is missing can be filed late, once, and does not count as on time.
    expect((await file(world, 'X0')).toast?.text).toContain('补交');
    expect((await file(world, 'X0')).toast?.type).toBe('warning');
    const league = await leagueOf(world.use.db.read, world.use.rules, '2026-Q4', null);
    expect(Object.fromEntries(league.rows.map((row) => [row.branch, row.monthly_on_time]))).toEqual({
      B001: '100.00',
      B002: '0.00',
      B003: '0.00',
    });
  });

  it('the league counts closed months of the quarter, and nothing before the first round', async () => {
    const world = await at('2026-10-26T10:00+08:00');
    const share = async (quarter: string) =>
      (await leagueOf(world.use.db.read, world.use.rules, quarter, null)).rows[0]?.monthly_on_time;
    await runJob(world, 'monthly-summary-open');
    await file(world);
    expect(await share('2026-Q4')).toBeNull();
    go(world, '2026-11-05T17:00+08:00');
    await runJob(world, 'monthly-summary-close');
    go(world, '2026-11-25T09:00+08:00');
    await runJob(world, 'monthly-summary-open');
    go(world, '2026-12-07T17:00+08:00');
    await runJob(world, 'monthly-summary-close');
    expect(await share('2026-Q4')).toBe('50.00');
    expect(await share('2026-Q3')).toBeNull();
  });

  it.each([
    ['a member', 'M01'],
    ['a committee member', 'K1'],
    ['a colleague', 'R01'],
    ['the liaison officer', 'P1'],
    ['the office', 'O1'],
  ])('%s may not', async (_who, person) => {
    const world = await at('2026-10-26T10:00+08:00');
    expect((await file(world, person)).toast?.type).toBe('error');
    expect((await world.click(person, { a: 'summary_show', m: '2026-10' })).toast?.type).toBe('error');
    expect(await world.card('monthly_summary', { month: '2026-10' }, person)).toBeNull();
    expect(await findSummary(world.use.db.read, 'B001', '2026-10')).toBeNull();
  });

  it.each([
    ['an empty field', { ...FORM, measures: '  ' }, '措施'],
    ['a field too long', { ...FORM, plan: '长'.repeat(1_001) }, '1000'],
    ['a name under problems', { ...FORM, problems: '某M02的任务拖后' }, '某M02'],
  ])('%s comes back as it was typed', async (_what, form, said) => {
    const world = await at('2026-10-26T10:00+08:00');
    const { toast, card } = await file(world, 'S0', form);
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    const shown = allText(card);
    for (const value of Object.values(form)) expect(shown).toContain(value.trim().slice(0, 1_000));
    expect(await findSummary(world.use.db.read, 'B001', '2026-10')).toBeNull();
    expect(await world.messages('month_sheet')).toEqual([]);
  });

  it('a month that has not begun, and one of long ago, are refused', async () => {
    const world = await at('2026-10-26T10:00+08:00');
    for (const month of ['2026-11', '2025-09', '2026-W3', '2026-13'])
      expect((await file(world, 'S0', FORM, month)).toast?.type).toBe('warning');
    expect((await file(world, 'S0', FORM, '2026-08')).toast?.text).toContain('补交');
  });

  it('is not answered in a group', async () => {
    const world = await at('2026-10-26T10:00+08:00');
    const { card } = await world.click('S0', { a: 'summary_show', m: '2026-10' }, {}, { chat: 'oc_branch' });
    expect(card).toBeUndefined();
  });
});

describe('/summary', () => {
  it.each([
    ['/总结', '2026-10-08T10:00+08:00', '{"month":"2026-09"}'],
    ['/总结', '2026-10-09T10:00+08:00', '{"month":"2026-10"}'],
    ['/summary 2026-08', '2026-10-09T10:00+08:00', '{"month":"2026-08"}'],
    ['/总结 上月', '2026-10-09T10:00+08:00', '{"month":"2026-09"}'],
    ['/总结 9月', '2026-10-09T10:00+08:00', '{"month":"2026-09"}'],
  ])('%s on %s', async (typed, moment, args) => {
    const world = await at(moment);
    await world.type('S0', typed);
    expect((await world.messages('monthly_summary')).at(-1)?.args).toBe(args);
  });
  it.each([
    ['M01', '/总结', 'not_secretary'],
    ['S0', '/总结 三季度', 'month_not_a_month'],
    ['S0', '/总结 明天', 'month_not_a_month'],
    ['S0', '/总结 2026-12', 'month_too_early'],
    ['S0', '/总结 2024-12', 'month_too_old'],
  ])('%s %s is refused with a sentence', async (person, typed, key) => {
    const world = await at('2026-10-09T10:00+08:00');
    await world.type(person, typed);
    expect((await world.messages('notice')).at(-1)?.args).toContain(key);
  });
});

describe('the draft', () => {
  it('is made of the month’s tasks and checks, without a name and without anybody’s answer', async () => {
    const world = await at('2026-10-09T15:00+08:00');
    await world.committed('M01');
    await world.committed('M02');
    await runJob(world, 'weekly-check-open');
    const [first = '', second = '', third = ''] = await world.tasks('M01');
    const answer = {
      [`task_${first}`]: 'done',
      [`task_${second}`]: 'needs_help',
      [`task_${third}`]: 'on_track',
      [`note_${second}`]: '人手不够',
    };
    await world.click('M01', { a: 'check_answer', k: '2026-W41', p: 0 }, answer);
    go(world, '2026-10-12T10:00+08:00');
    await runJob(world, 'weekly-check-close');
    expect(await monthFigures(world.use.db.read, 'B001', '2026-10')).toEqual({
      checks: { weeks: 1, due: 2, answered: 1 },
      done: [expect.any(String)],
      needHelp: 1,
      overdue: 0,
      coming: [],
    });
    expect(await monthFigures(world.use.db.read, 'B001', '2026-11')).toMatchObject({
      checks: { weeks: 0 },
      done: [],
      coming: [expect.any(String), expect.any(String), expect.any(String), expect.any(String), expect.any(String)],
    });
    const card = await world.card('monthly_summary', { month: '2026-10' }, 'S0');
    const shown = allText(card);
    expect(shown).toContain('1/2 人次');
    expect(shown).toContain('需要支部帮助的任务 1 项');
    expect(shown).not.toMatch(/某M0|人手不够/);
    expect(fieldNames(card)).toEqual(['progress', 'problems', 'plan', 'measures']);
    expect(buttonNames(card)).toEqual(['submit']);
  });

  it('what was filed stands there afterwards, and /me lists the month while it is owed', async () => {
    const world = await at('2026-10-26T10:00+08:00');
    await runJob(world, 'monthly-summary-open');
    expect(buttonNames(await world.card('me', {}, 'S0'))).toContain('summary');
    expect(buttonNames(await world.card('me', {}, 'M01'))).not.toContain('summary');
    expect(allText(await world.card('status', { period: '2026-Q3' }, 'O1'))).toContain('3 个支部中已交 0 个');
    await file(world);
    expect(buttonNames(await world.card('me', {}, 'S0'))).not.toContain('summary');
    expect(allText(await world.card('status', { period: '2026-Q3' }, 'O1'))).toContain('3 个支部中已交 1 个');
    expect(allText(await world.card('monthly_summary', { month: '2026-10' }, 'S0', 'en'))).toContain('完成三项任务');
  });
});
