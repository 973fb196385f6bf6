/** The page in a real browser, wide and narrow: whom to play, the chats, writing, the languages, the keyboard. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVIL } from '../../support/page-fixture-cards.ts';
import { BRANCH, openPageStage, type PageStage } from '../../support/page-stage.ts';

let stage: PageStage;
beforeAll(async () => {
  stage = await openPageStage(4_997);
}, 120_000);
afterAll(() => stage[Symbol.asyncDispose]());

const WIDE = 1280;
const PHONE = 390;
const close = (page: Page) => page.context().close();
/** Nothing may be wider than the window. */
const overflow = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.desk, .messages, .side')]
      .map((node) => node.scrollWidth - node.clientWidth)
      .reduce((most, px) => Math.max(most, px), 0),
  );
/** Names as a screen reader would say them, of controls that have none. */
const unnamed = (page: Page) =>
  page.evaluate(() =>
    Array.from(
      document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role="button"], summary'),
    )
      .filter((node) => node.offsetParent !== null)
      .filter((node) => {
        const labelled = node.getAttribute('aria-labelledby');
        const byId = labelled ? document.getElementById(labelled)?.textContent : '';
        const label = 'labels' in node ? (node as HTMLInputElement).labels?.[0]?.textContent : '';
        return ![node.getAttribute('aria-label'), byId, label, node.textContent].some((name) => name?.trim());
      })
      .map((node) => node.outerHTML.slice(0, 120)),
  );

