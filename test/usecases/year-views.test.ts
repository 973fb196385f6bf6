/** The year as `/status`, the console, the digest and `/me` show it, the half-year look, and the report (R62, R110, R128, J21). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allText, buttonNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { yearFigures } from '../../src/usecases/year/figures.ts';
import { yearReport } from '../../src/usecases/year/report.ts';
import { yearSteps } from '../../src/usecases/year/steps.ts';
import { findPerson } from '../../src/store/roster.ts';
import { fileSelf, type Stage, toNotice } from '../support/review-stage.ts';

/** Types a command and gives back which card answered, with its arguments. */
async function answer(world: MeetingWorld, person: string, text: string): Promise<string> {
  const before = (await world.outbox()).length;
  await world.type(person, text);
  const row = (await world.outbox())[before];
  return row === undefined ? '' : `${row.card} ${row.args}`;
}
const at = (world: MeetingWorld, moment: string): void => {
  world.clock.now = Date.parse(`${moment}+08:00`);
};
const of = async (world: MeetingWorld, code = 'B001') => {
  const [figures] = await yearFigures(
    world.use.db.read,
    world.use,
    2026,
    world.clock.now,
    (branch) => branch.code === code,
  );
  if (figures === undefined) throw new Error('no branch');
  return figures;
};
const steps = async (world: MeetingWorld, person: string) => {
  const known = await findPerson(world.use.db.read, person);
  if (known === null) throw new Error('nobody');
  return (await yearSteps(world.use.db.read, world.use, { ...known, leftOn: null }, world.clock.now)).map(
    ({ kind }) => kind,
  );
};

describe('/status', () => {
  it.each([
    ['O1', '/status', 'status {"period":"2026-Q3"}'],
    ['O1', '/status 2026-Q2', 'status {"period":"2026-Q2"}'],
    ['O1', '/status 2026-08', 'status {"period":"2026-Q3"}'],
    ['O1', '/status year', 'year_status {"year":2026}'],
    ['O1', '/进度 全年 2025', 'year_status {"year":2025}'],
    ['O1', '/status 2026', 'year_status {"year":2026}'],
    ['O1', '/status half D1', 'half_year {"year":2026,"district":"D1"}'],
    ['O1', '/进度 报告', 'year_report {"year":2026}'],
    ['P1', '/status year', 'year_status {"year":2026,"district":"D1"}'],
    ['P1', '/status report', 'year_report {"year":2026,"district":"D1"}'],
    ['S0', '/status', 'year_branch {"branch":"B001","year":2026}'],
    ['S0', '/status year', 'year_branch {"branch":"B001","year":2026}'],
    ['K1', '/进度 去年', 'year_branch {"branch":"B001","year":2025}'],
    ['S0', '/status 2026-Q1', 'notice {"key":"no_review_period","period":"2026-Q1"}'],
    ['M01', '/status year', 'me {}'],
    ['O1', '/status year D9', 'notice {"key":"bad_scope"}'],
  ])('%s asks %s', async (person, text, card) => {
    expect(await answer(await meetingWorld(), person, text)).toBe(card);
  });
  it('a secretary with a review gets its console, and the year by its word', async () => {
    const world = await meetingWorld();
    const r = await world.open();
    expect(await answer(world, 'S0', '/status')).toBe(`console {"review":"${r}"}`);
    expect(await answer(world, 'S0', '/status 2026-Q3')).toBe(`console {"review":"${r}"}`);
    expect(await answer(world, 'S0', '/进度 年')).toMatch(/^year_branch/);
  });
  it('cards are for those who look after the place, whatever the card carries', async () => {
    const world = await meetingWorld();
    for (const card of ['year_status', 'half_year', 'year_report']) {
      expect(await world.card(card, { year: 2026 }, 'P1'), card).toBeNull(); // the city is not the liaison officer's
      for (const person of ['S0', 'M01'])
        expect(await world.card(card, { year: 2026, district: 'D1' }, person), `${card} ${person}`).toBeNull();
      expect(await world.card(card, { year: 2026, district: 'D1' }, 'P1'), card).not.toBeNull();
    }
    for (const person of ['M01', 'X0', 'O1'])
      expect(await world.card('year_branch', { branch: 'B001', year: 2026 }, person)).toBeNull();
  });
});

