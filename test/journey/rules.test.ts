/** The rules of a year with the real bot: a changed file waits, the office adopts it in chat, results say by which version they were made. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forge, kindOf, toastOf } from '../support/journey.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'A01', branch: 'B001', roles: 'secretary' },
  { no: 'A02', branch: 'B001' },
  { no: 'B01', branch: 'B002', roles: 'secretary', locale: 'en' },
  { no: 'L01', branch: 'B002', roles: 'liaison:D1' },
  { no: 'O01', branch: 'B002', roles: 'office' },
];
describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  const rulesFile = () => join(world.dir, 'rules.json');
  /** The bot starts again, with these rules. */
  async function restart(rules: object): Promise<void> {
    writeFileSync(rulesFile(), JSON.stringify(rules));
    await world.bot.stop();
    await world.boot({ RULES_FILE: rulesFile() });
  }
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: ['B001', 'B002'].map((code) => ({ code, unit: 'U1', group: 'G01' })),
      members: MEMBERS,
      startsAt: '2026-11-30T10:00+08:00',
    });
  }, 60_000);
  afterAll(() => world?.stop());

  test('a file that is set before anything was opened simply holds', async () => {
    await restart({ stars: { threshold: '8.5' } });
    const card = await world.as('A02').ask('/规则', { title: '2026 年评星规则' });
    expect(card.text).toContain('8.5 分及以上');
    expect(card.text).toContain('第 2 版');
    expect(card.has('adopt')).toBe(false);
  });

  test('once a review is open a changed file waits; the office sees it in private and adopts it with a reason', async () => {
    await world.as('A01').ask('/评议 开启 2026-Q3', { button: 'refresh' });
    await restart({ stars: { threshold: '9' } });
    expect(world.bot.log()).toContain('得星标准（stars.threshold）：8.5 → 9');
    const office = world.as('O01');
    const card = await office.card({ button: 'adopt' });
    expect(card.text).toContain('2026 年仍按第 2 版进行');
    expect((await world.as('B01').ask('/rules', { title: 'Star rules of 2026' })).text).toContain('8.5 or more');

    expect(kindOf(await card.press('adopt', { reason: ' ' }))).toBe('warning');
    for (const no of ['A01', 'A02', 'L01']) {
      const forged = await forge(
        world,
        no,
        { a: 'rules_adopt', y: 2026, k: '0123456789ab' },
        { form: { reason: '我来改' } },
      );
      expect(forged.toast?.type).toBe('error');
    }
    const adopted = await card.press('adopt', { reason: '工委会议决定' });
    expect(toastOf(adopted)).toBe('success: 已采用，2026 年第 3 版。');
    expect(adopted.card.text).toContain('工委会议决定');
    expect((await world.as('B01').ask('/rules', { title: 'Star rules of 2026' })).text).toContain('9 or more');
    const shown = JSON.parse(await world.cliOk('rules', 'show', '--year', '2026', '--json')) as {
      versions: { version: number; reason: string }[];
    };
    expect(shown.versions.map(({ version, reason }) => `${version} ${reason}`)).toEqual([
      '3 工委会议决定',
      '2 尚未使用，直接更换',
      '1 第一版',
    ]);
    const [results] = [
      JSON.parse(await world.cliOk('results', '--period', '2026-Q3', '--format', 'json')) as { rules_hash: string },
    ];
    expect(results?.rules_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the year turns: rules looked through in December, the plan and the gaps of the roster told in January', async () => {
    const office = world.as('O01');
    await world.client.clock({ now: Date.parse('2026-12-01T10:00+08:00') });
    const review = await office.card({ title: '2027 年评星规则' });
    expect(review.text).toContain('与 2026 年第 3 版一致');
    // Down over New Year: what was due on the 5th is caught up with.
    await world.bot.stop();
    await world.client.clock({ now: Date.parse('2027-01-05T09:30+08:00') });
    await world.boot({ RULES_FILE: rulesFile() });
    const plan = await world.as('A01').card({ title: '2027 年计划' });
    expect(plan.text).toContain('2027 年的规则和计划已定，为第 1 版');
    expect((await plan.press('rules_show')).card.text).toContain('9 分及以上');
    expect((await world.as('B01').card({ title: 'Plan of 2027' })).text).toContain(
      'Writing commitments: 6 Jan to 20 Jan',
    );
    const gaps = await world.as('A01').card({ title: '花名册核对' });
    expect(gaps.text).toContain('群众代表');
    expect((await world.as('L01').card({ title: '花名册核对' })).text).toContain('四互小组 G01 有 2 个支部');

    // The review of the last quarter goes by last year's rules, whatever the files of this year say.
    await restart({ stars: { threshold: '7' } });
    await world.as('A01').ask('/评议 开启 2026-Q4', { button: 'refresh' });
    const both = JSON.parse(await world.cliOk('rules', 'diff', '--year', '2026', '--json')) as { pending: boolean };
    expect(both.pending).toBe(true);
    expect((await world.as('A02').ask('/规则 2026', { title: '2026 年评星规则' })).text).toContain('9 分及以上');
  });
});
