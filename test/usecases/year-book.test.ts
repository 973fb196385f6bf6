/** `/export year`: a branch's year for its secretary, numbers for the office and liaison officers; no scores, attendance as far as A47, F13 and F14 allow (A48, F24). */
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { files } from '../../src/usecases/export-files.ts';
import { createFileComposer } from '../../src/usecases/compose-file.ts';
import { runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';
import { fileSelf, type Stage, toNotice } from '../support/review-stage.ts';
import { GUEST_ITEMS } from '../../src/domain/meeting.ts';
import { REVIEW_GUEST_ITEMS } from '../../src/domain/review-guest.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';

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
  await world.use.db.script(
    `INSERT INTO district (code, name) VALUES ('D2', '另一片区');
     INSERT INTO branch (code, name, district, unit) VALUES ('B009', '远处支部', 'D2', 'U2');
     INSERT INTO task (id, branch, year, own, owner, text, due, state) VALUES ('far', 'B009', 2026, 0, 'Y0', '远处的任务', '2026-12-01', 'open')`,
  );
  await world.committed('M01');
  await world.click('S0', { a: 'commit_publish', y: 2026 });
  await world.add('M02', 'own', 1); // a draft, which is nobody's business yet
  await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M03', text: '整理台账', due: '2026-11-20 +0800' });
  const { id: g } = await world.opened('general_meeting');
  await world.click('M01', { a: 'meeting_sign_in', g });
  await world.click('S0', { a: 'meeting_sign_in', g });
  await world.click('L1', { a: 'meeting_sign_in', g });
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
    ['S0', '/导出 年 支部', '{"year":2026,"branch":"B001"}'],
    ['D0', '/export 2026', '{"year":2026,"branch":"B001"}'],
    ['O1', '/导出 全年', '{"year":2026}'],
    ['O1', '/导出 年度 2026年', '{"year":2026}'],
    ['O1', '/export year 2026 d2', '{"year":2026,"district":"D2"}'],
    ['P1', '/export year', '{"year":2026,"district":"D1"}'],
    ['P1', '/导出 年 D1', '{"year":2026,"district":"D1"}'],
  ])('%s: %s', async (person, text, args) => {
    expect(await answer(person, text)).toMatchObject([{ card: 'notice' }, { card: 'file:year_book', args }]);
  });
  it.each([
    ['K1', '/export year', 'not_allowed_year'],
    ['M01', '/export year', 'not_allowed_year'],
    ['M01', '/export year D1', 'not_allowed_year'],
    ['P1', '/导出 年 支部', 'not_allowed_year'],
    ['P1', '/导出 年 D2', 'year_place'],
    ['O1', '/export year D9', 'year_place'],
    ['S0', '/export year next', 'year_word'],
    ['S0', '/export year D1', 'year_word'],
    ['O1', '/导出 年 26', 'year_word'],
    ['O1', '/export year 2026 2025', 'year_word'],
    ['O1', '/export year D1 D2', 'year_word'],
    ['O1', '/export year branch D1', 'year_word'],
    ['S0', '/导出 年 2025', 'year_nothing'],
    ['O1', '/export year 1899', 'year_nothing'],
    ['S0', '/导出 年 2027', 'year_future'],
    ['O1', '/export year 9999', 'year_future'],
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
    for (const object of ['B001', 'city', 'D1', 'D2'])
      expect(rows).toContainEqual({ object, detail: expect.stringContaining('"year":2026') });
    expect(JSON.stringify(rows)).not.toMatch(/2025|2027|9999/); // what was refused has not left
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
      '得星进展',
      '评议会来宾清单合计',
      '承诺大会来宾清单合计',
    ]);
    const of = (name: string) => lines(sheets?.get(name));
    expect(of('总览').join('\n')).toContain('已公布 1 / 8');
    expect(of('承诺和任务').filter((line) => line.startsWith('某M01'))).toHaveLength(3);
    expect(of('承诺和任务').join('\n')).toContain('某M03|书记交办|整理台账');
    expect(of('承诺和任务').join('\n')).not.toContain('某M02');
    expect(of('每周自查').at(-1)).toMatch(/\|2\|1\|50%$/);
    expect(of('月总结').join('\n')).toContain('计划|按计划');
    expect(of('会议和出席').at(-1)).toBe('2026-10-09|主题党员大会|3 / 7|某S0、某M01、某L1|某M02（生病）');
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
    for (const person of ['M01', 'K1', 'X0', 'O1', 'P1', 'L1'])
      expect(await book(person, { year: 2026, branch: 'B001' }), person).toBeNull();
    for (const person of ['S0', 'P1', 'M01', 'L1']) expect(await book(person, { year: 2026 }), person).toBeNull();
    for (const person of ['S0', 'M01', 'L1'])
      expect(await book(person, { year: 2026, district: 'D1' }), person).toBeNull();
    expect(await book('P1', { year: 2026, district: 'D2' })).toBeNull();
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
      '每周自查率',
      '评议和未办步骤',
      '领导参加活动',
      '片区活动',
      '小组活动',
      '活动清单',
      '领导小组',
      '得星进展',
      '评议会来宾清单合计',
    ]);
    const branches = lines(sheets?.get('各支部进展'));
    expect(branches).toHaveLength(3 + 4);
    // Commitments, own ones, on schedule; tasks done, open, overdue; checks, summaries, meetings, attendance, activities, visits.
    expect(branches[3]).toBe('B001|示例第一支部|示例片区|1/8|—|—|0|4|0|50%|0/0|1|42%|1|0');
    expect(lines(sheets?.get('每周自查率'))[3]).toBe(`B001|示例第一支部|示例片区|${'—|'.repeat(9)}50%|—|—`);
    expect(lines(sheets?.get('评议和未办步骤'))[3]).toContain('|支部承诺还没有公布；2026年第1季度评议没有开启');
    expect(lines(sheets?.get('领导参加活动')).slice(3)).toEqual(['2026-10-09|示例第一支部|主题党员大会|某L1']);
    expect(lines(sheets?.get('小组活动')).at(-1)).toBe('G01|示例小组|示例片区|1|1');
    expect(lines(sheets?.get('活动清单')).at(-1)).toContain('研讨');
    expect(lines(sheets?.get('领导小组'))).toHaveLength(3 + 2);
    expect(JSON.stringify([...(sheets ?? [])])).not.toMatch(/某[MSKXDYOPG]|生病|每月公开|整理台账|\d\.\d\d"/);
  });
  it('is that of a district for its liaison officer: nothing of another, and no units, which lie across', async () => {
    const sheets = await book('P1', { year: 2026, district: 'D1' });
    expect([...(sheets?.keys() ?? [])]).not.toContain('领导小组');
    expect(lines(sheets?.get('各支部进展'))[0]).toContain('示例片区 2026 年各支部进展');
    expect(lines(sheets?.get('活动清单')).at(-1)).toContain('研讨');
    const all = JSON.stringify([...(sheets ?? [])]);
    expect(all).not.toMatch(/某[MSKXDYOPG]|B009|远处/);
    const other = await book('O1', { year: 2026, district: 'D2' });
    expect(JSON.stringify([...(other ?? [])])).not.toMatch(/B001|研讨|某/);
  });
  it('names no leader where the rules publish nobody’s attendance', async () => {
    const { rules } = world.use;
    const use = { ...world.use, rules: { ...rules, attendance: { ...rules.attendance, public_for: [] } } };
    const sheets = await book('O1', { year: 2026 }, { ...world, use });
    expect(JSON.stringify([...(sheets ?? [])])).not.toContain('某');
  });
  it('speaks English too', async () => {
    await world.use.db.write((tx) => tx.run("UPDATE person SET locale = 'en' WHERE employee_no = 'P1'"));
    const sheets = await book('P1', { year: 2026, district: 'D1' });
    expect([...(sheets?.keys() ?? [])].slice(0, 4)).toEqual([
      'Branches',
      'Weekly checks by month',
      'Reviews and missed steps',
      'Leaders at activities',
    ]);
    expect(lines(sheets?.get('Reviews and missed steps')).join('\n')).toContain('review of Q1 2026 not opened');
  });
});

