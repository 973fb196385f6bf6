/// <reference lib="dom" />
/** Ballots on the web in a real browser, without script, with a font that has Chinese signs; and what is measured on them. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const FONT = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface Screen {
  width: number;
  height?: number;
  dark?: boolean;
  /** The page has none; the checks for accessibility need it. Off unless asked for. */
  script?: boolean;
}

/** A server with the font; a browser fetches ten megabytes once from it, and anew for every page from a test. */
export async function serveFont(): Promise<{ url: string; close(): void }> {
  const font = readFileSync(FONT);
  const headers = { 'content-type': 'font/ttf', 'cache-control': 'max-age=3600', 'access-control-allow-origin': '*' };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(font));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/font.ttf`, close };
}

/** @param font address of a font with Chinese signs; without one the page's own policy stays in force */
export async function openScreen(
  browser: Browser,
  { width, height = 844, dark = false, script = false }: Screen,
  font: string | null,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: script,
    bypassCSP: font !== null,
  });
  if (font !== null) {
    // The page names this font itself; it only is not on every machine.
    const face = `<style>@font-face { font-family: 'Noto Sans SC'; src: url(${font}); } body, button, select { font-family: 'Noto Sans SC'; }</style>`;
    await context.route(/\/ballot(\/|$)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('</head>', `${face}</head>`) });
    });
  }
  return { context, page: await context.newPage() };
}

/** How far the page can be moved sideways, px. */
export const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });

/** Everything one can press or fill in that is smaller than a fingertip; a checkbox is pressed by its label. */
export const smallTargets = (page: Page, minPx: number): Promise<string[]> =>
  page.evaluate((min) => {
    const targets = [...document.querySelectorAll<HTMLElement>('button, select, summary, a, label:has(input)')];
    return targets
      .filter((target) => target.getClientRects().length > 0)
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.height < min || box.width < min)
      .map(({ target, box }) => `${target.tagName} ${target.textContent?.slice(0, 20)} ${box.width}x${box.height}`);
  }, minPx);

/** Words that do not fit into their box. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('h1, h2, p, th, td, button, a, label, dd, dt')]
      .filter((element) => (element.closest('thead')?.clientWidth ?? 2) > 1) // where the head of a table is for the ear only
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 30)}`),
  );

/** What axe finds: rules of WCAG 2.2 AA and good practice, contrast computed. Needs `script`. */
export async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
  );
}