describe('figures', () => {
  it('of a branch: commitments by state, tasks, checks, meetings, activities; no name anywhere', async () => {
    const world = await meetingWorld();
    await world.committed('M01');
    await world.committed('M02');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await world.add('M03', 'own', 1);
    await world.opened('general_meeting');
    const g = (await world.meeting()).id;
    await world.click('M01', { a: 'meeting_sign_in', g });
    await world.click('S0', { a: 'meeting_end', g });
    at(world, '2026-10-16T15:00');
    await runJob(world, 'weekly-check-open');
    await world.click('M01', { a: 'check_all', k: '2026-W42' });
    at(world, '2026-10-19T10:00');
    await runJob(world, 'weekly-check-close');
    expect(await of(world)).toMatchObject({
      members: 8,
      sheets: { published: 2, approved: 0, submitted: 0, writing: 1 },
      own: null,
      tasks: { open: 6, done: 0, overdue: 0 },
      checks: { due: 2, answered: 1 },
      meetings: { held: 1, minutesLate: 1, due: 8, present: 1 }, // minutes due on the 14th
    });
    const card = await world.card('year_branch', { branch: 'B001', year: 2026 }, 'S0');
    for (const words of ['已公布 2 / 8', '50% (1/2)', '会议记录过期未交 1 份', '支部承诺还没有公布'])
      expect(allText(card), words).toContain(words);
    expect(allText(card)).toContain('/导出 年 2026');
    expect(allText(await world.card('year_branch', { branch: 'B001', year: 2026 }, 'K1'))).not.toContain('/导出');
    const city = await world.card('year_status', { year: 2026 }, 'O1');
    expect(allText(city)).toContain('3 个支部中 3 个有没办的步骤');
    expect(JSON.stringify(city)).not.toMatch(/某[MSK]/);
    const district = await world.card('year_status', { year: 2026, district: 'D1' }, 'P1');
    expect(allText(district)).not.toContain('领导小组：'); // units lie across districts
  });
});

describe('what comes next', () => {
  it('is said on the console and the digest of who runs the branch, and done from there', async () => {
    const world = await meetingWorld();
    for (const n of [1, 2, 3]) await world.add('M01', 'own', n);
    await world.submit('M01', 'own');
    expect(await steps(world, 'S0')).toEqual(['approve']);
    await world.open();
    const r = await world.review();
    for (const person of ['S0', 'K1']) {
      const console = await world.card('console', { review: r }, person);
      expect(allText(console), person).toContain('承诺：1 份待审定');
      expect(buttonNames(console), person).toContain('open_queue');
    }
    const digest = await world.card('check_digest', { week: '2026-W41', branch: 'B001' }, 'S0');
    expect(allText(digest)).toContain('承诺：1 份待审定');
    await world.decide('S0', 'M01', 'commit_approve');
    expect(await steps(world, 'S0')).toEqual(['publish']);
    expect(await steps(world, 'K1')).toEqual([]);
    expect(allText(await world.card('me', {}, 'S0'))).toContain('1 份已审定待公布（2026 年）');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    expect(await steps(world, 'S0')).toEqual([]);
  });

  it('summary, minutes, guidance and invitations, each gone once it is done', async () => {
    const world = await meetingWorld();
    const { id: g } = await world.opened('general_meeting');
    await world.click('M01', { a: 'meeting_sign_in', g });
    await world.click('S0', { a: 'meeting_end', g });
    await world.click('O1', { a: 'guidance_publish' }, { text: '请按时', due: '' });
    await world.plan('commitment_meeting', {}, 'X0');
    await world.click(
      'X0',
      { a: 'activity_plan' },
      { kind: 'seminar', title: '研讨', place: '', date: '2026-10-12', place_of: 'group:G01' },
    );
    at(world, '2026-10-26T09:30');
    await runJob(world, 'monthly-summary-open');
    expect(await steps(world, 'S0')).toEqual(['summary', 'minutes', 'invitation', 'invitation', 'guidance']);
    expect(await steps(world, 'K1')).toEqual(['guidance']);
    expect(await steps(world, 'M01')).toEqual([]);
    const me = await world.card('me', {}, 'S0');
    expect(allText(me)).toContain('答复示例第二支部承诺大会的邀请');
    expect(allText(me)).toContain('答复是否参加“研讨”');
    const { id } = (await world.use.db.read.get(z.object({ id: z.string() }), 'SELECT id FROM guidance')) ?? { id: '' };
    const shown = await world.click('S0', { a: 'guidance_show', g: id });
    expect(buttonNames(shown.card)).toContain('guidance_read');
    await world.click('S0', { a: 'guidance_read', g: id });
    const meeting = await world.use.db.read.get(
      z.object({ id: z.string() }),
      "SELECT id FROM meeting WHERE branch = 'B002'",
    );
    const invitation = await world.click('S0', { a: 'guest_show', g: meeting?.id ?? '' });
    expect(buttonNames(invitation.card)).toContain('guest_come');
    await world.click('S0', { a: 'guest_answer', g: meeting?.id ?? '', c: 0 });
    expect(await steps(world, 'S0')).toEqual(['summary', 'minutes', 'invitation']);
    expect((await world.click('M01', { a: 'guest_show', g: meeting?.id ?? '' })).toast?.type).toBe('error');
    expect((await world.click('S0', { a: 'guidance_show', g: 'gone' })).toast?.type).toBe('warning');
  });

  it('in January members may write commitments, and the secretary those of the branch', async () => {
    const world = await meetingWorld();
    at(world, '2027-01-07T10:00');
    expect(await steps(world, 'S0')).toEqual(['branch_commitment']);
    expect(allText(await world.card('me', {}, 'M01'))).toContain('写 2027 年承诺（自愿，1月20日 前提交）');
    expect(allText(await world.card('me', {}, 'R01'))).not.toContain('承诺（自愿');
    at(world, '2027-02-01T10:00');
    expect(await steps(world, 'S0')).toEqual([]);
    expect(allText(await world.card('me', {}, 'M01'))).not.toContain('写 2027 年承诺');
  });
});

