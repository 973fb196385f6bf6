import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, SETTING_NAMES } from '../src/config.ts';

const dir = mkdtempSync(join(tmpdir(), 'tenstar-config-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const LARK = {
  LARK_APP_ID: 'cli_0123456789abcdef',
  LARK_APP_SECRET: 's',
  LARK_ENCRYPT_KEY: 'e',
  LARK_VERIFICATION_TOKEN: 'v',
};
const DINGTALK = {
  DINGTALK_CLIENT_ID: 'dingdemoclientid',
  DINGTALK_CLIENT_SECRET: 's',
  DINGTALK_CARD_TEMPLATE_ID: '11111111-2222-3333-4444-555555555555.schema',
  PUBLIC_URL: 'https://bot.example.com',
};
const problemsOf = (env: Record<string, string>, needs: 'platform' | 'database' = 'platform'): readonly string[] => {
  const loaded = loadConfig(env, needs);
  return loaded.ok ? [] : loaded.problems;
};

test('every setting is documented in .env.example, and nothing else is', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const documented = new Set([...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]));
  const settings = new Set<string>(SETTING_NAMES);
  expect([...documented].filter((name) => name !== undefined && !settings.has(name))).toEqual([]);
  expect([...settings].filter((name) => !documented.has(name))).toEqual([]);
});

test('the defaults of the contract', () => {
  const loaded = loadConfig({}, 'database');
  expect(loaded).toMatchObject({
    ok: true,
    config: {
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      database: { url: 'file:data/tenstar.db' },
      keysDir: 'data/keys',
      timezone: 'Asia/Shanghai',
      defaultLocale: 'zh-CN',
      logLevel: 'info',
      lark: null,
      dingtalk: null,
    },
  });
});

test.each([
  ['feishu', 'https://open.feishu.cn'],
  ['lark', 'https://open.larksuite.com'],
  ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
])('LARK_DOMAIN=%s', (domain, baseUrl) => {
  expect(loadConfig({ ...LARK, LARK_DOMAIN: domain }, 'platform')).toMatchObject({
    ok: true,
    config: { lark: { baseUrl } },
  });
});

