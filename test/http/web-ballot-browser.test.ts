/// <reference lib="dom" />
/** The ballot's pages in Chromium, on a large screen and on a telephone, without script; and what people need who do not see or point. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES, translator } from '../../src/i18n.ts';
import {
  accessibility,
  cutOff,
  openScreen,
  type Screen,
  serveFont,
  sidewaysPx,
  smallTargets,
} from '../support/ballot-pages.ts';
import { openBrowser, watchErrors } from '../support/browser.ts';
import { type WebBallotWorld, webBallotWorld } from '../support/web-ballot-world.ts';

const WIDE = 1280;
const PHONE = 390;
/** The smallest telephone there is, which is also 1280 px at 400 % (WCAG 1.4.10). */
const SMALL = 320;
const TARGET_PX = 44;
const LONG = ['演示欧阳名字特别特别特别长的一位老同志', 'Aleksandra Konstantinopolskaya-Demonstration'];
const MANY = Array.from({ length: 31 }, (_, i) => LONG[i - 3] ?? `示例${'甲乙丙丁'.charAt(i % 4)}${i}`);
const FEW = ['林示例', ...LONG, '孙样本'];

let browser: Browser;
let font: Awaited<ReturnType<typeof serveFont>>;
let world: WebBallotWorld | null = null;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  font = await serveFont();
});
afterAll(async () => {
  await browser.close();
  font.close();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await world?.[Symbol.asyncDispose]();
  world = null;
});

/** The list of one person's ballots on a screen. */
async function start(
  { policy = false, ...screen }: Screen & { policy?: boolean },
  order: Parameters<typeof webBallotWorld>[0] = {},
  person = 'E001',
): Promise<Page> {
  world ??= await webBallotWorld({ branches: { B1: FEW }, ...order });
  const { context, page } = await openScreen(browser, screen, policy ? null : font.url);
  closing.push(() => context.close());
  await page.goto(await world.link(person));
  return page;
}
/** Presses a button that can be seen and waits for the next page. */
async function press(page: Page, button: string): Promise<void> {
  const target = page.locator(`button[value="${button}"]:visible`).first();
  await Promise.all([page.waitForNavigation(), target.click()]);
}
/** Chooses in every select on the page, as quickly as a browser can. */
const choose = (page: Page, marks: readonly string[]): Promise<void> =>
  page.evaluate((given) => {
    for (const [i, select] of [...document.querySelectorAll('select')].entries())
      select.value = given[i % given.length] ?? '';
  }, marks);
const open = (page: Page) =>
  Promise.all([page.waitForNavigation(), page.locator('button.main:visible').first().click()]);

/** From the list to the receipt, with `look` at every page on the way. */
async function walk(page: Page, look: (what: string) => Promise<void>): Promise<void> {
  await look('list');
  await open(page);
  await look('form');
  const paged = (await page.locator('table').count()) === 0;
  await press(page, paged ? 'next' : 'check');
  await look('errors');
  for (let i = 0; paged && (await page.locator('button[value=next]').count()) > 0 && i < 40; i++) {
    await choose(page, ['0', '10', 'x', '7', '8']);
    await press(page, 'next');
  }
  await choose(page, ['8']);
  if (paged) await look('last page');
  await press(page, 'check');
  await look('check');
  await press(page, 'cast');
  await look('unsure');
  await page.locator('#sure').check();
  await press(page, 'cast');
  await look('done');
  expect(await page.locator('.receipt').textContent()).toMatch(/^\w{4}-\w{4}$/);
}

describe.each(LOCALES)('in %s', (locale) => {
  it.each(locale === 'en' ? [WIDE, 1024, PHONE, SMALL] : [WIDE, PHONE])(
    '%i px: nothing to push sideways, nothing cut off, nothing smaller than a fingertip',
    async (width) => {
      const page = await start(
        { width },
        { branches: { B1: width === WIDE ? MANY : FEW, B2: FEW }, leader: true, locale },
        'L001',
      );
      await walk(page, async (what) => {
        expect(await sidewaysPx(page), what).toBeLessThanOrEqual(0);
        expect(await smallTargets(page, TARGET_PX), what).toEqual([]);
        expect(await cutOff(page), what).toEqual([]);
      });
    },
  );

  // Colours do not depend on the language.
  it.each([
    [WIDE, locale === 'en'],
    [PHONE, locale !== 'en'],
  ])('%i px, dark: %s: labels, headings, contrast and the rest of axe', async (width, dark) => {
    const page = await start(
      { width, dark, script: true },
      { branches: { B1: FEW, B2: FEW }, leader: true, locale },
      'L001',
    );
    await walk(page, async (what) => expect(await accessibility(page), what).toEqual([]));
  });
});

