/** The training desk in a real browser: the guide, the others, the clock, the faults, the log. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { COMMANDS } from '../../../src/playground/commands.ts';
import { NO_FAULTS } from '../../../src/playground/faults.ts';
import { openPageStage, type PageStage } from '../../support/page-stage.ts';

let stage: PageStage;
beforeAll(async () => {
  stage = await openPageStage();
}, 120_000);
afterAll(() => stage[Symbol.asyncDispose]());

const close = (page: Page) => page.context().close();
const unfold = (page: Page, title: string) => page.locator('.desk-section > summary', { hasText: title }).click();

it('the guide leads from step to step and ticks what was done', async () => {
  const { page, errors } = await stage.open({ width: 1280, as: stage.ids.ben });
  const next = () => page.textContent('.step.next .name');
  const go = () => page.click('.step.next .step-go');
  expect(await next()).toBe('先当一回支部书记');
  await go(); // becomes the secretary
  await page.waitForFunction(() => document.querySelector('.me .name')?.textContent === '安小示');
  expect(await next()).toBe('看看有哪些命令');
  await go();
  await page.waitForFunction(() => document.querySelector('.step.next .name')?.textContent === '到支部群签到');
  expect(stage.stage.bot.ofType('im.message.receive_v1').at(-1)?.event.message).toMatchObject({
    content: '{"text":"/help"}',
  });
  await go(); // opens the group; the rest is for the person
  await page.click('[data-name="sign_in"]');
  await page.waitForFunction(() => document.querySelector('.step.next .name')?.textContent === '让其他人签到、投票');
  await go();
  await page.waitForFunction(() => document.querySelector('.desk-said')?.textContent?.startsWith('完成'));
  expect(await page.textContent('.desk-said')).toContain('签到 2');
  expect(await next()).toBe('再让其他人行动'); // once is not twice
  await go();
  await page.waitForFunction(() => document.querySelector('.step.next .name')?.textContent === '看片区群的排行');
  await go();
  await page.waitForSelector('.steps-tally:has-text("全部完成")');
  expect(await page.locator('.step.done').count()).toBe(6);
  await page.reload();
  await page.waitForSelector('.steps-tally:has-text("全部完成")'); // remembered
  await page.click('.guide .button.text');
  await page.waitForSelector('.steps-tally:has-text("0 / 6")');
  expect(errors).toEqual([]);
  await close(page);
});

it('on a phone the next step stands above the chat, can be skipped and sent away', async () => {
  const { page, errors } = await stage.open({ width: 390, as: stage.ids.ben });
  expect(await page.textContent('.coach-text strong')).toBe('先当一回支部书记');
  await page.click('.coach [aria-label="跳过这一步"]');
  expect(await page.textContent('.coach-text strong')).toBe('看看有哪些命令');
  await page.click('.coach .step-go'); // opens the chat first
  await page.waitForSelector('.in-chat .composer textarea');
  await page.click('.coach .step-go');
  await page.waitForSelector('.message.mine:has-text("/help")');
  await page.click('.coach [aria-label="收起引导"]');
  expect(await page.isHidden('.coach')).toBe(true);
  expect(errors).toEqual([]);
  await close(page);
});

it('the desk of a phone is a drawer that Escape closes', async () => {
  const { page } = await stage.open({ width: 390, as: stage.ids.ben, chat: stage.chats.branch });
  await page.click('.chat .desk-button');
  await page.waitForSelector('.desk-open .desk');
  expect(await page.evaluate(() => document.querySelector('.desk')?.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  expect(await page.isHidden('.desk')).toBe(true);
  expect(await page.getAttribute('.chat .desk-button', 'aria-expanded')).toBe('false');
  await close(page);
});

it('the others: what waits is counted, and the chair can be asked to go on', async () => {
  const { page, errors } = await stage.open({ width: 1280, as: stage.ids.ben });
  await page.waitForSelector('.desk-waiting:not(:empty)');
  expect(await page.locator('[data-others="step"]').isVisible()).toBe(true);
  await page.click('[data-others="step"]'); // this bot has no console: nothing happens, and the page says so
  await page.waitForFunction(
    () => /^(完成|其他人没有)/.test(document.querySelector('.desk-said')?.textContent ?? ''),
    null,
    { timeout: 15_000 },
  );
  await page.evaluate((hash) => (location.hash = hash), `#as=${stage.ids.anna}`);
  await page.waitForFunction(() => document.querySelector('.me .name')?.textContent === '安小示');
  await page.waitForSelector('[data-others="step"]', { state: 'hidden' }); // the chair sits at the page
  expect(errors).toEqual([]);
  await close(page);
});

it('the clock moves the playground’s time, and faults are switched one by one and all off', async () => {
  const { client } = stage.stage;
  const { page, errors } = await stage.open({ width: 1280, as: stage.ids.ben });
  await unfold(page, '时钟');
  const before = (await client.clock()).now;
  await page.click('.button-row button:has-text("+1 天")');
  await page.waitForFunction(() => document.querySelector('.clock-now') !== null);
  await client.waitFor('the jump', async () => (await client.clock()).now - before >= 86_400_000);
  await page.selectOption('.desk select', '60');
  await client.waitFor('the speed', async () => (await client.clock()).speed === 60);
  await unfold(page, '故障开关');
  await page.click('[data-fault="rate_429"]');
  await page.click('[data-fault="duplicate_events"]');
  await client.waitFor('two faults', async () => (await client.faults()).duplicate_events > 0);
  expect(await client.faults()).toMatchObject({ rate_429: 0.3, duplicate_events: 0.5, rate_5xx: 0 });
  await page.click('button:has-text("全部关闭")');
  await client.waitFor('none', async () => (await client.faults()).rate_429 === 0);
  const { seed: _, ...faults } = await client.faults();
  const { seed: __, ...none } = NO_FAULTS;
  expect(faults).toEqual(none);
  expect(errors).toEqual([]);
  await close(page);
});

it('the log of pushes and the figures can be looked at', async () => {
  const { page, errors } = await stage.open({ width: 1280, as: stage.ids.ben });
  await stage.stage.client.type(stage.ids.ben, '/help');
  await unfold(page, '投递记录');
  await page.waitForSelector('.log li:has-text("im.message.receive_v1")');
  await unfold(page, '统计');
  await page.waitForSelector('.stats dt:has-text("messages")');
  expect(errors).toEqual([]);
  await close(page);
});

it('the page offers every command the bot knows, by both names', () => {
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(commands.map(({ name }) => `/${name}`).toSorted());
  const known = commands.map(({ name, zh }) => ({ name: `/${name}`, zh: zh.map((word) => `/${word}`) }));
  for (const offered of COMMANDS) {
    const command = known.find(({ name }) => name === offered.name);
    expect(command?.zh, offered.name).toContain(offered.zh);
  }
});
