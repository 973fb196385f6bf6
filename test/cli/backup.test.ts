/** `tenstar backup` and `restore` with real files and real processes: what is copied is sound, what is replaced is kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/cli/cli.ts';
import { makeCity } from '../../src/demo/city.ts';
import { openDatabase } from '../../src/store/db.ts';
import { type CliResult, runTenstar } from '../support/bot-process.ts';

let city = '';

/** In this process, as the program would; the driver keeps what it opened for a while, so what is about locks starts processes. */
async function inProcess(env: Record<string, string>, args: readonly string[]): Promise<CliResult> {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(args, {
    env,
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
/** An installation of its own for each test. */
function installation() {
  const dir = fs.mkdtempSync(join(tmpdir(), 'tenstar-backup-'));
  const at = (name: string) => join(dir, name);
  const env: Record<string, string> = {
    DATABASE_URL: `file:${at('tenstar.db')}`,
    KEYS_DIR: at('keys'),
    DEFAULT_LOCALE: 'en',
  };
  return {
    at,
    env,
    tenstar: (...args: string[]) => inProcess(env, args),
    /** In a process of its own. */
    process: (...args: string[]) => runTenstar(args, env, dir),
    files: () => fs.readdirSync(dir).toSorted(),
  };
}
/** With the city of the fixture in it. */
function filled() {
  const here = installation();
  fs.copyFileSync(city, here.at('tenstar.db'));
  return here;
}

async function refused(result: Promise<CliResult>, says: RegExp): Promise<void> {
  const { code, stdout, stderr } = await result;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
}
async function change(file: string, ...statements: string[]): Promise<void> {
  const db = await openDatabase({ url: `file:${file}` });
  await db.write(async (tx) => {
    for (const statement of statements) await tx.run(statement);
  });
  await db.checkpoint();
  await db.close();
}
const districts = async (file: string): Promise<string[]> => {
  const copy = join(fs.mkdtempSync(join(tmpdir(), 'tenstar-look-')), 'copy.db');
  fs.copyFileSync(file, copy);
  const db = await openDatabase({ url: `file:${copy}` });
  const rows = await db.read.all(
    z.object({ code: z.string() }),
    "SELECT code FROM district WHERE code LIKE 'X%' ORDER BY code",
  );
  await db.close();
  return rows.map((row) => row.code);
};
const mark = (code: string): string => `INSERT INTO district VALUES ('${code}', '试验片区')`;
/** A changed copy of the fixture, as it would lie in an archive. */
async function copyWith(
  here: { at: (name: string) => string },
  name: string,
  ...statements: string[]
): Promise<string> {
  const source = here.at(`made-${name}`);
  fs.copyFileSync(city, source);
  await change(source, ...statements);
  fs.copyFileSync(source, here.at(name));
  return here.at(name);
}
/** A process that has the database open. */
const holding = (what: 'bot' | 'lock', file: string) =>
  spawn(process.execPath, [join(import.meta.dirname, '../support/database-process.ts'), what, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
const kept = (here: { files: () => string[] }): string[] =>
  here.files().filter((name) => name.includes('.before-restore-'));

beforeAll(async () => {
  const here = installation();
  const small = makeCity('small');
  fs.writeFileSync(here.at('b.csv'), small.branchesCsv);
  fs.writeFileSync(here.at('p.csv'), small.peopleCsv);
  expect(await here.tenstar('import', '--branches', here.at('b.csv'), '--people', here.at('p.csv'))).toMatchObject({
    code: 0,
  });
  expect(await here.tenstar('backup', '--out', here.at('city.db'))).toMatchObject({ code: 0 });
  city = here.at('city.db');
}, 60_000);

describe('backup', () => {
  test('writes one sound file for its owner only, says its size and that keys are not in it, and is in the trail', async () => {
    const here = filled();
    const { code, stdout } = await here.tenstar('backup', '--out', here.at('copy.db'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/checked: .*copy\.db \(\d+(\.\d)? (kB|MB)\)/);
    expect(stdout).toMatch(/keys .* are not in it/);
    expect(here.files().filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db']);
    expect(fs.statSync(here.at('copy.db')).mode & 0o777).toBe(0o600);
    expect(await here.tenstar('audit', 'verify')).toMatchObject({ stdout: expect.stringMatching(/unbroken/) });
  });

  test('--json names file, bytes and hash', async () => {
    const here = filled();
    const { stdout } = await here.tenstar('backup', '--out', here.at('copy.db'), '--json');
    expect(JSON.parse(stdout)).toEqual({
      file: here.at('copy.db'),
      bytes: fs.statSync(here.at('copy.db')).size,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      boxes: 0,
    });
  });

  test('what cannot be done is one line, and leaves nothing behind', async () => {
    const here = filled();
    fs.writeFileSync(here.at('there.db'), 'precious');
    fs.mkdirSync(here.at('keys'));
    fs.mkdirSync(here.at('shut'), { mode: 0o500 });
    const before = here.files();
    await refused(here.tenstar('backup'), /--out/);
    await refused(here.tenstar('backup', '--out', here.at('there.db')), /exists already/);
    await refused(here.tenstar('backup', '--out', here.at('none/copy.db')), /folder does not exist/);
    await refused(here.tenstar('backup', '--out', here.at('there.db/copy.db')), /not a folder/);
    await refused(here.tenstar('backup', '--out', here.at('keys/copy.db')), /KEYS_DIR/);
    if (process.getuid?.() !== 0)
      await refused(here.tenstar('backup', '--out', here.at('shut/copy.db')), /may not be written/);
    expect(here.files().filter((name) => !/-(wal|shm)$/.test(name))).toEqual(before);
    expect(fs.readFileSync(here.at('there.db'), 'utf8')).toBe('precious');
    expect(fs.readdirSync(here.at('keys'))).toEqual([]);
  });

  test('where there is no database, or it is on a server', async () => {
    const here = installation();
    await refused(here.tenstar('backup', '--out', here.at('copy.db')), /no database at/);
    await refused(
      inProcess({ ...here.env, DATABASE_URL: 'libsql://db.example.org' }, ['backup', '--out', here.at('copy.db')]),
      /backups of that server/,
    );
    await refused(
      inProcess({ ...here.env, DATABASE_URL: 'libsql://db.example.org' }, ['restore', city]),
      /backups of that server/,
    );
    expect(here.files()).toEqual([]);
  });
});

const REVIEW = [
  "INSERT INTO rules_version VALUES ('h', '{}', 0)",
  "INSERT INTO catalogue_version VALUES ('h', '{}', 0)",
  `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at) VALUES ('r1', 'B001', '2026-Q3', 'balloting', 'h', 'h', 'x', 0)`,
  "INSERT INTO urn VALUES ('r1', x'00')",
];

describe('restore', () => {
  test('puts the copy in place, keeps the former file whole with its log folded in, and is in the trail', async () => {
    const here = filled();
    const copy = await copyWith(here, 'copy.db', mark('X1'));
    fs.copyFileSync(await copyWith(here, 'now.db', mark('X2')), here.at('tenstar.db'));
    const before = fs.readFileSync(copy);

    const { code, stdout, stderr } = await here.process('restore', here.at('copy.db'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Restored: .*tenstar\.db\n.*kept as .*before-restore-\d{8}-\d{6}/);
    expect(await districts(here.at('tenstar.db'))).toEqual(['X1']);
    expect(kept(here)).toHaveLength(1);
    expect(await districts(here.at(kept(here)[0] ?? ''))).toEqual(['X2']);
    expect(here.files().filter((name) => /\.restore-|-wal$|-shm$/.test(name) && name.startsWith('tenstar.db'))).toEqual(
      [],
    );
    expect(fs.readFileSync(here.at('copy.db')).equals(before)).toBe(true);
    expect((await here.process('audit', 'verify')).stdout).toMatch(/unbroken/);
    // And back again: what was kept is a copy like any other.
    expect(await here.process('restore', here.at(kept(here)[0] ?? ''))).toMatchObject({ code: 0 });
    expect(await districts(here.at('tenstar.db'))).toEqual(['X2']);
  });

  test('with --dry-run nothing changes, and it says what would happen', async () => {
    const here = filled();
    const copy = await copyWith(here, 'copy.db', ...REVIEW);
    fs.mkdirSync(here.at('keys'));
    for (const name of ['r1.recount', 'r9.working']) fs.writeFileSync(here.at(`keys/${name}.key`), Buffer.alloc(32)); // r9: not in the copy
    await change(here.at('tenstar.db'), mark('X5'));
    const before = fs.readFileSync(here.at('tenstar.db'));
    const asked = await here.tenstar('restore', copy, '--dry-run');
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout).toMatch(/B001 2026-Q3 \(ballot\)/);
    expect(asked.stdout).toMatch(/1 keys in KEYS_DIR fit no box/);
    const dry = await here.tenstar('restore', copy, '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      restored: false,
      kept: null,
      bot_runs: false,
      boxes_without_key: [{ review: 'r1', branch: 'B001', period: '2026-Q3', purpose: 'working' }],
      keys_without_box: 1,
      trail_unbroken: true,
    });
    expect(fs.readFileSync(here.at('tenstar.db')).equals(before)).toBe(true);
    expect(kept(here)).toEqual([]);
    fs.writeFileSync(here.at('keys/r1.working.key'), Buffer.alloc(32));
    expect(JSON.parse((await here.tenstar('restore', copy, '--dry-run', '--json')).stdout)).toMatchObject({
      boxes_without_key: [],
    });
  });

  test('what is no sound copy of this program is refused in one line; the database stays as it is', async () => {
    const here = filled();
    fs.writeFileSync(here.at('text.db'), 'no database');
    fs.mkdirSync(here.at('folder.db'));
    const torn = Buffer.from(fs.readFileSync(city));
    torn.fill(0x5a, 8_192, torn.length - 8_192);
    fs.writeFileSync(here.at('torn.db'), torn);
    fs.writeFileSync(here.at('short.db'), fs.readFileSync(city).subarray(0, 20_000));
    const other = here.at('other.db');
    await change(other, 'CREATE TABLE t (a)');
    const newer = await copyWith(here, 'newer.db', "INSERT INTO migration VALUES ('9999_future.sql', 'x', 0)");
    const edited = await copyWith(here, 'edited.db', "UPDATE migration SET sha256 = 'x' WHERE name LIKE '0001%'");
    await change(here.at('tenstar.db'), mark('X5'));
    const before = fs.readFileSync(here.at('tenstar.db'));
    for (const [file, says] of [
      ['none.db', /no file/],
      ['folder.db', /not a file/],
      ['text.db', /not a database file/],
      ['torn.db', /damaged/],
      ['short.db', /damaged/],
      [other, /not a database of Tenstar/],
      [newer, /9999_future\.sql, this version has not/],
      [edited, /was edited/],
      ['tenstar.db', /is the database itself/],
    ] as const)
      await refused(here.tenstar('restore', file.startsWith('/') ? file : here.at(file)), says);
    expect(fs.readFileSync(here.at('tenstar.db')).equals(before)).toBe(true);
    expect(here.files().filter((name) => name.includes('restore-'))).toEqual([]);
  });

  test('is refused while a process has the database open; one that was killed holds nothing', async () => {
    const here = filled();
    const holder = holding('bot', here.at('tenstar.db'));
    await once(holder.stdout, 'data');
    expect((await here.process('restore', city, '--dry-run')).stdout).toMatch(/bot is running/);
    await refused(here.process('restore', city), /is in use: stop the bot/);
    expect(kept(here)).toEqual([]);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await here.process('restore', city)).toMatchObject({ code: 0 });
    expect(await districts(here.at(kept(here)[0] ?? ''))).toEqual(['X7']); // what was only in the log of the killed one
    expect(await districts(here.at('tenstar.db'))).toEqual([]);
  });

  test('a database that cannot be read is kept as it lies; where there is none, a log left over is set aside', async () => {
    const here = installation();
    fs.writeFileSync(here.at('tenstar.db'), 'x'.repeat(9_000));
    const raw = await here.process('restore', city);
    expect(raw).toMatchObject({ code: 0, stdout: expect.stringMatching(/could not be read; it is kept/) });
    expect(fs.readFileSync(here.at(kept(here)[0] ?? ''), 'utf8')).toMatch(/^x{9000}$/);

    const empty = installation();
    fs.writeFileSync(empty.at('tenstar.db-wal'), 'left over');
    expect(await empty.process('restore', city)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/no database before/),
    });
    expect(kept(empty)).toEqual([expect.stringMatching(/-wal$/)]);
    expect(await empty.tenstar('audit', 'verify')).toMatchObject({ code: 0 });
  });

  test('who opens the database while it is replaced gets the new one', async () => {
    const here = filled();
    const current = here.at('tenstar.db');
    const next = await copyWith(here, 'next.db', mark('X3'));
    const restore = holding('lock', current);
    await once(restore.stdout, 'data');
    const bot = holding('bot', current);
    await sleep(500); // so that it waits for the lock in most runs; right in any order
    fs.renameSync(next, current);
    restore.stdin.end();
    await once(bot.stdout, 'data');
    bot.kill('SIGKILL');
    await once(bot, 'exit');
    const look = await openDatabase({ url: `file:${current}` });
    const rows = await look.read.all(
      z.object({ code: z.string() }),
      "SELECT code FROM district WHERE code LIKE 'X%' ORDER BY code",
    );
    await look.close();
    expect(rows.map((row) => row.code)).toEqual(['X3', 'X7']);
  });
});
