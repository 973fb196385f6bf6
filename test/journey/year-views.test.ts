/** A year as secretary, liaison officer and office see it: visits, absences, the next step, /status, /export year, one Monday message. */
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forge, kindOf, sql, told } from '../support/journey.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const DAY = 86_400_000;
const MEMBERS: readonly Member[] = [
  { no: 'A01', branch: 'B001', roles: 'secretary' },
  { no: 'A02', branch: 'B001' },
  { no: 'A03', branch: 'B001' },
  { no: 'B01', branch: 'B002', roles: 'secretary', locale: 'en' },
  { no: 'G01', branch: 'B002', roles: 'leading_group' },
  { no: 'L01', branch: 'B003', roles: 'liaison:D1' },
  { no: 'O01', branch: 'B003', roles: 'office' },
];

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1', group: 'G01' },
        { code: 'B002', unit: 'U1', group: 'G01' },
        { code: 'B003', unit: 'U2', group: 'G02' },
      ],
      members: MEMBERS,
      startsAt: '2026-10-15T10:00+08:00', // Thursday
    });
  }, 60_000);
  afterAll(() => world?.stop());

  /** The sheets of the newest file somebody got. */
  async function sheetsOf(no: string): Promise<Map<string, string>> {
    const { file } = await world.as(no).next((message) => message.file !== undefined);
    const { sheets } = await readXlsx(await world.client.download(file?.key ?? ''));
    return new Map(sheets.map(({ name, rows }) => [name, rows.map((row) => row.join('|')).join('\n')]));
  }

  test('a visit is planned by the leading group, held by the secretary, and counted', async () => {
    const planner = world.as('G01');
    const form = (await (await planner.ask('/活动', { button: 'visit_new' })).press('visit_new')).card;
    const values = { branch: 'B001', title: '指导月会', date: '2026-10-15', place: '三楼' };
    const past = await form.press('submit', { ...values, date: '2026-10-01' });
    expect(kindOf(past)).toBe('warning');
    expect(kindOf(await past.card.press('submit', values))).toBe('success');
    const told = await world.as('A01').card({ title: /指导月会/ });
    expect(kindOf(await told.press('activity_open'))).toBe('success');
    expect(
      kindOf(
        await (await world.inChat('A02', 'branch:B001', { button: 'activity_sign_in' })).press('activity_sign_in'),
      ),
    ).toBe('success');
    const again = await (await world.as('A01').ask('/活动', { button: 'activity_1' })).press('activity_1');
    expect(kindOf(await again.card.press('activity_end'))).toBe('success');
    const counted = await world.as('O01').ask('/活动', { text: /领导到支部指导/ });
    expect(counted.text).toContain('已到 1 次');
    const forged = await forge(world, 'A02', { a: 'visit_plan' }, { form: values });
    expect(forged.toast?.type).toBe('error');
  });

  test('an absence is entered by the secretary alone, and seen by the person alone', async () => {
    const secretary = world.as('A01');
    const list = await secretary.ask('/会议', { form: 'meeting_kind' });
    const form = (await list.press('meeting_new', { kind: 'general_meeting' })).card;
    const planned = await form.press('submit', {
      date: '2026-10-15',
      time: '15:00',
      place: '三楼',
      agenda: '学习',
    });
    const register = (await planned.card.press('meeting_register')).card;
    const noted = await register.press('mark_absent', { person: 'A03', reason: 'duty_travel' });
    expect(noted.toast).toMatchObject({ type: 'success' });
    const opened = (await (await noted.card.press('meeting')).card.press('meeting_open')).card;
    await (await world.inChat('A02', 'branch:B001', { button: 'meeting_sign_in' })).press('meeting_sign_in');
    const ended = await opened.press('meeting_end');
    expect(ended.card.text).toContain('1 / 2'); // of three, one excused
    expect(ended.card.text).toContain('张A03（公差）');
    expect((await world.as('A03').ask('/我的', { text: /公差/ })).text).toContain('请假 1 次');
    const member = await (await world.as('A02').ask('/会议', { button: 'meeting_1' })).press('meeting_1');
    expect(member.card.text).not.toContain('公差');
  });

  test('the secretary hears what comes next, and takes the year away; nobody else does', async () => {
    const secretary = world.as('A01');
    const status = await secretary.ask('/进度', { title: /2026 年进展/ });
    expect(status.text).toContain('会议记录');
    expect(status.has('minutes_1')).toBe(true);
    await secretary.say('/导出 年');
    const sheets = await sheetsOf('A01');
    expect(sheets.get('会议和出席')).toContain('张A02|张A03（公差）');
    for (const no of ['A02', 'G01']) expect(await told(world, no, '/导出 年'), no).toContain('支部书记');
    expect(await told(world, 'A01', '/导出 年 2025')).toContain('没有记录');
    expect(await told(world, 'B01', '/export year 2030', 'en')).toContain('has not begun');
    const english = await world.as('B01').ask('/status year', { title: /The year 2026/ });
    expect(english.text).toContain('Members’ commitments');
  });

  test('the office sees the city, the liaison officer the district, and the file names nobody', async () => {
    const office = world.as('O01');
    expect((await office.ask('/status year', { title: /2026 年进展/ })).text).toContain('3 个支部');
    expect((await office.ask('/进度 报告', { title: /工作情况报告/ })).text).toContain('领导到支部指导');
    expect((await world.as('L01').ask('/进度 半年', { title: /半年情况/ })).text).toContain('3 个支部');
    await office.say('/export year 2026');
    const sheets = await sheetsOf('O01');
    expect(sheets.get('活动清单')).toContain('指导月会');
    for (const { no } of MEMBERS) expect([...sheets.values()].join('\n')).not.toContain(`张${no}`);
    expect(await told(world, 'L01', '/导出 年 D9')).toContain('没有这个片区');
    await world.as('L01').say('/导出 年度');
    const own = await sheetsOf('L01');
    expect(own.get('活动清单')).toContain('指导月会');
    expect([...own.keys()]).not.toContain('领导小组');
    for (const { no } of MEMBERS) expect([...own.values()].join('\n')).not.toContain(`张${no}`);
  });

  test('on Monday the liaison officer gets one message, with rates and what is late', async () => {
    await sql(
      world,
      "INSERT INTO task (id, branch, year, own, owner, text, due, state) VALUES ('t1', 'B001', 2026, 0, 'A02', '整理台账', '2026-12-30', 'open')",
    );
    await world.client.clock({ advance: DAY + 5.5 * 3_600_000 }); // Friday, 15:30
    await (await world.as('A02').card({ form: 'weekly_check' })).press('all_on_track');
    await world.client.clock({ advance: 2 * DAY + 19 * 3_600_000 }); // Monday, 10:30
    const digest = await world.as('L01').card({ title: /一周情况/ });
    expect(digest.text).toContain('自查率');
    expect(JSON.stringify(digest.json)).toContain('100');
    expect(
      (await world.as('L01').messages()).filter(({ card }) => /一周情况|按时率/.test(JSON.stringify(card ?? ''))),
    ).toHaveLength(1);
    for (const { no } of MEMBERS) expect(digest.text).not.toContain(`张${no}`);
  });
});
