/** `/export year`: a branch's year for its secretary, the city's for the office; no scores, attendance by category only (A47, A48, F13, F24). */
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { files } from '../../src/usecases/export-files.ts';
import { createFileComposer } from '../../src/usecases/compose-file.ts';
import { runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

let world: MeetingWorld;
const at = (moment: string): void => {
  world.clock.now = Date.parse(`${moment}+08:00`);
};
type Rows = readonly (readonly (string | number | boolean | Date | null | undefined)[])[];
/** The sheets of the book as this person would get it; null when nothing would be sent. */
async function book(
  person: string,
  args: Record<string, string | number>,
  of = world,
): Promise<Map<string, Rows> | null> {
  const made = await createFileComposer(of.use, files)({ file: 'year_book', args }, person);
  if (made === null) return null;
  const { sheets } = await readXlsx(made.bytes);
  return new Map(sheets.map(({ name, rows }) => [name, rows]));
}
const lines = (rows: Rows | undefined): string[] =>
  (rows ?? []).map((row) => row.map((value) => String(value ?? '')).join('|'));
async function answer(person: string, text: string): Promise<{ card: string; args: string }[]> {
  const before = (await world.outbox()).length;
  await world.type(person, text);
  return (await world.outbox()).slice(before).map(({ card, args }) => ({ card, args }));
}

beforeAll(async () => {
  world = await meetingWorld();
  await world.committed('M01');
  await world.click('S0', { a: 'commit_publish', y: 2026 });
  await world.add('M02', 'own', 1); // a draft, which is nobody's business yet
  await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M03', text: '整理台账', due: '2026-11-20 +0800' });
  const { id: g } = await world.opened('general_meeting');
  await world.click('M01', { a: 'meeting_sign_in', g });
  await world.click('S0', { a: 'meeting_sign_in', g });
  await world.click('S0', { a: 'meeting_absent', g, p: 0 }, { person: 'M02', reason: 'illness' });
  await world.click('S0', { a: 'meeting_end', g });
  await world.click('S0', { a: 'minutes_file', g }, { points: '每月公开一次进度', follow_up: '某M01 十一月' });
  await world.click(
    'S0',
    { a: 'activity_plan' },
    { kind: 'seminar', title: '研讨', place: '', date: '2026-10-09', place_of: 'group:G01' },
  );
  const activity = await world.use.db.read.get(z.object({ id: z.string() }), 'SELECT id FROM activity');
  const y = activity?.id ?? '';
  await world.click('S0', { a: 'activity_open', y });
  await world.click('M01', { a: 'activity_sign_in', y }, {}, { chat: 'oc_branch' });
  await world.click('S0', { a: 'activity_end', y });
  at('2026-10-16T15:00');
  await runJob(world, 'weekly-check-open');
  await world.click('M01', { a: 'check_all', k: '2026-W42' });
  at('2026-10-19T10:00');
  await runJob(world, 'weekly-check-close');
  at('2026-10-26T09:30');
  await runJob(world, 'monthly-summary-open');
  const long = '本月完成任务。'.repeat(60);
  await world.click(
    'S0',
    { a: 'summary_file', m: '2026-10' },
    { progress: long, problems: '无', plan: '按计划', measures: '加强' },
  );
});

describe('the command', () => {
  it.each([
    ['S0', '/export year', '{"year":2026,"branch":"B001"}'],
    ['S0', '/导出 年 2025', '{"year":2025,"branch":"B001"}'],
    ['D0', '/export 2026', '{"year":2026,"branch":"B001"}'],
    ['O1', '/导出 全年', '{"year":2026}'],
  ])('%s: %s', async (person, text, args) => {
    expect(await answer(person, text)).toMatchObject([{ card: 'notice' }, { card: 'file:year_book', args }]);
  });
  it.each([
    ['K1', '/export year', 'not_allowed_year'],
    ['M01', '/export year', 'not_allowed_year'],
    ['P1', '/导出 年', 'not_allowed_year'],
    ['S0', '/export year next', 'year_word'],
    ['S0', '/导出 年 26', 'year_word'],
  ])('%s: %s is answered with %s', async (person, text, key) => {
    const [first, ...more] = await answer(person, text);
    expect(JSON.parse(first?.args ?? '{}')).toMatchObject({ key });
    expect(more).toEqual([]);
  });
  it('is noted, without names', async () => {
    const rows = await world.use.db.read.all(
      z.object({ object: z.string(), detail: z.string() }),
      "SELECT object, detail FROM audit WHERE act = 'exported'",
    );
    expect(rows).toContainEqual({ object: 'B001', detail: expect.stringContaining('"year":2026') });
    expect(JSON.stringify(rows)).not.toContain('某');
  });
});

describe("a branch's year", () => {
  it('has a sheet for every part of it', async () => {
    const sheets = await book('S0', { year: 2026, branch: 'B001' });
    expect([...(sheets?.keys() ?? [])]).toEqual([
      '总览',
      '承诺和任务',
      '每周自查',
      '月总结',
      '会议和出席',
      '会议记录',
      '活动',
    ]);
    const of = (name: string) => lines(sheets?.get(name));
    expect(of('总览').join('\n')).toContain('已公布 1 / 8');
    expect(of('承诺和任务').filter((line) => line.startsWith('某M01'))).toHaveLength(3);
    expect(of('承诺和任务').join('\n')).toContain('某M03|书记交办|整理台账');
    expect(of('承诺和任务').join('\n')).not.toContain('某M02');
    expect(of('每周自查').at(-1)).toMatch(/\|2\|1\|50%$/);
    expect(of('月总结').join('\n')).toContain('计划|按计划');
    expect(of('会议和出席').at(-1)).toBe('2026-10-09|主题党员大会|2 / 7|某S0、某M01|某M02（生病）');
    expect(of('会议记录').at(-1)).toContain('每月公开一次进度');
    expect(of('活动').at(-1)).toBe('2026-10-09|四互小组 示例小组|研讨会|研讨|已举办|1');
  });
  it('is empty but whole for another year', async () => {
    const sheets = await book('S0', { year: 2025, branch: 'B001' });
    for (const [name, rows] of sheets ?? []) if (name !== '总览') expect(lines(rows).at(-1), name).toMatch(/^没有记录/);
  });
  it('attendance that was deleted leaves the counts', async () => {
    const other = await meetingWorld();
    const { id: g } = await other.opened('general_meeting');
    await other.click('M01', { a: 'meeting_sign_in', g });
    await other.click('S0', { a: 'meeting_end', g });
    await other.use.db.script('DELETE FROM meeting_sign_in');
    const sheets = await book('S0', { year: 2026, branch: 'B001' }, other);
    expect(lines(sheets?.get('会议和出席')).at(-1)).toBe('2026-10-09|主题党员大会|1 / 8||');
  });
  it('is made for nobody else, whatever was ordered', async () => {
    for (const person of ['M01', 'K1', 'X0', 'O1', 'P1'])
      expect(await book(person, { year: 2026, branch: 'B001' }), person).toBeNull();
    for (const person of ['S0', 'P1', 'M01']) expect(await book(person, { year: 2026 }), person).toBeNull();
  });
  it('speaks the language of who gets it', async () => {
    await world.use.db.write((tx) => tx.run("UPDATE person SET locale = 'en' WHERE employee_no = 'D0'"));
    const sheets = await book('D0', { year: 2026, branch: 'B001' });
    expect([...(sheets?.keys() ?? [])][1]).toBe('Commitments and tasks');
    expect(lines(sheets?.get('Meetings and attendance')).at(-1)).toContain('某M02 (illness)');
  });
});

describe("the city's year", () => {
  it('has numbers by branch, district, group and unit, and no name of a person', async () => {
    const sheets = await book('O1', { year: 2026 });
    expect([...(sheets?.keys() ?? [])]).toEqual([
      '各支部进展',
      '片区活动',
      '小组活动',
      '活动清单',
      '领导小组',
      '得星进展',
      '来宾清单合计',
    ]);
    const branches = lines(sheets?.get('各支部进展'));
    expect(branches).toHaveLength(3 + 3);
    expect(branches[3]).toMatch(/^B001\|示例第一支部\|示例片区\|1\/8\|/);
    expect(lines(sheets?.get('小组活动')).at(-1)).toBe('G01|示例小组|示例片区|1|1');
    expect(lines(sheets?.get('活动清单')).at(-1)).toContain('研讨');
    expect(lines(sheets?.get('领导小组'))).toHaveLength(3 + 2);
    expect(JSON.stringify([...(sheets ?? [])])).not.toMatch(/某[MSKXDYLOPG]|生病|\d\.\d\d"/);
  });
});
