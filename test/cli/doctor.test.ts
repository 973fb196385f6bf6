/** `tenstar doctor` against the playground: what is in order is said to be, and each trouble has its own line with what to do. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/cli/cli.ts';
import { translator } from '../../src/i18n.ts';
import { createLarkProbe } from '../../src/platform/lark/probe.ts';
import { type Playground, startPlayground } from '../../src/playground/server.ts';
import { openDatabase } from '../../src/store/db.ts';
import { examine } from '../../src/usecases/doctor.ts';
import { examineCalendar, examineNode } from '../../src/usecases/doctor/operation.ts';
import { type Branch, type Member, World } from '../support/world.ts';

const branches: Branch[] = [{ code: 'B001', unit: 'U1' }];
const members: Member[] = [
  { no: 'E0001', branch: 'B001', roles: 'secretary' },
  { no: 'E0002', branch: 'B001' },
];
const reportSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      check: z.string(),
      state: z.enum(['ok', 'warn', 'fail', 'skipped']),
      text: z.string(),
      fix: z.string().optional(),
    }),
  ),
});
type Report = z.infer<typeof reportSchema>;

let world: World;
let env: Record<string, string>;
beforeAll(async () => {
  const keys = fs.mkdtempSync(join(tmpdir(), 'tenstar-doctor-keys-'));
  world = await World.start({ branches, members, env: { DEFAULT_LOCALE: 'en', KEYS_DIR: keys } });
  const year = new Date().getFullYear();
  const holidays = join(world.dir, 'holidays.json');
  fs.writeFileSync(holidays, JSON.stringify([year - 1, year, year + 1].map((one) => ({ year: one, days: [] }))));
  env = Object.fromEntries(
    Object.entries({ ...world.env, PUBLIC_URL: world.bot.url, HOLIDAYS_FILE: holidays }).map(([name, value]) => [
      name,
      String(value),
    ]),
  );
}, 60_000);
afterAll(() => world.stop());

async function run(
  over: Record<string, string> = {},
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(['doctor', ...args], {
    env: { ...env, ...over },
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
async function report(over: Record<string, string> = {}): Promise<Report & { code: number }> {
  const { code, stdout } = await run(over, '--json');
  const read = reportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(read.ok ? 0 : 1);
  return { ...read, code };
}
const states = ({ checks }: Report, check: string): string[] =>
  checks.filter((one) => one.check === check).map((one) => one.state);
const about = ({ checks }: Report, check: string): string =>
  checks
    .filter((one) => one.check === check)
    .map(({ text, fix }) => `${text} ${fix ?? ''}`)
    .join('\n');
const SECRETS = ['journey-secret', 'journey-encrypt-key', 'journey-token', 'wrong-secret'];

test('a running installation is in order; nobody gets a message and nothing is written', async () => {
  const before = { messages: world.playground.state.world.messages.size, files: fs.readdirSync(world.dir).toSorted() };
  const seen = await report();
  expect(seen.checks.filter(({ state }) => state === 'fail')).toEqual([]);
  for (const check of [
    'node',
    'settings',
    'database',
    'migrations',
    'keys',
    'outbox',
    'token',
    'bot',
    'clock',
    'chats',
    'messages',
    'lookup',
    'files',
  ])
    expect([check, ...states(seen, check)]).toEqual([check, 'ok']);
  expect({ messages: world.playground.state.world.messages.size, files: fs.readdirSync(world.dir).toSorted() }).toEqual(
    before,
  );
  const { stdout, code } = await run();
  expect(code).toBe(0);
  expect(stdout.match(/^✓ /gm)?.length).toBeGreaterThan(10);
  for (const secret of SECRETS) expect(stdout).not.toContain(secret);
});

test('in Chinese by DEFAULT_LOCALE', async () => {
  expect((await run({ DEFAULT_LOCALE: 'zh-CN' })).stdout).toMatch(/^✓ 设置/m);
});

describe('each trouble on the side of the platform', () => {
  test('a wrong secret: one failure that says what to copy, the rest is not tried, no secret is printed', async () => {
    const seen = await report({ LARK_APP_SECRET: 'wrong-secret' });
    expect(seen.code).toBe(1);
    expect(states(seen, 'token')).toEqual(['fail']);
    expect(about(seen, 'token')).toMatch(/99991543.*LARK_APP_SECRET/);
    expect(states(seen, 'bot')).toEqual(['skipped']);
    for (const secret of SECRETS) expect(JSON.stringify(seen)).not.toContain(secret);
  });

  test.each([
    ['im:chat:readonly', 'chats'],
    ['contact:user.id:readonly', 'lookup'],
    ['im:message:send_as_bot', 'messages'],
    ['im:resource', 'files'],
  ])('without %s the check of %s fails and names it', async (scope, check) => {
    const other =
      {
        'im:chat:readonly': ['im:chat'],
        'im:message:send_as_bot': ['im:message'],
        'im:resource': ['im:resource:upload'],
      }[scope] ?? [];
    await world.client.faults({ missing_scopes: [scope, ...other] });
    const seen = await report();
    await world.client.faults({ reset: true });
    expect(seen.checks.filter(({ state }) => state === 'fail').map((one) => one.check)).toEqual([check]);
    expect(about(seen, check)).toContain(scope);
    expect(about(seen, check)).toMatch(/99991672/);
  });

  test('an app that is switched off', async () => {
    await world.client.faults({ app_disabled: true });
    const seen = await report();
    await world.client.faults({ reset: true });
    expect(states(seen, 'token')).toEqual(['fail']);
    expect(about(seen, 'token')).toMatch(/10014/);
  });

  test('nothing answers at LARK_DOMAIN', async () => {
    const seen = await report({ LARK_DOMAIN: 'http://127.0.0.1:9' });
    expect(about(seen, 'token')).toMatch(/LARK_DOMAIN/);
  });

  test('a group that belongs to nothing, and one the bot was removed from', async () => {
    const { chat_id: id } = await world.client.createChat({ name: '新来的群' });
    await world.client.setBot(world.chat('branch:B001'), false);
    const seen = await report();
    await world.client.setBot(world.chat('branch:B001'), true);
    await world.client.dissolve(id);
    expect(about(seen, 'chats')).toContain(`新来的群 (${id})`);
    expect(about(seen, 'chats')).toMatch(/bind-chat --platform lark/);
    expect(about(seen, 'chats')).toMatch(new RegExp(`no longer in.*${world.chat('branch:B001')}`));
  });
});

describe('the clocks', () => {
  test.each([
    [0, 'ok', /Agrees/],
    [20_000, 'warn', /2[01] s ahead/],
    [-20_000, 'warn', /(19|20) s behind/],
    [600_000, 'fail', /60[01] s ahead.*timedatectl/s],
  ])('ours is off by %i ms: %s', async (offMs, state, says) => {
    const { findings } = await examine({
      env,
      probesOf: (config) =>
        Promise.resolve(
          config.lark === null
            ? []
            : [createLarkProbe(config.lark, { log: { warn: () => {} }, now: () => Date.now() + offMs })],
        ),
      fetch: (url, init) => fetch(url, init),
      now: Date.now,
    });
    const clock = findings.filter((one) => one.check === 'clock');
    expect(clock.map((one) => one.state)).toEqual([state]);
    expect(clock.map(({ text, fix }) => `${text} ${fix ?? ''}`).join()).toMatch(says);
  });
});

describe('each trouble on this machine', () => {
  const fresh = () => fs.mkdtempSync(join(tmpdir(), 'tenstar-doctor-'));

  test('settings: every problem at once, and the rest is looked at where that is possible', async () => {
    const seen = await report({ LARK_ENCRYPT_KEY: '', LARK_VERIFICATION_TOKEN: '' });
    expect(states(seen, 'settings')).toEqual(['fail', 'fail']);
    const without = await report({ LARK_APP_ID: '' });
    expect(about(without, 'settings')).toMatch(/No chat platform/);
    expect(states(without, 'migrations')).toEqual(['ok']);
    expect((await report({ PORT: 'x', TIMEZONE: 'Mars' })).code).toBe(1);
  });

  test('no database: said, and none is made', async () => {
    const dir = fresh();
    const seen = await report({ DATABASE_URL: `file:${join(dir, 'd/t.db')}`, KEYS_DIR: join(dir, 'keys') });
    expect(states(seen, 'database')).toEqual(['fail']);
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test('a file that is no database', async () => {
    const dir = fresh();
    fs.writeFileSync(join(dir, 't.db'), 'x'.repeat(9_000));
    const seen = await report({ DATABASE_URL: `file:${join(dir, 't.db')}` });
    expect(about(seen, 'database')).toMatch(/restore/);
  });

  test('an empty database, keys that others can read', async () => {
    const dir = fresh();
    fs.mkdirSync(join(dir, 'keys'), { mode: 0o755 });
    fs.writeFileSync(join(dir, 'keys/r1.working.key'), Buffer.alloc(32), { mode: 0o644 });
    const db = await openDatabase({ url: `file:${join(dir, 't.db')}` });
    await db.close();
    const seen = await report({ DATABASE_URL: `file:${join(dir, 't.db')}`, KEYS_DIR: join(dir, 'keys') });
    expect(states(seen, 'migrations')).toEqual(['warn']);
    expect(about(seen, 'keys')).toMatch(/chmod -R/);
    expect(about(seen, 'keys')).toMatch(/folder of the database/);
    expect(fs.statSync(join(dir, 'keys')).mode & 0o777).toBe(0o755); // looked at, not changed
  });

  test('nobody is at work, a message has waited too long, another was given up', async () => {
    const dir = fresh();
    const file = join(dir, 't.db');
    const tools = { DATABASE_URL: `file:${file}`, KEYS_DIR: join(dir, 'keys') };
    await runCli(['migrate'], {
      env: { ...env, ...tools },
      stdout: { write: () => true },
      stderr: { write: () => true },
      setExitCode: () => {},
    });
    const db = await openDatabase({ url: `file:${file}` });
    await db.write(async (tx) => {
      const add = `INSERT INTO outbox (uuid, platform, recipient_kind, recipient, card, args, state, not_before, created_at, last_error, done_at)
        VALUES (?, 'lark', 'chat', 'oc_x', 'league', '{}', ?, ?, 0, ?, ?)`;
      await tx.run(add, ['u1', 'waiting', Date.now() - 3_600_000, null, null]);
      await tx.run(add, ['u2', 'dead', 0, 'not_permitted 99991672', 0]);
    });
    await db.close();
    const seen = await report(tools);
    expect(states(seen, 'outbox')).toEqual(['fail', 'warn', 'warn']);
    expect(about(seen, 'outbox')).toMatch(/60 minutes/);
    expect(about(seen, 'outbox')).toMatch(/npm start/);
    expect(about(seen, 'outbox')).toMatch(/permission.*99991672.*outbox retry --all/s);
    expect(about(seen, 'roster')).toMatch(/tenstar import/);
  });

  test('an address where something else answers, and one where nothing does', async () => {
    const other: Playground = await startPlayground({ appId: 'cli_x', appSecret: 'x', verificationToken: 'x' });
    const wrong = await report({ PUBLIC_URL: other.url });
    await other.close();
    expect(states(wrong, 'address')).not.toContain('ok');
    expect(states(await report({ PUBLIC_URL: 'http://127.0.0.1:9' }), 'address')).not.toContain('ok');
  });
});

describe('the calendar of holidays', () => {
  const t = translator('en');
  const at = (date: string, notices: { year: number; days: [] }[] = []) =>
    examineCalendar({ timezone: 'Asia/Shanghai', notices }, Date.parse(`${date}T12:00+08:00`), t).map(
      (one) => one.state,
    );
  test('this year must be known, the next one from December', () => {
    expect(at('2026-06-01')).toEqual(['ok']);
    expect(at('2060-11-30')).toEqual(['fail']);
    expect(at('2060-11-30', [{ year: 2060, days: [] }])).toEqual(['ok']);
    expect(at('2060-12-01', [{ year: 2060, days: [] }])).toEqual(['warn']);
    expect(
      at('2060-12-01', [
        { year: 2060, days: [] },
        { year: 2061, days: [] },
      ]),
    ).toEqual(['ok']);
  });
  test('the year is that of the office', () => {
    const eve = Date.parse('2060-12-31T16:30Z');
    const [first] = examineCalendar({ timezone: 'Asia/Shanghai', notices: [] }, eve, t);
    expect(first?.text).toContain('2061');
  });
});

test.each([
  ['24.16.0', 'ok'],
  ['24.21.3', 'ok'],
  ['25.0.0', 'ok'],
  ['24.15.9', 'fail'],
  ['20.19.0', 'fail'],
])('Node.js %s: %s', (version, state) => {
  expect(examineNode(version, translator('en')).state).toBe(state);
});
