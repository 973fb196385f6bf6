import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'A01', branch: 'B001', roles: 'secretary' },
  { no: 'A02', branch: 'B001' },
  { no: 'B01', branch: 'B002', roles: 'secretary', locale: 'en' },
  { no: 'B02', branch: 'B002' },
  { no: 'C01', branch: 'B003', roles: 'secretary' },
  { no: 'D01', branch: 'B004', roles: 'secretary' },
  { no: 'L01', branch: 'B004', roles: 'liaison:D1' },
  { no: 'O01', branch: 'B004', roles: 'office' },
];
describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002', 'B003']
        .map((code) => ({ code, unit: 'U1', group: 'G01' }))
        .concat({ code: 'B004', unit: 'U2', group: 'G02' }),
      members: MEMBERS,
      startsAt: '2026-09-14T10:00+08:00',
    });
  }, 60_000);
  afterAll(() => world?.stop());

  test('guidance is asked for, written, read by branch, and reminded of', async () => {
    const office = world.as('O01');
    await world.client.clock({ advance: 86_400_000 }); // Tuesday, 15 September
    const asked = await office.card({ form: 'guidance' });
    const sent = await asked.press('submit', { text: '请于月底前完成自评。', due: '2026-09-30' });
    expect(sent.toast?.type).toBe('success');
    expect(sent.card.text).toContain('B001');

    const secretary = await world.as('A01').card({ button: 'guidance_read' });
    expect(secretary.text).toContain('请于月底前完成自评');
    expect((await secretary.press('guidance_read')).toast?.type).toBe('success');
    const english = await world.as('B01').card({ button: 'guidance_read' });
    expect(english.text).toContain('To be done by 30 Sep');

    const receipts = await office.ask('/指导', { button: 'guidance_new' });
    expect(receipts.text).not.toContain('B001');
    expect(receipts.text).toContain('B002');
    // A member may read it, but not write one; the button of another card does not help.
    const member = await world.as('A02').ask('/指导');
    expect(member.has('guidance_read')).toBe(false);
    const forged = await world.client.forge(world.as('A02').id, member.messageId, {
      tag: 'button',
      name: 'submit',
      value: { a: 'guidance_publish' },
      form_value: { text: '假的' },
    });
    expect(forged.toast?.type).toBe('error');
  });

  test('a group activity is planned, answered, signed in to and counted for every branch that came', async () => {
    const planner = world.as('A01');
    const list = await planner.ask('/活动', { button: 'activity_new' });
    const form = (await list.press('activity_new')).card;
    const values = {
      place_of: 'group:G01',
      kind: 'exchange_meeting',
      title: '三季度观摩交流',
      date: '2026-09-18',
      place: '一楼会议室',
    };
    const past = await form.press('submit', { ...values, date: '2026-09-01' });
    expect(past.toast?.type).toBe('warning');
    expect(past.card.view.forms[0]?.fields.find((field) => field.name === 'title')?.initial).toBe(values.title);
    const foreign = await form.press('submit', { ...values, place_of: 'district:D1' });
    expect(foreign.toast?.type).not.toBe('success');
    const planned = await form.press('submit', values);
    expect(planned.toast?.type).toBe('success');

    const invited = await world.as('B01').card({ button: 'activity_yes' });
    expect(invited.text).toContain('Observation and exchange');
    expect((await invited.press('activity_yes')).toast?.type).toBe('success');
    expect(await world.as('D01').findCard({ title: /观摩/ })).toBeNull();

    const opened = await planned.card.press('activity_open');
    expect(opened.toast?.type).toBe('success');
    expect((await opened.card.press('activity_end')).toast?.type).toBe('warning'); // nobody there yet
    for (const [no, key] of [
      ['A02', 'branch:B001'],
      ['B02', 'branch:B002'],
      ['B01', 'branch:B002'],
    ] as const) {
      const card = await world.inChat(no, key, { button: 'activity_sign_in' });
      expect((await card.press('activity_sign_in')).toast?.type).toBe('success');
      expect((await card.press('activity_sign_in')).toast?.type).toBe('info');
    }
    const ended = await (await planner.ask('/活动', { button: 'activity_1' })).press('activity_1');
    expect((await ended.card.press('activity_end')).toast?.type).toBe('success');

    const league = JSON.parse(await world.cliOk('league', '--period', '2026-Q3')) as {
      rows: { branch: string; activities: string }[];
    };
    expect(Object.fromEntries(league.rows.map((row) => [row.branch, row.activities]))).toEqual({
      B001: '1.00',
      B002: '1.00',
      B003: '0.00',
      B004: '0.00',
    });
  });

  test('on Monday the liaison officer hears which branches are late, and no name', async () => {
    await world.client.clock({ advance: 7 * 86_400_000 });
    const digest = await world.as('L01').card({ title: /一周情况/, text: /指导意见未阅/ });
    expect(digest.text).toContain('B003');
    for (const member of MEMBERS) expect(digest.text).not.toContain(`张${member.no}`);
    expect(await world.as('A01').findCard({ title: /一周情况/ })).toBeNull();
  });
});
