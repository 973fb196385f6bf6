/** Posts with stars of their own and a branch's items, with the real bot and the playground: set up, approved, committed to, rated, hung up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShownCard } from '../support/playground.ts';
import { runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'S01', branch: 'B001', roles: 'secretary' },
  { no: 'K01', branch: 'B001', roles: 'committee' },
  { no: 'M01', branch: 'B001' },
  { no: 'M02', branch: 'B001', locale: 'en' },
  { no: 'M03', branch: 'B001' },
  { no: 'G01', branch: 'B002', roles: 'leading_group' },
];
const FIRST = '窗口来人十分钟内接待';
const SECOND = '窗口来人五分钟内接待';
const item = (n: number, star: string) => ({
  star,
  text: `第${n}件事：按月公开办件时限`,
  result: `按期率不低于9${n}%`,
  due: '2026-12-18',
});

/** The table of a ballot, as a browser without script opens it from the link. */
async function openedOnTheWeb(link: URL): Promise<string> {
  const list = await (await fetch(link)).text();
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(list)?.[1] ?? '';
  const body = new URLSearchParams({ t: field('t'), r: field('r'), v: 'table', do: 'open.table' });
  const opened = await fetch(new URL('/ballot', link), { method: 'POST', body });
  expect(opened.status).toBe(200);
  return opened.text();
}

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002'].map((code) => ({ code, unit: 'U1' })),
      members: MEMBERS,
      startsAt: '2026-10-15T10:00+08:00',
      // DingTalk's world has an address anyway; only the path of a link is followed.
      env: platform === 'lark' ? { PUBLIC_URL: 'https://stars.example.test' } : {},
    });
  }, 60_000);
  afterAll(() => world?.stop());

  const approve = async (): Promise<void> => {
    const queue = await world.as('G01').ask('/承诺 审定', { button: 'posts_1' });
    const review = (await queue.press('posts_1')).card;
    expect(review.text).toContain('张M01');
    expect((await review.press('approve')).toast?.type).toBe('success');
  };

  test('the secretary sets a post up; wrong texts come back with a reason; the leading group approves it', async () => {
    let card = await world.as('S01').ask('/承诺 岗位', { form: 'post_group' });
    const unnamed = await card.press('add_group', { name: '' });
    expect(unnamed.toast?.content).toContain('岗位名称');
    card = (await unnamed.card.press('add_group', { name: '服务窗口' })).card;
    card = (await card.press('pick')).card;
    card = (
      await card.press('save', {
        member_S01: 'out',
        member_K01: 'out',
        member_M01: 'in',
        member_M02: 'out',
        member_M03: 'out',
      })
    ).card;
    expect(card.text).toContain('张M01');
    card = (await card.press('star_add')).card;
    const refused = await card.press('save', { star: 'warm_service', indicator_1: '每月家访两户' });
    expect(refused.toast?.content).toMatch(/入户走访.*例如/);
    const saved = await refused.card.press('save', { star: 'warm_service', indicator_1: FIRST });
    expect(saved.toast?.type).toBe('success');
    const list = (await saved.card.press('post_list')).card;
    const handed = await list.press('submit_all');
    expect(handed.toast?.type).toBe('success');
    expect((await world.as('M01').ask('/承诺 岗位')).text).toContain('书记、副书记');
    const forged = await world.client.forge(world.as('S01').id, handed.card.messageId, {
      tag: 'button',
      name: 'approve',
      value: { a: 'post_approve', b: 'B001', y: 2026, v: 4 },
    });
    expect(forged.toast?.type).toBe('error');
    await approve();
    await world.as('M01').card({ text: new RegExp(FIRST) });
  });

  test('a unit’s item stands under its star, and is a task of whoever carries it', async () => {
    const secretary = world.as('S01');
    let card = await secretary.ask('/星项', { button: 'add_branch' });
    card = (await card.press('add_branch')).card;
    const fields = { star_1: 'warm_service', from: '2026-10-01', to: '2026-12-31', owner: 'M03' };
    const unnamed = await card.press('submit', { ...fields, name: '' });
    expect(unnamed.toast?.content).toContain('名称');
    expect((await unnamed.card.press('submit', { ...fields, name: '党员先锋岗' })).toast?.type).toBe('success');
    expect((await world.as('M03').card({ title: /新任务/ })).text).toContain('党员先锋岗');
    const star = await world.as('M01').ask('/星项 热情', { title: /热情服务星/ });
    for (const part of [FIRST, '党员先锋岗', '张M03']) expect(star.text).toContain(part);
    const english = await world.as('M02').ask('/stars warm', { title: /Warm Service/ });
    expect(english.text).toContain('党员先锋岗');
    expect(english.text).not.toContain(FIRST);
  });

  test('the member commits to the star of the post; the board shows its standard', async () => {
    const member = world.as('M01');
    let card = await member.ask('/承诺', { form: 'commitment' });
    for (const [i, key] of ['dedication', 'teamwork', 'integrity'].entries())
      card = (await card.press('add_item', item(i + 1, key))).card;
    const refused = await card.press('submit_all');
    expect(refused.toast?.content).toContain('热情服务星');
    expect((await refused.card.press('submit_all', item(4, 'warm_service'))).toast?.type).toBe('success');
    const queue = await world.as('K01').ask('/承诺 审定', { button: 'review_1' });
    expect((await (await queue.press('review_1')).card.press('approve')).toast?.type).toBe('success');
    const overview = await world.as('S01').ask('/承诺 情况', { button: 'publish' });
    await overview.press('publish');
    const posted = await world.inChat('M01', 'branch:B001', { button: 'board' });
    const link = posted.view.buttons.find((button) => button.name === 'board')?.link ?? '';
    const page = await fetch(new URL(new URL(link).pathname, world.bot.url));
    const text = await page.text();
    for (const part of ['服务窗口', FIRST, '党员先锋岗', '张M03']) expect(text).toContain(part);
    expect((await member.ask('/我的', { text: /我的岗位/ })).text).toContain(FIRST);
  });

  test('raters see the standard that was approved at the opening, for this person alone', async () => {
    const secretary = world.as('S01');
    await secretary.ask('/评议 开启', { button: 'start_meeting' });
    const own = await world.as('M01').ask('/自评', { form: 'self_review' });
    expect(own.text).toContain(FIRST);
    let card = await secretary.ask('/承诺 岗位', { button: 'group_1' });
    card = (await card.press('group_1')).card;
    card = (await card.press('star_1')).card;
    card = (await card.press('save', { star: 'warm_service', indicator_1: SECOND })).card;
    await (await card.press('post_list')).card.press('submit_all');
    await approve();

    await runMeeting(world, 'S01', 'B001', ['S01', 'K01', 'M01', 'M02', 'M03']);
    let page: ShownCard = await world.as('M03').ask('/投票', { button: 'ballot_web_open' });
    const link = page.view.buttons.find((button) => button.name === 'ballot_web_open')?.link ?? '';
    const web = await openedOnTheWeb(new URL(new URL(link).pathname, world.bot.url));
    expect(web.split(FIRST)).toHaveLength(2); // beside M01, and nowhere else
    expect(web).not.toContain(SECOND);
    const seen = new Map<string, string>();
    for (let i = 0; i < 10 && page.view.forms[0] !== undefined; i++) {
      const { name, fields } = page.view.forms[0];
      seen.set(name, page.text);
      const values = Object.fromEntries(fields.map((field) => [field.name, '8']));
      page = (await page.press(page.has('ballot_next') ? 'ballot_next' : 'ballot_review', values)).card;
    }
    expect([...seen.keys()].toSorted()).toEqual([
      'ballot_K01',
      'ballot_M01',
      'ballot_M02',
      'ballot_S01',
      'ballot_branch',
    ]);
    for (const [form, text] of seen) expect([form, text.includes(FIRST)]).toEqual([form, form === 'ballot_M01']);
    expect([...seen.values()].join('')).not.toContain(SECOND);
    expect(page.has('ballot_cast')).toBe(true);
    expect(world.bot.log()).not.toContain(FIRST);
  });
});