describe.each([
  ['wide', WIDE],
  ['phone', PHONE],
])('%s', (_, width) => {
  it('asks whom to play: the guide’s people first, a search over 5,000, a handful of rows in the page', async () => {
    const { page, errors } = await stage.open({ width });
    expect(await page.textContent('.people h2')).toBe('以谁的身份？');
    expect(await page.textContent('.people-count')).toBe('5000 人');
    expect(await page.locator('.guided .note').allTextContents()).toEqual([
      '支部书记：开评议会',
      '党员：评别人，也被评',
    ]);
    expect(await page.locator('.people-row').count()).toBeLessThan(40);
    await page.fill('.people input', '老同志');
    expect(await page.textContent('.people-count')).toBe('1 人');
    await page.fill('.people input', '查无此人');
    expect(await page.textContent('.people-count')).toContain('没有找到“查无此人”');
    await page.fill('.people input', '13900000002');
    await page.press('.people input', 'Enter');
    await page.waitForSelector('.chat-button');
    expect(await page.textContent('.me .name')).toBe('贝小示');
    expect(new URL(page.url()).hash).toContain(`as=${stage.ids.ben}`);
    expect(await overflow(page)).toBe(0);
    expect(errors).toEqual([]);
    await close(page);
  });

  it('an address in a text is a link that opens beside the page', async () => {
    const { page, errors } = await stage.open({ width, as: stage.ids.ben, chat: stage.chats.privateOf(stage.ids.ben) });
    stage.post(stage.chats.privateOf(stage.ids.ben), {
      text: '打开网页测评票：\nhttps://bot.example.com/ballot/abc.d-e_f\njavascript:alert(1)',
    });
    const link = page.locator('.bubble a').last();
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('https://bot.example.com/ballot/abc.d-e_f');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(errors).toEqual([]);
    await close(page);
  });

  it('lists the chats with what is unread, opens one, and comes back', async () => {
    const { page, errors } = await stage.open({ width, as: stage.ids.chen });
    const branch = page.locator('.chat-button', { hasText: BRANCH });
    expect(await branch.locator('.badge').textContent()).toMatch(/[1-9]\d* 条未读/);
    expect(await branch.locator('.note').textContent()).not.toBe('');
    await branch.click();
    await page.waitForSelector('.message .card');
    expect(await page.textContent('.chat-title')).toBe(BRANCH);
    await page.waitForFunction(() => document.querySelectorAll('.chat-button .badge').length < 2);
    expect(await page.locator('.bubble', { hasText: '<script>' }).textContent()).toBe(EVIL); // text, never markup
    expect(await page.evaluate(() => '__evil' in window)).toBe(false);
    await page.goBack();
    await page.waitForFunction((name) => document.querySelector('.chat-title')?.textContent !== name, BRANCH);
    expect(errors).toEqual([]);
    await close(page);
  });

  it('writes: chips, the list after a slash, @bot in groups, and what arrives meanwhile', async () => {
    const { page, errors } = await stage.open({ width, as: stage.ids.ben, chat: stage.chats.branch });
    const pushes = () =>
      stage.stage.bot
        .ofType('im.message.receive_v1')
        .map(({ event }) => (event.message as { content: string }).content);
    await page.waitForSelector('.composer textarea');
    await page.fill('.composer textarea', '只是聊天');
    await page.press('.composer textarea', 'Enter');
    await page.waitForSelector('.toast-warning'); // the bot hears nothing that does not mention it
    await page.click('.chip[data-command="/me"]');
    await page.waitForFunction(() => document.querySelector('.message:last-child')?.textContent?.includes('/我的'));
    expect(pushes().at(-1)).toBe('{"text":"@_user_1 /我的"}'); // as a Chinese page offers it
    await page.fill('.composer textarea', '/l');
    expect(await page.locator('.palette li strong').allTextContents()).toEqual(['/排行']);
    await page.fill('.composer textarea', '／');
    await page.press('.composer textarea', 'ArrowDown');
    expect(await page.getAttribute('.composer textarea', 'aria-activedescendant')).toMatch(/-1$/);
    await page.press('.composer textarea', 'Tab');
    expect(await page.inputValue('.composer textarea')).toBe('/我的 ');
    expect(await page.isHidden('.palette')).toBe(true);
    stage.post(stage.chats.branch, { text: '刚刚到的消息' });
    await page.waitForSelector('.bubble:has-text("刚刚到的消息")');
    expect(await page.inputValue('.composer textarea')).toBe('/我的 '); // what was being written stays
    expect(errors).toEqual([]);
    await close(page);
  });

  it('speaks English when asked, and keeps doing so', async () => {
    const { page, errors } = await stage.open({ width });
    await page.click('.people .language');
    expect(await page.textContent('.people h2')).toBe('Who do you want to be?');
    await page.click('.guided >> nth=0 >> button.person-button');
    await page.waitForSelector('.chat-button', { state: 'attached' });
    await page.reload();
    await page.waitForSelector('.chat-button', { state: 'attached' });
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    const chinese = await page.evaluate(() =>
      Array.from(document.querySelectorAll('.desk h2, .desk h3, .desk button, .side-head button, .composer button'))
        .map((node) => node.textContent ?? '')
        .filter(
          (text) =>
            /[\u4e00-\u9fff]/.test(text) && text !== '中文' && !text.startsWith('Become') && !text.startsWith('@'),
        ),
    );
    expect(chinese).toEqual([]);
    expect(errors).toEqual([]);
    await close(page);
  });

  it('has a name for every control, and fits the window, in every chat and at the desk', async () => {
    const { ids, chats } = stage;
    for (const [as, chat] of [
      [ids.anna, chats.privateOf(ids.anna)],
      [ids.ben, chats.privateOf(ids.ben)],
      [ids.ben, chats.district],
    ] as const) {
      const { page, errors } = await stage.open({ width, as, chat });
      await page.waitForSelector('.message .card');
      if (width < 1180) await page.click('.chat .desk-button');
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
      await page.waitForSelector('.switch input');
      expect(await unnamed(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(errors).toEqual([]);
      await close(page);
    }
  });
});

it('the keyboard alone is enough: pick a person, open a chat, fill in a page of the ballot and send it', async () => {
  const { page, errors } = await stage.open({ width: WIDE });
  const { keyboard } = page;
  await keyboard.type('贝小示');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.waitForSelector('.form[data-name="ballot_E0001"]');
  await page.locator('.form[data-name="ballot_E0001"] select').first().focus();
  for (let star = 0; star < 10; star += 1) {
    await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await page.waitForSelector('.form[data-name="ballot_E0002"]');
  const click = stage.stage.bot.ofType('card.action.trigger').at(-1)?.event.action as {
    name: string;
    form_value: object;
  };
  expect(click.name).toBe('ballot_next');
  expect(new Set(Object.values(click.form_value))).toEqual(new Set(['0']));
  expect(await page.evaluate(() => document.activeElement?.closest('.card') !== null)).toBe(true); // the focus stays in the card
  expect(errors).toEqual([]);
  await close(page);
});

it('says so when the server is gone, and goes on when it is back', async () => {
  const { page } = await stage.open({ width: PHONE, as: stage.ids.ben });
  await page.context().setOffline(true);
  await page.locator('.chat-button').first().click();
  await page.waitForSelector('.banner:not([hidden])');
  expect(await page.textContent('.banner')).toContain('演练场');
  await page.context().setOffline(false);
  await page.waitForSelector('.message .card', { timeout: 15_000 });
  await close(page);
});
