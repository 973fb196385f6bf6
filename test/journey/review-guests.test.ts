/** Guests of the four-mutual group at a quarterly review, as people live it: asked, there, a checklist, and no ballot (R70, A18). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forge, kindOf } from '../support/journey.ts';
import { fileSelfReview } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'A01', branch: 'B001', roles: 'secretary' },
  { no: 'A02', branch: 'B001', roles: 'committee' },
  ...['A03', 'A04', 'A05', 'A06'].map((no) => ({ no, branch: 'B001' })),
  { no: 'B01', branch: 'B002', roles: 'secretary', locale: 'en' },
  { no: 'B02', branch: 'B002' },
  { no: 'C01', branch: 'B003', roles: 'secretary' },
  { no: 'D01', branch: 'B004', roles: 'secretary' },
];
const HOST = MEMBERS.filter((member) => member.branch === 'B001').map(({ no }) => no);

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002', 'B003']
        .map((code) => ({ code, unit: `U${code}`, group: 'G01' }))
        .concat({ code: 'B004', unit: 'U4', group: 'G02' }),
      members: MEMBERS,
    });
    await world.as('A01').ask('/评议 开启', { button: 'start_meeting' });
  }, 60_000);
  afterAll(() => world?.stop());

  test('the notice invites the other branches of the group, and they answer', async () => {
    const secretary = world.as('A01');
    const form = (await (await secretary.ask('/评议', { button: 'meeting_notice' })).press('meeting_notice')).card;
    await form.press('submit', { date: '2099-01-05', time: '14:30', place: '三楼会议室' });
    const invited = await world.as('B01').card({ form: 'guest_answer' });
    expect(invited.text).toContain('三楼会议室');
    expect(kindOf(await invited.press('guest_come', { who: '' }))).toBe('warning');
    const answered = await invited.press('guest_come', { who: 'the secretary and one member' });
    expect(kindOf(answered)).toBe('success');
    expect(kindOf(await (await world.as('C01').card({ form: 'guest_answer' })).press('guest_decline', {}))).toBe(
      'success',
    );
    expect(await world.as('D01').findCard({ form: 'guest_answer' })).toBeNull();
    const console = await secretary.ask('/评议', { button: 'guests' });
    expect(console.text).toContain('1 / 2 个支部参加');
  });

  test('they sign in, fill in the checklist, and get no ballot', async () => {
    for (const no of HOST) await fileSelfReview(world, no, 9);
    await (await world.as('A01').ask('/评议', { button: 'start_meeting' })).press('start_meeting');
    const member = await world.inChat('B02', 'branch:B002', { button: 'guest_sign_in' });
    expect(kindOf(await member.press('guest_sign_in'))).toBe('success');
    expect(kindOf(await member.press('guest_sign_in'))).toBe('info');
    const checklist = await world.as('B01').card({ form: 'guest_checklist' });
    const items = Object.fromEntries(
      checklist
        .fields()
        .filter((name) => name.startsWith('item_'))
        .map((name) => [name, 'yes']),
    );
    const { item_notice: _left, ...some } = items;
    const value = { a: 'review_guest_check', r: idOf(checklist.json) };
    expect(kindOf(await forge(world, 'B01', value, { card: checklist, form: some }))).toBe('warning');
    expect(kindOf(await checklist.press('submit', { ...items, item_notice: 'no', remark: '会前多联系' }))).toBe(
      'success',
    );
    await restOfMeeting();
    for (const no of ['B01', 'B02', 'C01']) {
      expect(await world.as(no).findCard({ button: 'ballot_open' }), no).toBeNull();
      expect((await world.as(no).ask('/投票')).has('ballot_next'), no).toBe(false);
    }
    const host = await (await world.as('A02').ask('/评议', { button: 'guests' })).press('guests');
    expect(host.card.text).toContain('提前发了会议通知和应到名单：是 0，否 1');
    expect(host.card.text).toContain('会前多联系');
    const forged = await forge(world, 'A03', { a: 'review_guests', r: idOf(host.card.json) });
    expect(forged.toast?.type).toBe('error');
    expect((await world.as('B02').ask('/me', { text: /B001支部/ })).text).toContain('列席');
  });

  /** The meeting has begun; the rest of it. */
  async function restOfMeeting(): Promise<void> {
    for (const no of HOST) await (await world.inChat(no, 'branch:B001', { button: 'sign_in' })).press('sign_in');
    let now = await world.as('A01').ask('/评议', { button: 'agenda_next' });
    while (now.has('agenda_next')) now = (await now.press('agenda_next')).card;
    await now.press('start_ballot');
    await world.as('A03').card({ button: 'ballot_next' });
  }
});
const idOf = (json: unknown): string => /"r":"([^"]+)"/.exec(JSON.stringify(json).replaceAll('\\"', '"'))?.[1] ?? '';