describe('stars and guests', () => {
  it('are totals: outstanding stars by quarter and what guests saw, of the branch, the district and the city', async () => {
    const other = await meetingWorld();
    const { use } = other;
    use.caster = createBallotCaster({ db: use.db, keys: use.keys, now: () => other.clock.now });
    const stage: Stage = { ...other, r: await other.open() };
    for (const person of ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'L1']) await fileSelf(stage, person);
    expect(lines((await book('S0', { year: 2026, branch: 'B001' }, other))?.get('得星进展')).at(-1)).toMatch(
      /^没有记录/,
    );
    await toNotice(stage);
    await other.plan('commitment_meeting');
    const seen = JSON.stringify(Object.fromEntries(GUEST_ITEMS.map((item) => [item, item !== 'notice'])));
    const checklist = JSON.stringify(Object.fromEntries(REVIEW_GUEST_ITEMS.map((item, n) => [item, n > 0])));
    await use.db.script(
      `UPDATE sheet SET body = json_set(body, '$.stars[0].outstanding', json('true')) WHERE person = 'M01';
       INSERT INTO review_guest (review, branch, checklist, remark) VALUES ('${stage.r}', 'B002', '${checklist}', '看得清楚')
         ON CONFLICT DO UPDATE SET checklist = excluded.checklist, remark = excluded.remark;
       INSERT INTO meeting_guest (meeting, branch, checklist) SELECT id, 'B002', '${seen}' FROM meeting WHERE kind = 'commitment_meeting'
         ON CONFLICT DO UPDATE SET checklist = excluded.checklist`,
    );
    for (const [person, args] of [
      ['S0', { year: 2026, branch: 'B001' }],
      ['P1', { year: 2026, district: 'D1' }],
      ['O1', { year: 2026 }],
    ] as const) {
      const sheets = await book(person, args, other);
      const stars = (sheets?.get('得星进展') ?? []).at(-1) ?? [];
      expect([stars[0], stars[2], stars[5]], person).toEqual(['2026年第3季度', 10, 1]);
      expect(
        lines(sheets?.get('评议会来宾清单合计'))
          .slice(3)
          .map((line) => line.slice(-4)),
        person,
      ).toEqual(['|0|1', ...REVIEW_GUEST_ITEMS.slice(1).map(() => '|1|0')]);
      expect(JSON.stringify([...(sheets ?? [])]), person).not.toMatch(/看得清楚/);
    }
    const own = await book('S0', { year: 2026, branch: 'B001' }, other);
    expect(lines(own?.get('承诺大会来宾清单合计')).slice(3)).toEqual(
      GUEST_ITEMS.map((item) => expect.stringMatching(item === 'notice' ? /\|0\|1$/ : /\|1\|0$/)),
    );
    // What they said of commitment meetings is for the secretary of the host alone.
    expect([...((await book('O1', { year: 2026 }, other))?.keys() ?? [])]).not.toContain('承诺大会来宾清单合计');
    expect(lines((await book('X0', { year: 2026, branch: 'B002' }, other))?.get('得星进展')).at(-1)).toMatch(
      /^没有记录/,
    );
  });
});
