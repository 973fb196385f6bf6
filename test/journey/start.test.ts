/** A start that cannot be: every reason at once, one sentence each, exit 1, no stack trace. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLATFORM_NAMES, type PlatformName } from '../../src/platform/platform.ts';
import { openDatabase } from '../../src/store/db.ts';
import { openBallot, aRoll, ballotWorld } from '../support/ballot-world.ts';
import { runTenstar, startBotProcess } from '../support/bot-process.ts';

/** Nothing listens there: the bot starts all the same and keeps trying. */
const NOBODY = 'http://127.0.0.1:9';
/** What each platform needs, and where it is. */
const PLATFORM_SETTINGS: Readonly<Record<PlatformName, { needed: NodeJS.ProcessEnv; at: NodeJS.ProcessEnv }>> = {
  lark: {
    needed: {
      LARK_APP_SECRET: 'secret',
      LARK_ENCRYPT_KEY: 'encrypt-key',
      LARK_VERIFICATION_TOKEN: 'token',
    },
    at: { LARK_APP_ID: 'cli_0123456789abcdef', LARK_DOMAIN: NOBODY },
  },
  dingtalk: {
    needed: {
      DINGTALK_CLIENT_SECRET: 'secret',
      DINGTALK_CARD_TEMPLATE_ID: '11111111-2222-3333-4444-555555555555.schema',
      PUBLIC_URL: 'https://bot.example.com',
    },
    at: { DINGTALK_CLIENT_ID: 'dingclient', DINGTALK_API_BASE: NOBODY, DINGTALK_OAPI_BASE: NOBODY },
  },
};
const folder = () => mkdtempSync(join(tmpdir(), 'tenstar-start-'));
function settings(dir: string, over: NodeJS.ProcessEnv = {}, platform: PlatformName = 'lark'): NodeJS.ProcessEnv {
  const { needed, at } = PLATFORM_SETTINGS[platform];
  return {
    PORT: '0',
    DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
    KEYS_DIR: join(dir, 'keys'),
    ...needed,
    ...at,
    ...over,
  };
}

/** Runs `serve` to its end. @returns the lines it wrote */
async function refused(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { code, stdout, stderr } = await runTenstar(['serve'], env, folder());
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at |node:|\.ts:\d|Error:/m);
  return stderr.trim().split('\n');
}

describe('serve', () => {
  test('names everything that is missing or wrong, in one go', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'rules.json'), '{"weights": {"self": 200}, "quorum": {"fraction": "1/3"}}');
    const lines = await refused(
      settings(dir, {
        PORT: '70000',
        DATABASE_URL: 'postgres://somewhere',
        TIMEZONE: 'Asia/Nowhere',
        DEFAULT_LOCALE: 'fr',
        LOG_LEVEL: 'loud',
        LARK_APP_ID: 'app',
        LARK_DOMAIN: 'feishu.cn',
        LARK_TRANSPORT: 'pigeon',
        RULES_FILE: join(dir, 'rules.json'),
        CATALOGUE_FILE: join(dir, 'nothing.json'),
      }),
    );
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'TIMEZONE',
      'DEFAULT_LOCALE',
      'LOG_LEVEL',
      'LARK_APP_ID',
      'LARK_DOMAIN',
      'LARK_TRANSPORT',
      'CATALOGUE_FILE',
    ])
      expect(
        lines.filter((line) => line.startsWith(`${name} `)),
        name,
      ).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('RULES_FILE')).length).toBeGreaterThan(1);
  });

  test.each(PLATFORM_NAMES)('names every setting of %s that is missing', async (platform) => {
    const { needed, at } = PLATFORM_SETTINGS[platform];
    expect((await refused(at)).map((line) => line.split(' ')[0])).toEqual(Object.keys(needed));
  });

  test('names what to set when there is no platform at all', async () => {
    expect(await refused({})).toEqual([expect.stringMatching(/LARK_APP_ID.*DINGTALK_CLIENT_ID/)]);
  });

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refused(settings(folder(), { PORT: String(port) }))).toEqual([
      expect.stringMatching(new RegExp(`^PORT ${port}: another program listens there`)),
    ]);
    await new Promise((resolve) => other.close(resolve));
  });

  test('a database that cannot be opened or is none', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'folder.db'));
    writeFileSync(join(dir, 'text.db'), 'not a database at all, but long enough to be read as one. '.repeat(100));
    writeFileSync(join(dir, 'file'), '');
    for (const name of ['folder.db', 'text.db', 'file/below.db'])
      expect(await refused(settings(dir, { DATABASE_URL: `file:${join(dir, name)}` })), name).toEqual([
        expect.stringContaining('DATABASE_URL'),
      ]);
  });

  test('a folder for keys that cannot be made', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'file'), '');
    expect(await refused(settings(dir, { KEYS_DIR: join(dir, 'file', 'keys') }))).toEqual([
      expect.stringMatching(/^KEYS_DIR .*file/),
    ]);
  });

  test('a folder without the keys of the ballots that are open: another folder, or none', async () => {
    const world = await ballotWorld();
    await openBallot(world, 'r1', aRoll({ members: 6 }));
    await world.db.close();
    const here = settings(world.dir, { KEYS_DIR: world.keysDir });
    const lines = await refused({ ...here, KEYS_DIR: join(world.dir, 'wrong') });
    expect(lines).toEqual([expect.stringMatching(/^KEYS_DIR .*wrong/)]);
    expect(readdirSync(world.dir)).not.toContain('wrong'); // the next start says the same
    renameSync(join(world.keysDir, 'r1.working.key'), join(world.dir, 'away'));
    writeFileSync(join(world.keysDir, 'other'), '');
    const bot = await startBotProcess(here);
    const said = await bot.untilLogged(({ level }) => level === 50);
    expect(said).toMatchObject({ review: 'r1', purpose: 'working' });
    expect(await bot.stop()).toBe(0);
    renameSync(join(world.dir, 'away'), join(world.keysDir, 'r1.working.key'));
    const again = await startBotProcess(here);
    expect(again.lines().filter(({ level, review }) => level === 50 && review !== undefined)).toEqual([]);
    expect(await again.stop()).toBe(0);
  });

  test('a migration that is not the one that was applied', async () => {
    const world = await ballotWorld();
    await world.db.script("UPDATE migration SET sha256 = 'other'");
    await world.db.close();
    const [line, ...more] = await refused(settings(world.dir));
    expect(line).toMatch(/migration/i);
    expect(more).toEqual([]);
    const db = await openDatabase({ url: world.url });
    await db.close();
  });

  test.each(PLATFORM_NAMES)('starts while %s cannot be reached, and stops well', async (platform) => {
    const bot = await startBotProcess(settings(folder(), {}, platform));
    const trouble = await bot.untilLogged(({ level }) => level === 50);
    expect(trouble.msg).toContain('tenstar doctor');
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    expect(await bot.stop()).toBe(0);
  });
});