describe('the half-year look', () => {
  it('goes once to the office and the liaison officers, with branches and numbers only', async () => {
    const world = await meetingWorld();
    await world.committed('M01');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await world.use.db.script("UPDATE task SET due = '2026-10-01'");
    at(world, '2027-07-12T10:00'); // the 10th is a Saturday
    expect(await runJob(world, 'half-year-look')).toMatchObject({ done: 2, failed: 0 });
    await runJob(world, 'half-year-look');
    const sent = await world.messages('half_year');
    expect(sent.map(({ recipient, args }) => `${recipient} ${args}`)).toEqual([
      'O1 {"year":2027}',
      'P1 {"year":2027,"district":"D1"}',
    ]);
    at(world, '2026-10-30T10:00');
    const card = await world.card('half_year', { year: 2026 }, 'O1');
    const table = JSON.stringify(card?.blocks.filter((block) => block.kind === 'table'));
    expect(table).toContain('"items":"0/3"');
    expect(table).toContain('支部承诺还没有公布');
    expect(JSON.stringify(card)).not.toMatch(/某[MSKP]/);
  });
});

describe('the report', () => {
  it('has stars by quarter, outstanding ones, and the branches behind; no scores and no names', async () => {
    const world = await meetingWorld();
    const { use } = world;
    use.caster = createBallotCaster({ db: use.db, keys: use.keys, now: () => world.clock.now });
    const stage: Stage = { ...world, r: await world.open() };
    for (const person of ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'L1']) await fileSelf(stage, person);
    expect((await yearReport(use.db.read, use, 2026, null, world.clock.now)).progress).toEqual([]);
    await toNotice(stage);
    const report = await yearReport(use.db.read, use, 2026, null, world.clock.now);
    expect(report.progress).toMatchObject([{ period: '2026-Q3', outstanding: 0, min: 10, max: 10 }]);
    expect(report.progress[0]?.graded).toBeGreaterThan(5);
    expect(report.high).toMatchObject([{ period: '2026-Q3', from: 9, usual: '1/3' }]);
    const card = await world.card('year_report', { year: 2026 }, 'O1');
    expect(allText(card)).toContain('最多 10 颗');
    expect(JSON.stringify(card)).not.toMatch(/某/);
    expect((await yearReport(use.db.read, use, 2026, 'D9', world.clock.now)).progress).toEqual([]);
    await use.db.script(
      `UPDATE sheet SET body = json_set(body, '$.stars[0].outstanding', json('true')) WHERE person = 'M01'`,
    );
    expect((await yearReport(use.db.read, use, 2026, 'D1', world.clock.now)).progress[0]?.outstanding).toBe(1);
  });
});
