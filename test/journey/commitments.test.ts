/** From the first item to the league, with the real bot and the playground: commitments, approval, board, weekly check. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardView } from '../support/playground.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'S01', branch: 'B001', roles: 'secretary' },
  { no: 'K01', branch: 'B001', roles: 'committee' },
  { no: 'M01', branch: 'B001' },
  { no: 'M02', branch: 'B001', locale: 'en' },
  { no: 'G01', branch: 'B002', roles: 'leading_group' },
  { no: 'L01', branch: 'B002', roles: 'liaison:D1' },
];
describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002'].map((code) => ({ code, unit: 'U1' })),
      members: MEMBERS,
      startsAt: '2026-10-15T10:00+08:00',
    });
  }, 60_000);
  afterAll(() => world?.stop());

  const item = (n: number, star: string) => ({
    star,
    text: `第${n}件事：按月公开办件时限`,
    result: `按期率不低于9${n}%`,
    due: '2026-12-18',
  });
  const STARS = ['dedication', 'teamwork', 'integrity', 'warm_service', 'good_performance'];
  const BRANCH_STARS = [
    'leadership_responsibility',
    'project_delivery',
    'routine_standards',
    'frontline_service',
    'clean_conduct',
  ];
  const initial = (view: CardView, name: string) => view.forms[0]?.fields.find((field) => field.name === name)?.initial;

  test('members write their commitments star by star, wrong input comes back, and the committee examines them', async () => {
    for (const no of ['M01', 'M02']) {
      const member = world.as(no);
      let card = await member.ask(no === 'M02' ? '/commit' : '/承诺', { form: 'commitment' });
      expect(card.fields()).toEqual(['star', 'text', 'result', 'due']);
      const private_ = { ...item(1, STARS[0]!), text: no === 'M02' ? 'Two home visits a month' : '每月家访两户群众' };
      const refused = await card.press('add_item', private_);
      expect(refused.toast?.type).toBe('warning');
      expect(refused.toast?.content).toMatch(no === 'M02' ? /home visits/ : /入户走访/);
      expect(initial(refused.card.view, 'text')).toBe(private_.text);
      card = refused.card;
      for (const [i, star] of STARS.slice(0, 2).entries()) {
        const added = await card.press('add_item', item(i + 1, star));
        expect(added.toast?.type).toBe('success');
        card = added.card;
      }
      const handed = await card.press('submit_all', item(3, STARS[2]!)); // the third item is still in the form
      expect(handed.toast?.type).toBe('success');
      expect(handed.card.has('withdraw')).toBe(true);
    }
    const committee = world.as('K01');
    const queue = await committee.card({ button: 'review_1' });
    const first = (await queue.press('review_1')).card;
    expect(first.text).toContain('按期率不低于91%');
    const returned = await first.press('return', { comment: '请写明由谁配合' });
    expect(returned.toast?.type).toBe('success');
    const second = (await returned.card.press('review_1')).card;
    expect((await second.press('approve')).toast?.type).toBe('success');

    // Whoever's sheet came first in the queue; the message may still be on its way.
    const back = await Promise.any(['M01', 'M02'].map((no) => world.as(no).card({ text: /请写明由谁配合/ })));
    const owner = back.player;
    const again = await (await owner.card({ text: /请写明由谁配合/ })).press('submit_all');
    expect(again.toast?.type).toBe('success');
    const own = await committee.ask('/承诺 审定', { button: 'review_1' });
    expect((await (await own.press('review_1')).card.press('approve')).toast?.type).toBe('success');
    // Nobody examines the own sheet, with whatever button.
    const forged = await world.client.forge(owner.id, again.card.messageId, {
      tag: 'button',
      name: 'approve',
      value: { a: 'commit_approve', c: 'x', v: 0 },
    });
    expect(forged.toast?.type).toBe('warning');
  });

  test('the branch’s own commitments are approved by the leading group; the secretary publishes, and the board opens', async () => {
    const secretary = world.as('S01');
    let card = await secretary.ask('/承诺 支部', { form: 'commitment' });
    for (const [i, star] of BRANCH_STARS.entries()) card = (await card.press('add_item', item(i + 1, star))).card;
    expect((await card.press('submit_all')).toast?.type).toBe('success');
    const review = await (await world.as('G01').card({ button: 'review_1' })).press('review_1');
    expect((await review.card.press('approve')).toast?.type).toBe('success');

    const overview = await secretary.ask('/承诺 情况', { button: 'publish' });
    expect((await overview.press('publish')).toast?.content).toContain('3 份');
    const posted = await world.inChat('M01', 'branch:B001', { button: 'board' });
    expect(posted.text).not.toContain('按期率');
    const link = posted.view.buttons.find((button) => button.name === 'board')?.link ?? '';
    const page = await fetch(new URL(new URL(link).pathname, world.bot.url));
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const part of ['张M01', '张M02', '按期率不低于95%']) expect(text).toContain(part);
  });

  test('on Friday everybody with a task is asked, on Monday those who owe; then the digest, the rates and the league', async () => {
    await world.client.clock({ now: Date.parse('2026-10-16T15:00+08:00') });
    const asked = await world.as('M01').card({ form: 'weekly_check' });
    const fields = asked.fields().filter((name) => name.startsWith('task_'));
    expect(fields).toHaveLength(3);
    const states = ['needs_help', 'done', 'on_track'];
    const values = Object.fromEntries(
      fields.flatMap((name, i) => [
        [name, states[i]],
        [name.replace('task_', 'note_'), i === 0 ? '等经费批复' : ''],
      ]),
    );
    expect((await asked.press('submit', values)).toast?.type).toBe('success');
    const secretary = world.as('S01');
    const one = await secretary.card({ button: 'all_on_track' });
    expect((await one.press('all_on_track')).toast?.type).toBe('success');
    expect(await world.as('K01').findCard({ form: 'weekly_check' })).toBeNull();

    await world.client.clock({ now: Date.parse('2026-10-19T09:00+08:00') });
    const reminder = await world.as('M02').card({ form: 'weekly_check', text: /Please answer by/ });
    expect(reminder.title).toContain('Weekly check');
    expect(await world.as('M01').findCard({ text: /请在 .* 前完成/ })).toBeNull();

    await world.client.clock({ now: Date.parse('2026-10-19T10:00+08:00') });
    const digest = await secretary.card({ title: /每周自查汇总/ });
    expect(digest.text).toContain('等经费批复');
    expect(digest.text).toContain('张M02');
    const rates = await world.as('L01').card({ title: /一周情况/ });
    expect(JSON.stringify(rates.json)).toContain('"66"');
    expect(JSON.stringify(rates.json)).not.toMatch(/张M0|经费/);
    for (const no of ['K01', 'M01', 'M02', 'G01'])
      expect(await world.as(no).findCard({ title: /汇总|digest/ })).toBeNull();
    const late = await world.as('M02').ask('/check');
    expect(late.text).toContain('23 Oct');
    const league = JSON.parse(await world.cliOk('league', '--period', '2026-Q4')) as {
      rows: { branch: string; weekly_check_rate: string; commitments_on_schedule: string }[];
    };
    expect(league.rows.find((row) => row.branch === 'B001')).toMatchObject({ weekly_check_rate: '66.66' });
    expect(world.bot.log()).not.toMatch(/等经费批复/);
  });
});
