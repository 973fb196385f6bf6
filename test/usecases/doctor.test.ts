/** What `doctor` says about an address, keys, a roster and a damaged file; the whole of it is in test/cli/doctor.test.ts. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { createLarkProbe } from '../../src/platform/lark/probe.ts';
import type { PlatformName } from '../../src/platform/platform.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { examineAddress, hostKind } from '../../src/usecases/doctor/address.ts';
import type { Finding } from '../../src/usecases/doctor/finding.ts';
import {
  examineDatabase,
  examineKeys,
  examineMigrations,
  examineRoster,
} from '../../src/usecases/doctor/installation.ts';
import { larkConfig } from '../support/lark-push.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

const t = translator('en');
const states = (findings: readonly Finding[]) => findings.map(({ state }) => state);
const said = (findings: readonly Finding[]) => findings.map(({ text, fix = '' }) => `${text} ${fix}`).join('\n');

describe('the address', () => {
  const well = (path: string) => (path === '/healthz' ? 200 : 401);
  function at(
    publicUrl: string,
    answer: (path: string) => number | null,
    transport: 'webhook' | 'websocket' = 'webhook',
    emulated = false,
  ) {
    return examineAddress(
      publicUrl,
      [
        createLarkProbe(larkConfig({ transport }), { log: { warn: () => undefined }, now: Date.now }).advice.push ?? [],
      ].flat(),
      emulated,
      async (asked) => {
        const status = answer(new URL(asked).pathname);
        if (status === null) throw new TypeError('fetch failed');
        return { status };
      },
      t,
    );
  }

  test.each([
    ['https://stars.example.test', 'webhook', ['ok'], /answers/],
    ['http://stars.example.test', 'webhook', ['warn'], /https/],
    ['http://192.168.1.20:3000', 'webhook', ['fail'], /LARK_TRANSPORT=websocket/],
    ['https://[2001:db8::7]', 'webhook', ['fail'], /IPv6/],
    // Nothing is pushed there: only links to boards need it.
    ['http://127.0.0.1:3000', 'websocket', ['warn'], /boards/],
  ] as const)('%s with %s: %j', async (url, transport, expected, says) => {
    const findings = await at(url, well, transport);
    expect(states(findings)).toEqual(expected);
    expect(said(findings)).toMatch(says);
  });

  test('beside an emulator on this machine every address will do', async () => {
    expect(states(await at('http://127.0.0.1:3000', well, 'webhook', true))).toEqual(['ok']);
  });
  test('a proxy that leads elsewhere, an error, and silence', async () => {
    expect(said(await at('https://stars.example.test', (path) => (path === '/healthz' ? 200 : 404)))).toMatch(
      /404, 401 was expected.*card\.action\.trigger/,
    );
    expect(said(await at('https://stars.example.test', () => 502))).toMatch(/502.*npm start/);
    expect(said(await at('https://stars.example.test', () => null))).toMatch(/no answer.*npm start/);
  });

  test.each([
    ['stars.example.test', 'public'],
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['100.128.0.1', 'public'],
    ['127.0.0.1', 'local'],
    ['10.1.2.3', 'local'],
    ['172.16.0.1', 'local'],
    ['172.31.255.255', 'local'],
    ['192.168.0.9', 'local'],
    ['169.254.1.1', 'local'],
    ['100.64.0.1', 'local'],
    ['localhost', 'local'],
    ['bot', 'local'],
    ['bot.lan', 'local'],
    ['[::1]', 'local'],
    ['[fd00::1]', 'local'],
    ['[2001:db8::1]', 'v6'],
  ])('%s is %s', (host, kind) => {
    expect(hostKind(host)).toBe(kind);
  });
});

describe('database, keys and roster', () => {
  let url: string;
  let keysDir: string;
  beforeEach(() => {
    url = tempDatabaseUrl();
    keysDir = mkdtempSync(join(tmpdir(), 'tenstar-doctor-keys-'));
    chmodSync(keysDir, 0o700);
  });
  async function filled(sql: string): Promise<Database> {
    const db = await openDatabase({ url });
    await migrate(db, 0);
    await db.script(`INSERT INTO district (code, name) VALUES ('D1', '示例片区');
      INSERT INTO unit (code, name) VALUES ('U1', '示例单位');
      INSERT INTO branch (code, name, district, unit) VALUES ('B001', '示例支部', 'D1', 'U1');
      INSERT INTO person (employee_no, name, branch, status, position) VALUES ('E1', '某甲', 'B001', 'full', 1), ('E2', '某乙', 'B001', 'full', 2);
      ${sql}`);
    return db;
  }
  const REVIEW = `INSERT INTO rules_version (hash, body, since) VALUES ('r', '{}', 0);
    INSERT INTO catalogue_version (hash, body, since) VALUES ('c', '{}', 0);
    INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at)
      VALUES ('R1', 'B001', '2026-Q3', 'balloting', 'r', 'c', 'E1', 0);
    INSERT INTO urn (review, box) VALUES ('R1', x'00');`;

  test('a damaged page is found, and nothing of the file is printed', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => `('X${n}', '${'名'.repeat(60)}')`).join(',');
    const db = await filled(`INSERT INTO unit (code, name) VALUES ${rows}`);
    await db.checkpoint();
    await db.close();
    const bytes = readFileSync(url.slice('file:'.length));
    bytes.fill(0x5a, bytes.length - 8 * 4096, bytes.length - 4 * 4096);
    const damaged = tempDatabaseUrl();
    writeFileSync(damaged.slice('file:'.length), bytes);
    const { finding, db: opened } = await examineDatabase({ database: { url: damaged, authToken: undefined } }, t);
    expect(opened).toBeNull();
    expect(finding).toMatchObject({ state: 'fail' });
    expect(said([finding])).toMatch(/SQLITE_CORRUPT.*restore/);
    expect(said([finding])).not.toContain('名');
  });

  test('a database of a newer version is told from one that waits for migrations', async () => {
    const db = await filled('DELETE FROM migration WHERE name = (SELECT max(name) FROM migration);');
    expect(await examineMigrations(db, t)).toMatchObject({ current: false, finding: { state: 'warn' } });
    await db.script("INSERT INTO migration (name, sha256, applied_at) VALUES ('9999_from_the_future.sql', 'x', 0)");
    const { finding } = await examineMigrations(db, t);
    expect(finding).toMatchObject({ state: 'fail' });
    expect(finding.fix).toContain('9999_from_the_future.sql');
    await db.close();
  });

  test('a box whose key is gone is named by branch and period', async () => {
    const db = await filled(REVIEW);
    const config = { keysDir, database: { url, authToken: undefined } };
    const lost = await examineKeys(config, db, t);
    expect(states(lost)).toEqual(['fail']);
    expect(said(lost)).toMatch(/B001 2026-Q3.*KEYS_DIR/);
    writeFileSync(join(keysDir, 'R1.working.key'), Buffer.alloc(32), { mode: 0o600 });
    expect(states(await examineKeys(config, db, t))).toEqual(['ok']);
    await db.close();
  });

  test('keys that others can read: the folder, or one file in it', async () => {
    const config = { keysDir, database: { url, authToken: undefined } };
    writeFileSync(join(keysDir, 'link-secret'), 'x', { mode: 0o600 });
    expect(states(await examineKeys(config, null, t))).toEqual(['ok']);
    chmodSync(join(keysDir, 'link-secret'), 0o644);
    expect(said(await examineKeys(config, null, t))).toContain('chmod -R go=');
    chmodSync(join(keysDir, 'link-secret'), 0o600);
    chmodSync(keysDir, 0o750);
    expect(states(await examineKeys(config, null, t))).toEqual(['fail']);
    const none = join(keysDir, 'none');
    mkdirSync(none, { mode: 0o700 });
    expect(states(await examineKeys({ ...config, keysDir: join(none, 'yet') }, null, t))).toEqual(['ok']);
  });

  test('a roster: unknown administrators, no secretary, nobody with an account; no name is printed', async () => {
    const app = { name: 'lark' as PlatformName, appId: 'cli_1' };
    const db = await filled('');
    const findings = await examineRoster(db.read, { adminEmployeeNos: new Set(['E1', 'E404']) }, app, t);
    expect(states(findings)).toEqual(['warn', 'warn', 'warn']);
    expect(said(findings)).toMatch(/E404[\s\S]*2 of 2/);
    expect(said(findings)).not.toMatch(/某|E1\b/);
    await db.script(`INSERT INTO person_role (person, role) VALUES ('E1', 'deputy_secretary');
      INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_1', 'ou_1', 'E1'), ('lark', 'cli_1', 'ou_2', 'E2'), ('lark', 'cli_2', 'ou_1', 'E1')`);
    expect(states(await examineRoster(db.read, { adminEmployeeNos: new Set(['E1']) }, app, t))).toEqual(['ok']);
    await db.close();
  });
});
