import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { program, runCli } from '../../src/cli/cli.ts';
import { makeCity } from '../../src/demo/city.ts';
import { type CliResult, runTenstar } from '../support/bot-process.ts';

const dir = mkdtempSync(join(tmpdir(), 'tenstar-cli-'));
const env = { DATABASE_URL: `file:${join(dir, 'tenstar.db')}`, KEYS_DIR: join(dir, 'keys') };
/** In this process, as the program would: only what is about processes starts one. */
async function tenstar(...args: string[]): Promise<CliResult> {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(args, {
    env,
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
const path = (name: string) => join(dir, name);

beforeAll(async () => {
  const city = makeCity('small');
  writeFileSync(join(dir, 'b.csv'), city.branchesCsv);
  writeFileSync(join(dir, 'p.csv'), city.peopleCsv);
  const imported = await tenstar('import', '--branches', path('b.csv'), '--people', path('p.csv'));
  expect(imported).toMatchObject({ code: 0 });
}, 30_000);

const names = (command: ReturnType<typeof program>, before: readonly string[] = []): string[][] =>
  command.commands.flatMap((child) => [[...before, child.name()], ...names(child, [...before, child.name()])]);

test.each(names(program()).map((path) => [path.join(' '), path] as const))(
  '%s --help explains itself',
  (_name, path) => {
    const command = path.reduce(
      (found, name) => found.commands.find((child) => child.name() === name) ?? found,
      program(),
    );
    expect(command.description().length).toBeGreaterThan(20);
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
  },
);

test('the commands of the contract are all there', () => {
  const all = names(program()).map((path) => path.join(' '));
  expect(all).toEqual(
    expect.arrayContaining([
      'migrate',
      'serve',
      'demo',
      'import',
      'bind-chat',
      'run',
      'jobs',
      'results',
      'league',
      'audit verify',
      'outbox list',
      'outbox retry',
    ]),
  );
});

describe('wrong input: exit 1, one line on standard error that says what to do, nothing on standard output', () => {
  test.each([
    [['leage', '--period', '2026-Q3'], /Did you mean league/],
    [['results'], /--period/],
    [['results', '--period', '2026-Q5'], /2026-Q3/],
    [['results', '--period', '2026-Q3', '--branch', 'B01'], /Did you mean B001/],
    [['results', '--period', '2026-Q3', '--format', 'pdf'], /json, csv, xlsx/],
    [['results', '--period', '2026-Q3', '--format', 'xlsx'], /--out/],
    [['results', '--period', '2026-Q3', '--format', 'xlsx', '--out', path('r.xlsx')], /No review of 2026-Q3/],
    [['results', '--period', '2026-Q3', '--out', path('b.csv/r.json')], /ENOTDIR|ENOENT/],
    [['league', '--period', 'soon'], /no period/],
    [['league', '--period', '2026-Q3', '--district', 'D8'], /Did you mean D1|There is no district/],
    [['bind-chat', '--platform', 'lark', '--chat', 'oc_1'], /exactly one of/],
    [['bind-chat', '--platform', 'lark', '--chat', 'oc_1', '--branch', 'B999'], /no branch "B999"/],
    [['bind-chat', '--platform', 'wechat', '--chat', 'oc_1', '--city'], /lark, dingtalk/],
    [['run', 'notice-clos'], /Did you mean notice-close/],
    [['run', 'notice-close', '--now', 'tomorrow'], /2026-10-09T15:00/],
    [['outbox', 'retry', '1', '--all'], /--all/],
    [['import', '--branches', path('b.csv')], /--people/],
  ])('tenstar %j', async (args, says) => {
    const { code, stdout, stderr } = await tenstar(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a database that cannot be opened', async () => {
    const { code, stderr } = await runTenstar(
      ['audit', 'verify'],
      { ...env, DATABASE_URL: `file:${path('b.csv/t.db')}` },
      dir,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/DATABASE_URL/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('data goes to standard output alone, or to the file that was named', async () => {
  const printed = await tenstar('league', '--period', '2026-Q3', '--format', 'json');
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  const league: unknown = JSON.parse(printed.stdout);
  expect(league).toMatchObject({ period: '2026-Q3', district: null });
  expect((league as { rows: object[] }).rows[0]).toEqual({
    rank: null,
    branch: 'B001',
    points: null,
    weekly_check_rate: null,
    monthly_on_time: null,
    turnout: null,
    commitments_on_schedule: null,
    activities: null,
    mean_stars: null,
    move: null,
    reason: 'no_review',
  });
  expect(await tenstar('league', '--period', '2026-Q3', '--out', path('league.json'))).toMatchObject({
    code: 0,
    stdout: '',
  });
  expect(JSON.parse(readFileSync(join(dir, 'league.json'), 'utf8'))).toEqual(league);
  const csv = await tenstar('league', '--period', '2026-Q3', '--district', 'D1', '--format', 'csv');
  expect(csv.stdout.split('\n')[0]).toContain('rank,branch,branch_name,points');
  const results = await tenstar('results', '--period', '2026-Q3');
  expect(JSON.parse(results.stdout)).toMatchObject({ period: '2026-Q3', branches: [] });
});

test('a chat is bound, and the trail that says so is unbroken', async () => {
  const bound = await tenstar('bind-chat', '--platform', 'lark', '--chat', 'oc_1', '--branch', 'b001', '--json');
  expect(JSON.parse(bound.stdout)).toEqual({ platform: 'lark', chat: 'oc_1', scope: 'branch', code: 'B001' });
  const verified = await tenstar('audit', 'verify', '--json');
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, entries: 2 });
});

test('serve names every missing and wrong setting at once and shows no stack', async () => {
  const { code, stderr } = await runTenstar(
    ['serve'],
    { ...env, LARK_APP_ID: 'cli_0123456789abcdef', PORT: 'many', TIMEZONE: 'Mars/Crater', LOG_LEVEL: 'loud' },
    dir,
  );
  expect(code).toBe(1);
  for (const name of [
    'LARK_APP_SECRET',
    'LARK_ENCRYPT_KEY',
    'LARK_VERIFICATION_TOKEN',
    'PORT',
    'TIMEZONE',
    'LOG_LEVEL',
  ])
    expect(stderr).toContain(name);
  expect(stderr.trim().split('\n')).toHaveLength(6);
  expect(stderr).not.toMatch(/\n\s+at /);
});
