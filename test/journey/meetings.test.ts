/** A month and its meetings as people live them: drafts, a commitment meeting with guests, minutes, the leading group. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'A01', branch: 'B001', roles: 'secretary' },
  { no: 'A02', branch: 'B001', name: '张大力' },
  { no: 'A03', branch: 'B001', roles: 'leader' },
  { no: 'B01', branch: 'B002', roles: 'secretary', locale: 'en' },
  { no: 'G01', branch: 'B002', roles: 'leading_group' },
  { no: 'L01', branch: 'B002', roles: 'liaison:D1' },
  { no: 'O01', branch: 'B002', roles: 'office' },
];
const DAY = 86_400_000;
describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002'].map((code) => ({ code, unit: 'U1', group: 'G01' })),
      members: MEMBERS,
      startsAt: '2026-10-23T10:00+08:00', // a Friday
    });
  }, 60_000);
  afterAll(() => world?.stop());

  test('the draft of the month arrives, is refused with a name in it, and goes to the chat as one page', async () => {
    await world.client.clock({ advance: 3 * DAY }); // Monday the 26th: the 25th was a Sunday
    const form = await world.as('A01').card({ form: 'monthly_summary' });
    expect(form.fields()).toEqual(['progress', 'problems', 'plan', 'measures']);
    const typed = { progress: '完成窗口改造', problems: '张大力的任务拖后', plan: '推进两项', measures: '每周检查' };
    const refused = await form.press('submit', typed);
    expect(refused.toast?.type).toBe('warning');
    expect(refused.card.view.forms[0]?.fields.find(({ name }) => name === 'progress')?.initial).toBe(typed.progress);
    const filed = await refused.card.press('submit', { ...typed, problems: '一项任务拖后' });
    expect(filed.toast?.type).toBe('success');
    expect((await world.inChat('A02', 'branch:B001', { title: /小结/ })).text).toContain('完成窗口改造');
    expect((await world.as('A01').ask('/总结 10月', { form: 'monthly_summary' })).text).toContain('已于');
  });

  test('a commitment meeting: guests are asked, people sign in, guests look at the process, minutes are kept', async () => {
    const secretary = world.as('A01');
    const register = await secretary.ask('/会议', { form: 'meeting_kind' });
    const form = (await register.press('meeting_new', { kind: 'commitment_meeting' })).card;
    const plan = { date: '2026-10-26', time: '15:00', place: '一楼会议室', pledge: 'off' };
    const wrong = await form.press('submit', { ...plan, time: '下午' });
    expect(wrong.toast?.type).toBe('warning');
    expect(wrong.card.view.forms[0]?.fields.find(({ name }) => name === 'place')?.initial).toBe(plan.place);
    const planned = await wrong.card.press('submit', plan);
    expect(planned.toast?.type).toBe('warning'); // planned, with a notice shorter than the rules ask for
    const notice = await world.inChat('A02', 'branch:B001', { title: /会议通知/ });
    expect(notice.text).toContain('唱国歌');
    expect(notice.text).not.toContain('承诺宣誓');

    const invited = await world.as('B01').card({ form: 'guest_answer' });
    expect(invited.text).toContain('Invitation');
    const answered = await invited.press('guest_come', { who: 'the secretary' });
    expect(answered.toast?.type).toBe('success');

    const opened = await planned.card.press('meeting_open');
    expect(opened.toast?.type).toBe('success');
    for (const no of ['A02', 'A03']) {
      const card = await world.inChat(no, 'branch:B001', { button: 'meeting_sign_in' });
      const tapped = await card.press('meeting_sign_in');
      expect(tapped.toast?.type).toBe('success');
      expect(tapped.replaced).toBe(false);
    }
    const entered = await (await opened.card.press('meeting_register')).card.press('mark_present', { person: 'A01' });
    expect(entered.toast?.type).toBe('success');
    const ended = await (await entered.card.press('meeting')).card.press('meeting_end');
    expect(ended.toast?.type).toBe('success');
    expect(ended.card.text).toContain('3 / 3');

    const leaders = await world.inChat('A02', 'branch:B001', { title: /领导参加/ });
    expect(JSON.stringify(leaders.json)).toContain('张A03');
    expect(JSON.stringify(leaders.json)).not.toContain('张大力');

    const checklist = await world.as('B01').card({ form: 'guest_checklist' });
    const items = Object.fromEntries(
      checklist
        .fields()
        .filter((name) => name.startsWith('item_'))
        .map((name) => [name, 'yes']),
    );
    expect((await checklist.press('submit', { ...items, item_notice: 'no' })).toast?.type).toBe('success');

    const minutes = (await ended.card.press('minutes')).card;
    const kept = await minutes.press('submit', { points: '每月公开一次进度' });
    expect(kept.toast?.type).toBe('success');
    expect(kept.card.text).toContain('提前发了会议通知');
    const member = await (await world.as('A02').ask('/meeting', { button: 'meeting_1' })).press('meeting_1');
    expect(member.card.text).toContain('每月公开一次进度');
    expect(member.card.text).not.toContain('张A03');
    expect((await world.as('A02').ask('/me', { text: /承诺大会/ })).text).toContain('10月26日');
    // A forged click of a member on the secretary's button does nothing.
    const forged = await world.client.forge(world.as('A02').id, member.card.messageId, {
      tag: 'button',
      name: 'meeting_new',
      value: { a: 'meeting_new' },
      form_value: { kind: 'general_meeting' },
    });
    expect(forged.toast?.type).toBe('error');
  });

  test('the leading group registers a meeting; the office sees the number', async () => {
    const group = world.as('G01');
    const form = (await (await group.ask('/领导小组', { button: 'leading_meeting' })).press('leading_meeting')).card;
    const added = await form.press('submit', {
      date: '2026-10-20',
      topic: '研究第四季度工作',
      decided: '部署三项任务',
    });
    expect(added.toast?.type).toBe('success');
    const evidence = (await added.card.press('leading_evidence')).card;
    const saved = await evidence.press('submit', { same: 'planned', text: '一起研究', reference: '纪要 3 号' });
    expect(saved.card.text).toContain('纪要 3 号');
    const office = await world.as('O01').ask('/五同', { title: /领导小组/ });
    expect(JSON.stringify(office.json)).toContain('U1处');
    expect(JSON.stringify(office.json)).not.toContain('纪要');
  });

  test('who owes is reminded, and at the close the liaison officer hears which branch is late', async () => {
    await world.client.clock({ advance: 7 * DAY }); // Monday, 2 November
    const reminder = await world.as('B01').card({ title: /October|2026/, button: 'summary' });
    expect(reminder.text).toContain('5 Nov');
    expect(await world.as('A01').findCard({ button: 'summary' })).toBeNull();
    await world.client.clock({ advance: 3 * DAY + 7.5 * 3_600_000 }); // Thursday, 17:30
    const late = await world.as('L01').card({ title: /总结未交/ });
    expect(late.text).toContain('B002');
    expect(late.text).not.toContain('B001');
    for (const member of MEMBERS) expect(late.text).not.toContain(`张${member.no}`);
    const league = JSON.parse(await world.cliOk('league', '--period', '2026-Q4', '--format', 'json')) as {
      rows: { branch: string; monthly_on_time: string }[];
    };
    expect(Object.fromEntries(league.rows.map((row) => [row.branch, row.monthly_on_time]))).toEqual({
      B001: '100.00',
      B002: '0.00',
    });
  });
});
