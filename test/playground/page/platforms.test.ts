/** People and chats of two platforms on one page, and the switches of DingTalk. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { NO_SWITCHES } from '../../../src/playground/dingtalk/app.ts';
import { openBrowser, watchErrors } from '../../support/browser.ts';
import { type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';

let stage: DingStage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([setDingStage({ speed: 1_000 }), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});
const people = (platforms: readonly (readonly ('lark' | 'dingtalk')[])[]) =>
  stage.client.seed({
    people: ['13900000001', '13900000002', '13900000003'].map((mobile, i) => ({
      name: ['安小示', '贝小示', '陈小示'][i] ?? '',
      mobile,
      platforms: platforms[i] ?? ['lark'],
    })),
  });
beforeEach(() => people([['dingtalk', 'lark'], ['dingtalk'], ['lark']]));

async function open(width: number, as: string, lang?: 'en'): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 844 } });
  if (lang) await context.addInitScript((value) => localStorage.setItem('tenstar.lang', value), lang);
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  const errors = watchErrors(page);
  await page.goto(`${stage.playground.url}/#as=${as}`);
  await page.waitForSelector('.chat-button', { state: 'attached' });
  return { page, errors };
}
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

it.each([
  ['wide, Chinese', 1280, undefined, ['钉钉', '飞书']],
  ['phone, English', 390, 'en', ['DingTalk', 'Feishu']],
] as const)('%s: says of each chat and person on which platform they are', async (_, width, lang, [ding, feishu]) => {
  const { page, errors } = await open(width, stage.ids.anna, lang);
  await page.waitForSelector(`.chat-button .platform:has-text("${feishu}")`, { state: 'attached' });
  const tags = await page.locator('.chat-button .platform').allTextContents();
  expect(tags.toSorted()).toEqual([ding, ding, feishu].toSorted()); // two private chats, and the group on DingTalk
  for (const name of [feishu, ding]) {
    const chats = page.locator('.chat-button[data-type="p2p"]', { hasText: name });
    if (width < 600 && !(await chats.isVisible())) await page.goBack();
    await chats.click();
    await page.waitForSelector(`.chat-title[data-platform="${name}"]`);
  }
  expect(await overflow(page)).toBe(0);
  if (width < 600) await page.goBack();
  await page.click('.me');
  const rows = page.locator('.person-button', { hasText: '安小示' });
  expect(await rows.first().locator('.platform').allTextContents()).toEqual([ding, feishu]);
  expect(
    await page.locator('.person-button', { hasText: '陈小示' }).first().locator('.platform').allTextContents(),
  ).toEqual([feishu]);
  expect(errors).toEqual([]);
  await page.context().close();
});

it('where everybody is on DingTalk, people need no label', async () => {
  await people([['dingtalk'], ['dingtalk'], ['dingtalk']]);
  const { page, errors } = await open(1280, stage.ids.ben);
  expect(new Set(await page.locator('.chat-button .platform').allTextContents())).toEqual(new Set(['钉钉']));
  await page.click('.me');
  await page.waitForSelector('.person-button');
  expect(await page.locator('.person-button .platform').count()).toBe(0);
  expect(errors).toEqual([]);
  await page.context().close();
});

it('what only happens on DingTalk has switches of its own, and is switched off with the rest', async () => {
  const { page, errors } = await open(1280, stage.ids.ben);
  await page.click('summary:has-text("故障开关")');
  await page.click('[data-fault="quota_exceeded"]');
  await page.click('[data-fault="space_fails"]');
  await page.click('[data-fault="no_pushes"]');
  const switches = async () => (await stage.client.dingtalk()).switches;
  await stage.client.waitFor('the switches', async () => (await switches()).no_pushes);
  expect(await switches()).toEqual({ ...NO_SWITCHES, space_fails: 0.3, no_pushes: true });
  expect((await stage.client.faults()).quota_exceeded).toBe(true);
  await page.click('button:has-text("全部关闭")');
  await stage.client.waitFor('none', async () => !(await switches()).no_pushes);
  expect(await switches()).toEqual(NO_SWITCHES);
  expect((await stage.client.faults()).quota_exceeded).toBe(false);
  expect(errors).toEqual([]);
  await page.context().close();
});

it('a step of the guide leads to the group of the platform its person is on', async () => {
  const both = {
    name: '示例片区',
    key: 'district',
    members: ['13900000002', '13900000003'],
    platforms: ['lark', 'dingtalk'],
  } as const;
  const { chats } = await stage.client.seed({ chats: [both] });
  const step = (key: string, as: string) => ({
    key,
    title: { zh: '看', en: 'See' },
    as,
    chat: 'district',
    done: [{ on: 'opened' as const }],
  });
  const { steps } = await stage.client.guide({ steps: [step('ben', '13900000002'), step('chen', '13900000003')] });
  const idOn = (platform: string) => chats.find((chat) => chat.platform === platform)?.chat_id;
  expect(steps.map(({ chat }) => chat)).toEqual([idOn('dingtalk'), idOn('lark')]);
});
