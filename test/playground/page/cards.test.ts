/** Cards in a real browser: forms, dialogs, toasts, tables, charts; and that nothing they say becomes markup. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPageStage, type PageStage } from '../../support/page-stage.ts';
import { ballotPage, consoleCard, EVIL, selfReviewCard } from '../../support/page-fixture-cards.ts';

let stage: PageStage;
beforeAll(async () => {
  stage = await openPageStage();
}, 120_000);
afterAll(() => stage[Symbol.asyncDispose]());

const close = (page: Page) => page.context().close();
const clicks = () =>
  stage.stage.bot
    .ofType('card.action.trigger')
    .map(({ event }) => event.action as { name: string; form_value?: Record<string, string> });
const openAnna = (width: number, more: { dark?: boolean } = {}) =>
  stage.open({ width, as: stage.ids.anna, chat: stage.chats.privateOf(stage.ids.anna), ...more });
const openBen = (width: number, chat = stage.chats.privateOf(stage.ids.ben)) =>
  stage.open({ width, as: stage.ids.ben, chat });

describe.each([
  ['wide', 1280],
  ['phone', 390],
])('%s', (_, width) => {
  it('a form: required fields are asked for, the dialog is shown, the answer becomes a toast and the next card', async () => {
    const { messageId } = stage.post(stage.chats.privateOf(stage.ids.ben), {
      card: ballotPage('E0001', '演示甲1', 1, 3),
    });
    const { page, errors } = await openBen(width);
    const card = page.locator(`[data-id="${messageId}"]`);
    const before = clicks().length;
    await card.locator('[data-name="ballot_next"]').click();
    expect(await card.locator('.field.wrong').count()).toBe(10);
    expect(await page.textContent('.toast-warning')).toContain('10');
    expect(clicks().length).toBe(before); // the client sent nothing
    const selects = await card.locator('select').all();
    for (const [n, select] of selects.entries()) await select.selectOption(n === 0 ? 'x' : String(n));
    await card.locator('[data-name="ballot_next"]').click();
    await card.locator('.form[data-name="ballot_E0002"]').waitFor();
    expect(clicks().at(-1)).toMatchObject({
      name: 'ballot_next',
      form_value: { political_steadfastness: 'x', eagerness_to_learn: '1' },
    });
    expect(await card.locator('.card-subtitle').textContent()).toContain('第 2 位，共 3 位');
    const top = await card.locator('.card-title').evaluate((node) => node.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0); // the new page starts at its top
    expect(errors).toEqual([]);
    await close(page);
  });

  it('a confirm dialog: nothing is sent before yes, and Escape is no', async () => {
    const { messageId } = stage.post(stage.chats.privateOf(stage.ids.anna), { card: consoleCard() });
    const { page, errors } = await openAnna(width);
    const button = page.locator(`[data-id="${messageId}"] [data-name="close_ballot"]`);
    const before = clicks().length;
    await button.click();
    expect(await page.textContent('dialog.confirm')).toContain('还有 10 人没有投票');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.confirm').count()).toBe(0);
    expect(clicks().length).toBe(before);
    await button.click();
    await page.click('dialog.confirm .danger-filled');
    await page.waitForSelector('.toast-success:has-text("close_ballot")');
    expect(clicks().slice(before)).toMatchObject([{ name: 'close_ballot' }]);
    expect(errors).toEqual([]);
    await close(page);
  });

  it('what was typed survives a toast, another message, another chat and another person', async () => {
    const { ids, chats } = stage;
    const { messageId } = stage.post(chats.privateOf(ids.ben), { card: selfReviewCard() });
    const { page, errors } = await openBen(width);
    const note = page.locator(`[data-id="${messageId}"] textarea`).first();
    await note.fill('写到一半');
    stage.post(chats.privateOf(ids.ben), { text: '又来一条' });
    await page.waitForSelector('.bubble:has-text("又来一条")');
    expect(await note.inputValue()).toBe('写到一半');
    await page.evaluate((hash) => (location.hash = hash), `#as=${ids.anna}`);
    await page.waitForFunction(() => document.querySelector('.me .name')?.textContent === '安小示');
    await page.evaluate((hash) => (location.hash = hash), `#as=${ids.ben}&chat=${chats.privateOf(ids.ben)}`);
    await note.waitFor();
    expect(await note.inputValue()).toBe('写到一半');
    await page.locator(`[data-id="${messageId}"] [data-name="submit"]`).click();
    await page.waitForSelector('.toast-success:has-text("submit")'); // a toast alone leaves the card
    expect(await note.inputValue()).toBe('写到一半');
    expect(errors).toEqual([]);
    await close(page);
  });

  it('tables turn their pages, charts are drawn and say their numbers', async () => {
    const { page, errors } = await openBen(width, stage.chats.district);
    const table = page.locator('.message:last-child .table-block');
    await table.scrollIntoViewIfNeeded();
    expect(await table.locator('tbody tr').count()).toBe(10);
    expect(await table.locator('.page-number').textContent()).toBe('1 / 4');
    for (let n = 0; n < 3; n += 1) await table.locator('button').last().click();
    expect(await table.locator('tbody tr:not(.filler)').count()).toBe(4);
    expect(await table.locator('tbody tr').count()).toBe(10); // the pager stays under the finger
    for (const chart of await page.locator('.chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        (node) => (node as HTMLElement).dataset['drawn'] === 'true',
        await chart.elementHandle(),
      );
      expect(await chart.locator('svg path').count()).toBeGreaterThan(10);
    }
    expect(await page.locator('.chart').last().getAttribute('aria-label')).toContain('第1支部 98.5');
    expect(await page.locator('.chart[data-kind="radar"]').count()).toBe(1);
    expect(errors).toEqual([]);
    await close(page);
  });
});

it('each kind of answer has its toast; a failure shows the code the platform would show', async () => {
  const { page } = await openAnna(1280);
  for (const kind of ['success', 'info', 'warning', 'error']) {
    await page.click(`[data-name="answer_${kind}"]`);
    await page.waitForSelector(`.toast-${kind}:has-text("应答：${kind}")`);
  }
  await page.click('[data-name="answer_code"]');
  await page.waitForSelector('.toast-error:has-text("200671")');
  await page.click('[data-name="answer_slow"]');
  await page.waitForSelector('.card[aria-busy="true"]');
  await page.waitForSelector('.card:not([aria-busy]) [data-name="answer_slow"]');
  expect(await page.getAttribute('.toasts', 'aria-live')).toBe('polite');
  await close(page);
});

it('every component is shown, and nothing a card says becomes markup', async () => {
  const { page, errors } = await openAnna(1280);
  const card = page.locator('.card', { hasText: '组件一览' });
  await card.scrollIntoViewIfNeeded();
  expect(await card.locator('.unsupported').allTextContents()).toEqual(['这个客户端不支持组件 hologram']);
  expect(await card.locator('script, img').count()).toBe(0);
  expect(await page.evaluate(() => '__evil' in window)).toBe(false);
  expect((await card.locator('.plain').first().textContent()) ?? '').toBe(EVIL);
  expect(await card.locator('a', { hasText: '坏链接' }).count()).toBe(0);
  expect(await card.locator('.mention').allTextContents()).toEqual(['@贝小示', '@所有人']);
  await card.locator('.multi summary').click();
  await card.locator('.multi .tick', { hasText: '帮扶' }).click();
  await card.locator('[data-name="send_all"]').click();
  await page.waitForSelector('.toast-success:has-text("send_all")');
  expect(clicks().at(-1)?.form_value).toMatchObject({
    many: ['m1'],
    agree: false,
    time: expect.stringMatching(/^09:30/),
  });
  await card.locator('[data-name="reset_all"]').click();
  expect(await card.locator('.multi summary').textContent()).toBe('可多选');
  await card.locator('[data-name="off"]').click({ force: true }); // it looks disabled, and says why when it is pressed
  await page.waitForSelector('.toast-info:has-text("会议开始后才能点")');
  expect(errors).toEqual([]);
  await close(page);
});

it('a file can be downloaded', async () => {
  const { page } = await openBen(1280);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a.file')]);
  expect(download.suggestedFilename()).toBe('第三季度评议结果.xlsx');
  await close(page);
});

it.each([
  ['light', false],
  ['dark', true],
])('text is readable in %s: a contrast of at least 4.5 to 1', async (_, dark) => {
  const { page } = await openAnna(1280, { dark });
  await page.waitForSelector('.message .card');
  const low = await page.evaluate(() => {
    const rgb = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r = 0, g = 0, b = 0]: number[]) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((c) =>
        c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (node: Element | null): number[] | null => {
      for (let at = node; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== 'none' && !at.matches('select')) return null; // a gradient: looked at by eye
        const color = rgb(style.backgroundColor);
        if (color.length === 3 || (color[3] ?? 1) === 1) return color;
      }
      return [255, 255, 255];
    };
    const found: string[] = [];
    for (const node of document.querySelectorAll('body *')) {
      const text = Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.textContent?.trim());
      if (!text || (node as HTMLElement).offsetParent === null || node.closest('.visually-hidden, .skip, option, svg'))
        continue;
      const back = ground(node);
      if (!back) continue;
      const [a, b] = [light(rgb(getComputedStyle(node).color)), light(back)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) found.push(`${node.className} ${node.textContent?.slice(0, 20)} ${ratio.toFixed(2)}`);
    }
    return found;
  });
  expect(low).toEqual([]);
  await close(page);
});