it('the pages for strangers are accessible, too', async () => {
  const page = await start({ width: PHONE, script: true });
  await page.goto(`${world?.bot.url}/ballot/none`);
  expect(await accessibility(page)).toEqual([]);
  expect(await page.locator('[lang=en]').count()).toBe(1);
});

it('its own policy lets its style in and nothing else happens', async () => {
  const page = await start({ width: WIDE, policy: true });
  const errors = watchErrors(page);
  await walk(page, async (what) => {
    const height = await page.evaluate(() => getComputedStyle(document.querySelector('h1') ?? document.body).fontSize);
    expect(height, what).toBe('22.4px');
  });
  // The answers to forms that were not complete are no failures of the page.
  expect(errors.filter((error) => !/status of 422/.test(error))).toEqual([]);
});

describe('on a large screen', () => {
  it('all subjects are one matrix, whose head stays in view and hides no focus', async () => {
    const page = await start({ width: WIDE, height: 800 }, { branches: { B1: MANY } });
    await open(page);
    expect(await page.locator('select').count()).toBe(310);
    expect(await page.locator('table').count()).toBe(2);
    await page.locator('#s25 select').first().focus();
    const head = async () =>
      (await page.locator('thead').first().locator('th').nth(3).boundingBox()) ?? { y: -1, height: 0 };
    expect((await head()).y).toBeCloseTo(0, 0);
    for (let i = 0; i < 120; i++) await page.keyboard.press('Shift+Tab');
    const focus = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0);
    const { y, height } = await head();
    expect(y).toBeCloseTo(0, 0);
    expect(focus).toBeGreaterThanOrEqual(height);
  });

  it('it is filled in by keyboard alone, row by row', async () => {
    const page = await start({ width: WIDE });
    await open(page);
    await page.locator('#s0 select').first().focus();
    for (const mark of ['9', '10', '0', '7']) {
      await page.keyboard.type(mark);
      await page.keyboard.press('Tab');
    }
    const marks = await page
      .locator('#s0 select')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLSelectElement).value));
    expect(marks.slice(0, 5)).toEqual(['9', '10', '0', '7', '']);
    const order = await page.evaluate(() => {
      const stops = [...document.querySelectorAll<HTMLElement>('select, button, summary, a')].filter(
        (stop) => stop.getClientRects().length > 0,
      );
      return stops.every((stop, i) => {
        const before = stops[i - 1];
        if (before === undefined) return stop.tabIndex === 0;
        const [was, is] = [before.getBoundingClientRect(), stop.getBoundingClientRect()];
        const sameRow = stop.closest('tr, .row') !== null && stop.closest('tr, .row') === before.closest('tr, .row');
        return stop.tabIndex === 0 && (sameRow ? is.left >= was.left : is.top >= was.top);
      });
    });
    expect(order).toBe(true);
  });
});

it('every cell is called by person and star', async () => {
  const page = await start({ width: WIDE });
  await open(page);
  const names = await page
    .locator('select')
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLSelectElement).labels[0]?.textContent ?? ''));
  expect(new Set(names).size).toBe(40);
  expect(names.filter((name) => !/^.+：.+星$/.test(name))).toEqual([]);
});

describe('on a telephone', () => {
  it('one subject is one page, with its indicators a tap away', async () => {
    const page = await start({ width: PHONE });
    await open(page);
    expect(await page.locator('select').count()).toBe(10);
    expect(await page.locator('table').count()).toBe(0);
    const first = page.locator('.star').first();
    expect(await first.locator('li').first().isVisible()).toBe(false);
    await first.locator('summary').click();
    expect(await first.locator('li').first().isVisible()).toBe(true);
  });

  it('what is missing is read out, and each link leads into its cell', async () => {
    const page = await start({ width: PHONE });
    await open(page);
    await page.locator('select').nth(0).selectOption('9');
    await press(page, 'next');
    const summary = page.locator('[role=alert]');
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await summary.locator('a').first().click();
    const second = await page.locator('select').nth(1).getAttribute('id');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(second);
    const error = await page.locator(`#${second}-e`).textContent();
    expect(error).toBe(translator('zh-CN')('webballot.untouched'));
    expect(await page.locator('select').nth(0).inputValue()).toBe('9');
    expect(await page.title()).toContain(translator('zh-CN')('webballot.error_prefix'));
  });

  it('a person one does not know takes one tap, and the page stays where it was', async () => {
    const page = await start({ width: PHONE }, { branches: { B1: FEW } });
    await open(page);
    await page.locator('select').nth(2).selectOption('6');
    await press(page, 'unknown.0');
    const marks = await page
      .locator('select')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLSelectElement).value));
    expect(marks).toEqual(['x', 'x', '6', 'x', 'x', 'x', 'x', 'x', 'x', 'x']);
  });
});