test.each([
  ['https://bot.example.com/tenstar/', 'https://bot.example.com/tenstar'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://bot.example.com', null], // marks could be read on the way
  ['', null],
])('a web ballot under PUBLIC_URL=%s: %s', (publicUrl, webBallotUrl) => {
  expect(loadConfig({ PUBLIC_URL: publicUrl }, 'database')).toMatchObject({ ok: true, config: { webBallotUrl } });
});

test('DingTalk alone, and both', () => {
  const dingtalk = {
    clientId: 'dingdemoclientid',
    robotCode: 'dingdemoclientid',
    apiBase: 'https://api.dingtalk.com',
    oapiBase: 'https://oapi.dingtalk.com',
    transport: 'webhook',
    publicUrl: 'https://bot.example.com',
    plan: 'free',
  };
  expect(loadConfig(DINGTALK, 'platform')).toMatchObject({ ok: true, config: { lark: null, dingtalk } });
  expect(
    loadConfig(
      { ...LARK, ...DINGTALK, DINGTALK_ROBOT_CODE: 'ding2', DINGTALK_API_BASE: 'http://127.0.0.1:4020//' },
      'platform',
    ),
  ).toMatchObject({
    ok: true,
    config: { lark: { appId: LARK.LARK_APP_ID }, dingtalk: { robotCode: 'ding2', apiBase: 'http://127.0.0.1:4020' } },
  });
});

describe('wrong settings are named, all at once', () => {
  test.each([
    [{ DINGTALK_CLIENT_ID: 'a b' }, /^DINGTALK_CLIENT_ID.*console/],
    [{ DINGTALK_CLIENT_SECRET: '' }, /^DINGTALK_CLIENT_SECRET is missing.*console/],
    [
      { DINGTALK_CARD_TEMPLATE_ID: '', PUBLIC_URL: 'http://bot.example.com' },
      /^DINGTALK_CARD_TEMPLATE_ID is missing.*card-template\.json.*PUBLIC_URL/,
    ],
    [{ DINGTALK_CARD_TEMPLATE_ID: 'my template' }, /^DINGTALK_CARD_TEMPLATE_ID.*\.schema/],
    [{ DINGTALK_TRANSPORT: 'pigeon' }, /^DINGTALK_TRANSPORT.*stream/],
    [{ DINGTALK_API_BASE: 'api.dingtalk.com' }, /^DINGTALK_API_BASE/],
    [{ PUBLIC_URL: '' }, /^PUBLIC_URL is missing.*DINGTALK_TRANSPORT=stream/],
  ])('%j', (wrong, says) => expect(problemsOf({ ...DINGTALK, ...wrong })[0]).toMatch(says));
  test('DingTalk over Stream needs no public address', () =>
    expect(problemsOf({ ...DINGTALK, PUBLIC_URL: '', DINGTALK_TRANSPORT: 'stream' })).toEqual([]));
  test('DingTalk without a template where people can vote on the web', () => {
    expect(loadConfig({ ...DINGTALK, DINGTALK_CARD_TEMPLATE_ID: '' }, 'platform')).toMatchObject({
      ok: true,
      config: { dingtalk: { cardTemplateId: null } },
    });
  });
  test('DingTalk without anything: all that is missing', () =>
    expect(problemsOf({ DINGTALK_CLIENT_ID: 'dingdemoclientid' })).toHaveLength(3));
  test('none at all: a sentence says what to set, or to try the demo', () => {
    expect(problemsOf({})).toEqual([expect.stringMatching(/LARK_APP_ID.*npm run demo/)]);
    expect(problemsOf({}, 'database')).toEqual([]);
  });
  test.each([
    [{ PORT: '70000' }, /^PORT/],
    [{ PUBLIC_URL: 'tenstar.example.org' }, /^PUBLIC_URL.*https/],
    [{ DATABASE_URL: 'postgres://x' }, /^DATABASE_URL.*file:/],
    [{ TIMEZONE: 'Mars' }, /^TIMEZONE.*Asia\/Shanghai/],
    [{ DEFAULT_LOCALE: 'fr' }, /^DEFAULT_LOCALE.*zh-CN/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL.*debug/],
    [{ LARK_APP_ID: 'app' }, /^LARK_APP_ID.*cli_/],
    [{ LARK_TRANSPORT: 'pigeon' }, /^LARK_TRANSPORT.*websocket/],
    [{ RULES_FILE: join(dir, 'none.json') }, /^RULES_FILE names a file that is not there/],
    [{ RULES_FILE: file('broken.json', '{"quorum":') }, /^RULES_FILE.*not valid JSON/],
    [{ RULES_FILE: file('rules.json', '{"quorum":{"fraction":"1/3"}}') }, /^RULES_FILE.*quorum/],
    [{ RULES_FILE: file('barred.json', '{"barred_stars":["no_such_star"]}') }, /no_such_star/],
    [{ CATALOGUE_FILE: file('catalogue.json', '{"version":1}') }, /^CATALOGUE_FILE/],
    [
      { HOLIDAYS_FILE: file('holidays.json', '[{"year":2027,"days":[{"date":"soon","isOffDay":true}]}]') },
      /^HOLIDAYS_FILE/,
    ],
    [{ PROJECTS_FILE: file('projects.json', '[]') }, /^PROJECTS_FILE/],
    [
      { BOARD_TEMPLATE_FILE: file('board.json', '{"paper":"A5"}') },
      /^BOARD_TEMPLATE_FILE: paper must be one of "A3", "A4"/,
    ],
    [
      { BOARD_TEMPLATE_FILE: file('fonts.json', '{"fonts":["no-such.ttf"]}') },
      /^BOARD_TEMPLATE_FILE: fonts names a file that is not there: no-such.ttf/,
    ],
  ])('%j', (wrong, says) => {
    const problems = problemsOf({ ...LARK, ...wrong });
    expect(problems[0]).toMatch(says);
    const [name = ''] = Object.keys(wrong);
    for (const problem of problems) expect(problem).toContain(name);
  });
  test('several', () => {
    expect(problemsOf({ LARK_APP_ID: 'cli_0123456789abcdef', PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(5);
  });
  test('the long connection needs no encryption settings, but an id the SDK accepts', () => {
    expect(problemsOf({ LARK_APP_ID: LARK.LARK_APP_ID, LARK_APP_SECRET: 's', LARK_TRANSPORT: 'websocket' })).toEqual(
      [],
    );
    expect(problemsOf({ LARK_APP_ID: 'cli_short', LARK_APP_SECRET: 's', LARK_TRANSPORT: 'websocket' })).toEqual([
      expect.stringMatching(/websocket/),
    ]);
  });
});

test('files are read with a byte order mark too', () => {
  expect(
    loadConfig({ RULES_FILE: file('bom.json', '\uFEFF{"publicity":{"working_days":7}}') }, 'database'),
  ).toMatchObject({ ok: true, config: { rules: { publicity: { working_days: 7 } } } });
  expect(
    loadConfig({ RULES_FILE: file('days.json', '{"calendar":{"days_off":["2027-03-08"]}}') }, 'database'),
  ).toMatchObject({
    ok: true,
    config: { ownDays: [{ date: '2027-03-08', isOffDay: true }] },
  });
});
