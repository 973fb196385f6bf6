/// <reference lib="dom" />
/**
 * A real Chromium for the tests. It comes inside an npm package, so nothing has to be installed by hand; `CHROMIUM_PATH` names
 * another one (needed anywhere but on Linux x64). It has no Chinese glyphs: a page must bring its own web font.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type ConsoleMessage, type Page } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const UNPACKED = join(tmpdir(), 'chromium');
const LOCK = join(tmpdir(), 'tenstar-chromium.lock');
/** Unpacking takes a few seconds; a lock older than this was left behind by a run that was killed. */
const STALE_LOCK_MS = 60_000;

export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  return chromium.launch({ executablePath: given ?? (await bundled()), args: FLAGS, headless: true });
}

/** Unpacks once for all test processes: the first one works, the others wait until it has finished. */
async function bundled(): Promise<string> {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x'; // makes the package unpack the libraries it needs
  const { default: packaged } = await import('@sparticuz/chromium');
  await locked();
  try {
    return await packaged.executablePath();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

async function locked(): Promise<void> {
  for (;;) {
    try {
      await mkdir(LOCK);
      return;
    } catch {
      const age = await stat(LOCK).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STALE_LOCK_MS) await rm(LOCK, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, existsSync(UNPACKED) ? 20 : 200));
    }
  }
}

/** Everything that went wrong in the page's own eyes: errors, refused requests, console errors and warnings. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') errors.push(`${request.url()} ${reason}`); // a closed stream is no error
  });
  return errors;
}
