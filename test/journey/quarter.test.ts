import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { castBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

/** A branch of 12 members and 3 colleagues, and a second branch of the same unit; two leaders rate in both. */
const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'leader;leading_group;committee' },
  { no: 'E05', branch: 'B001', roles: 'leader' },
  ...['E06', 'E07', 'E08', 'E09', 'E10', 'E11'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E12', branch: 'B001', status: 'probationary', locale: 'en' },
  ...['C01', 'C02', 'C03'].map((no) => ({ no, branch: 'B001', status: 'colleague' as const })),
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F03', branch: 'B002', roles: 'office' },
  ...['F04', 'F05', 'F06'].map((no) => ({ no, branch: 'B002' })),
];

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
      ],
      members: MEMBERS,
    });
  }, 60_000);
  afterAll(() => world?.stop());

  test('a quarter of one branch, from the opening to the league in the district chat', async () => {
    const secretary = world.as('E01');
    await secretary.ask('/评议 开启', { button: 'start_meeting' });
    const form = (await (await secretary.ask('/评议', { button: 'meeting_notice' })).press('meeting_notice')).card;
    const when = { date: '2099-01-05', time: '14：30', place: '三楼会议室' };
    const refused = await form.press('submit', { ...when, time: '两点半' });
    expect(refused.toast?.type).toBe('warning');
    expect(refused.card.view.forms[0]?.fields.find((field) => field.name === 'place')?.initial).toBe('三楼会议室');
    expect((await refused.card.press('submit', when)).toast?.type).toBe('success');
    expect((await world.inChat('E06', 'branch:B001', { text: /三楼会议室/ })).text).toContain('14:30');
    await world.as('E05').card({ text: /三楼会议室/ }); // a leader of the unit
    await world.as('F01').card({ text: /应邀列席/ }); // the secretary of the other branch of the group

    const people = MEMBERS.filter((member) => member.branch === 'B001');
    const members = people.filter((member) => member.status !== 'colleague').map((member) => member.no);
    for (const no of members) await fileSelfReview(world, no, 9);
    const committee = await (await world.as('E03').ask('/评议', { button: 'self_reviews' })).press('self_reviews');
    const words = await committee.card.press('read_E06');
    expect(words.card.text).toContain('按计划完成');
    expect(words.card.text).not.toMatch(/政治坚定星/); // marks only after the close
    const member = await world.as('E07').ask('/我的');
    const forged = await world.client.forge(world.as('E07').id, member.messageId, {
      tag: 'button',
      name: 'read_E06',
      value: { a: 'self_review_read', r: /"r":"([^"]+)"/.exec(JSON.stringify(words.card.json))?.[1], p: 'E06' },
    });
    expect(forged.toast?.type).toBe('error');
    const present = people.map((member) => member.no);
    const console = await runMeeting(world, 'E01', 'B001', present);
    expect(console.buttons()).toContain('close_ballot');
    const receipts: string[] = [];
    for (const no of present) {
      const { toast, receipt } = await castBallot(world, no, (_subject, _star, i) => (i < 8 ? 9 : 7));
      expect(toast).toBe('success');
      receipts.push(receipt);
    }
    expect(new Set(receipts).size).toBe(present.length);
    let card = await secretary.ask('/评议', { button: 'close_ballot' });
    const closed = await card.press('close_ballot');
    expect(closed.toast?.type).toBe('success');
    card = (await closed.card.press('confirm_results')).card;
    const confirmed = await card.press('confirm_results', {});
    expect(confirmed.toast?.type).toBe('success');
    const published = await confirmed.card.press('publish_results');
    expect(published.toast?.type).toBe('success');
    const district = await world.inChat('F02', 'district:D1', { title: /B001/ });
    expect(district.text).not.toContain('张E0');
    const mine = await world.as('E06').card({ button: 'acknowledge' });
    expect(mine.text).toContain('8');
  }, 120_000);
});
