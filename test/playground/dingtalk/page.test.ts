/** The page with chats of both platforms, in a real browser: the badge, the cards of the generic template, a form sent from it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, buttons, text } from '../../../src/card.ts';
import { openBrowser, watchErrors } from '../../support/browser.ts';
import { answerData, dingCard, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';

const action = { a: 'console', r: 'R1' } as const;
let stage: DingStage;
let browser: Browser;
beforeAll(async () => {
  stage = await setDingStage({ speed: 10_000 });
  await stage.client.seed({
    people: [{ name: '安小示', mobile: '13900000001', platforms: ['dingtalk', 'lark'] }],
    chats: [{ name: '飞书群', members: ['13900000001'] }],
  });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

async function open(width: number, chat?: string) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  const errors = watchErrors(page);
  const hash = new URLSearchParams({ as: stage.ids.anna, ...(chat ? { chat } : {}) }).toString();
  await page.goto(`${stage.playground.url}/#${hash}`);
  await page.waitForSelector('.chat-button', { state: 'attached' });
  return { page, errors };
}

describe.each([1280, 390])('%i wide', (width) => {
  it('chats have a badge of their platform, as there are two', async () => {
    const { page, errors } = await open(width);
    const badges = await page
      .locator('.chat-button')
      .evaluateAll((nodes) =>
        nodes.map((node) => [
          node.querySelector('.platform')?.nextSibling?.textContent,
          node.querySelector('.platform')?.textContent,
        ]),
      );
    expect(badges).toEqual([
      ['双十星助手', '钉钉'],
      ['双十星助手', '飞书'],
      ['示例小组', '钉钉'],
      ['飞书群', '飞书'],
    ]);
    await page.locator('.chat-button').nth(2).click();
    await page.waitForSelector('.chat-title[data-platform="钉钉"]');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('a form of the generic template is filled in and sent, and the next card takes its place', async () => {
    const form = dingCard([
      text('请打分', 'strong'),
      {
        kind: 'form',
        name: 'ballot_E0001',
        fields: [
          { kind: 'select', name: 'mark', label: '遵规守纪星', required: true, options: [{ value: '9', label: '九' }] },
          { kind: 'input', name: 'note', label: '意见', multiline: true, maxLength: 200, required: false },
        ],
        buttons: [button('submit', '提交', action)],
      },
    ]);
    stage.bot.answer = () =>
      answerData(
        dingCard([
          { kind: 'table', columns: [{ key: 'n', label: '姓名', kind: 'text' }], rows: [{ n: '贝小示' }], pageSize: 5 },
          { kind: 'chart', chart: 'bar', points: [{ label: '甲', value: 9 }] },
          buttons(button('next', '下一步', action), button('stop', '停', action, 'danger')),
        ]),
      );
    await stage.send(stage.users.anna, form, { outTrackId: `page-${width}` });
    const chat = stage.playground.state.world.privateChat(stage.ids.anna, 'dingtalk').chatId;
    const { page, errors } = await open(width, chat);
    const card = page.locator('.message .card').last();
    expect(await card.locator('select').getAttribute('aria-required')).toBe('true');
    await card.locator('button', { hasText: '提交' }).click();
    await page.waitForSelector('.wrong select');
    await card.locator('select').selectOption('9');
    await card.locator('textarea').fill('很好');
    await card.locator('button', { hasText: '提交' }).click();
    await card.locator('td', { hasText: '贝小示' }).waitFor();
    await card.locator('.chart').scrollIntoViewIfNeeded();
    await page.waitForSelector('.chart[data-drawn="true"]');
    expect(await card.locator('button', { hasText: '停' }).getAttribute('class')).toContain('danger');
    const sent = JSON.parse(String(stage.bot.clicks().at(-1)?.body['content'] as string));
    expect(sent.cardPrivateData.params.form).toEqual({ mark: { index: 0, value: '9' }, note: '很好' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
