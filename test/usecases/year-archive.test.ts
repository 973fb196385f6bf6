/** A year leaves one installation and comes into another: equal, whole or not at all, and without what must stay behind. */
import * as fs from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/cli/cli.ts';
import { jobs } from '../../src/jobs/index.ts';
import { openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { ARCHIVED, archiveShapes, LEFT_BEHIND } from '../../src/store/year-archive.ts';
import { insertScheme, newestScheme, schemesOf } from '../../src/store/schemes.ts';
import {
  catalogueBody,
  projectsBody,
  putCatalogueVersion,
  putProjectsVersion,
  putRulesVersion,
  rulesBody,
} from '../../src/store/versions.ts';
import { exportYear } from '../../src/usecases/year-archive/export-year.ts';
import { importYear } from '../../src/usecases/year-archive/import-year.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { commitWorld, type CommitWorld } from '../support/commit-world.ts';
import { fileSelf, toNotice } from '../support/review-stage.ts';

const dir = mkdtempSync(join(tmpdir(), 'tenstar-year-'));
const at = (name: string): string => join(dir, name);
const now = () => Date.parse('2027-02-01T10:00+08:00');
let world: CommitWorld;
let nth = 0;

async function emptyDatabase() {
  nth += 1;
  const url = `file:${at(`other-${nth}.db`)}`;
  const db = await openDatabase({ url });
  await migrate(db, now());
  return { db, url, now, config: { timezone: 'Asia/Shanghai' } };
}
async function command(url: string, ...args: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(args, {
    env: { DATABASE_URL: url, KEYS_DIR: at('keys'), DEFAULT_LOCALE: 'en' },
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}

/** What the clicks and jobs of `beforeAll` leave empty, as the store would write it. */
const BY_HAND = [
  "INSERT INTO mutual_group (code, name, district) VALUES ('G01', '某小组', 'D1')",
  "INSERT INTO review_meeting (review, on_date, at_time, place) SELECT id, '2026-10-12', '09:00', '三楼' FROM review",
  "INSERT INTO self_review_excuse (review, person, reason, by_person) SELECT id, 'C01', 'leave', 'S0' FROM review",
  "INSERT INTO review_rating (review, person, ground, by_person) SELECT id, 'M01', 'seconded', 'S0' FROM review",
  "INSERT INTO decision (review, person, kind, value, reason, state, by_person, at) SELECT id, 'M01', 'outstanding', 'teamwork', '多次支援兄弟科室', 'decided', 'S0', 1 FROM review",
  "INSERT INTO objection (id, review, person, body, level, state, filed_at, decide_by, answer) SELECT 'ob1', id, 'M01', '请复核', 1, 'rejected', 2, '2026-11-01', '已复核' FROM review",
  "UPDATE objection SET state = 'upheld', decided_as = 'committee', settled_by = 'S0', settled_at = 3, settled_reason = '已更正', bar_lifted = 1, star_named = 'teamwork'",
  "INSERT INTO recusal (objection, person) VALUES ('ob1', 'K1')",
  "INSERT INTO sheet_view (review, person, viewer, at) SELECT id, 'M01', 'S0', 3 FROM review",
  "INSERT INTO opinion_digest (review, subject, body) SELECT id, 'M01', '沟通可以更早' FROM review",
  "INSERT INTO retired (review, what) SELECT id, 'raw_opinions' FROM review",
  "INSERT INTO check_answer (week, task, person, state, note) SELECT (SELECT week FROM check_round LIMIT 1), id, owner, 'needs_help', '缺材料' FROM task LIMIT 1",
  "INSERT INTO monthly_summary (branch, month, progress, problems, plan, measures, filed_by, filed_on, on_time) VALUES ('B001', '2026-10', '甲', '乙', '丙', '丁', 'S0', '2026-11-02', 1)",
  "INSERT INTO meeting (id, branch, kind, title, on_date, at_time, place, agenda, state, by_person) VALUES ('me1', 'B001', 'general', '大会', '2026-11-03', '09:00', '三楼', '', 'held', 'S0')",
  "INSERT INTO meeting_sign_in (meeting, person, leader) VALUES ('me1', 'M01', 0)",
  "INSERT INTO meeting_absence (meeting, person, reason) VALUES ('me1', 'K1', 'leave')",
  "INSERT INTO review_guest (review, branch, comes, who, present) SELECT id, 'B002', 1, '某人', 1 FROM review",
  "INSERT INTO review_guest_sign_in (review, person) SELECT id, 'X0' FROM review",
  "INSERT INTO meeting_guest (meeting, branch, comes, who) VALUES ('me1', 'B002', 1, '某人')",
  "INSERT INTO leading_meeting (id, unit, on_date, topic, decided, by_person) VALUES ('lm1', 'U1', '2026-07-01', '部署', '照办', 'G1')",
  "INSERT INTO five_same (id, unit, year, same, text, reference, by_person, on_date) VALUES ('fs1', 'U1', 2026, 'planned', '同谋划', '某号', 'G1', '2026-07-01')",
  "INSERT INTO guidance (id, period, body, by_person, at) VALUES ('gu1', '2026-Q3', '请按时', 'O1', 4)",
  "INSERT INTO guidance_read (guidance, branch) VALUES ('gu1', 'B001')",
  "INSERT INTO activity (id, level, scope, kind, title, place, on_date, state, by_person, at) VALUES ('ac1', 'district', 'D1', 'seminar', '研讨', '礼堂', '2026-11-05', 'held', 'P1', 5)",
  "INSERT INTO activity_branch (activity, branch, comes) VALUES ('ac1', 'B001', 1)",
  "INSERT INTO activity_sign_in (activity, person, branch) VALUES ('ac1', 'M01', 'B001')",
  "INSERT INTO post_plan_version (hash, body) VALUES ('pp1', '{\"groups\":[]}'), ('pp0', '{}')",
  "INSERT INTO post_plan (branch, year, state, draft, approved) VALUES ('B001', 2026, 'approved', '{\"groups\":[]}', 'pp1')",
  "INSERT INTO review_post_plan (review, plan) SELECT id, 'pp1' FROM review",
  "INSERT INTO star_item (id, level, scope, name, stars, from_date, to_date, state, task, by_person) SELECT 'si1', 'branch', 'B001', '党员先锋岗', '[]', '2026-10-01', '2027-03-31', 'active', id, 'S0' FROM task LIMIT 1",
  // Another year, and a review under way: neither belongs into the file.
  "INSERT INTO five_same (id, unit, year, same, text, reference, by_person, on_date) VALUES ('fs2', 'U1', 2025, 'planned', '往年', '某号', 'G1', '2025-07-01')",
  "INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at) SELECT 'under-way', 'B002', '2026-Q3', 'preparing', rules, catalogue, 'S0', 6 FROM review",
];

beforeAll(async () => {
  world = await commitWorld();
  const { use, clock } = world;
  use.caster = createBallotCaster({ db: use.db, keys: use.keys, now: () => clock.now });
  await use.db.write((tx) => tx.run("UPDATE person SET mobile = '16012345678' WHERE employee_no = 'M01'"));
  await world.committed('M01');
  const stage = { ...world, r: await world.open() };
  await fileSelf(stage, 'M01');
  await toNotice(stage);
  const run = async (name: string, moment: string): Promise<void> => {
    clock.now = Date.parse(moment);
    await jobs.find((job) => job.name === name)?.run(use, { now: clock.now, slot: clock.now });
  };
  await run('notice-close', '2026-10-26T09:30+08:00');
  await run('monthly-summary-open', '2026-10-26T09:30+08:00');
  await run('weekly-check-open', '2026-10-30T15:00+08:00');
  await run('weekly-check-close', '2026-11-02T10:00+08:00');
  await use.db.write(async (tx) => {
    for (const sql of BY_HAND) await tx.run(sql);
  });
}, 60_000);

describe('what a year is', () => {
  test('every table of the schema is taken along or named as left behind', async () => {
    const tables = await world.use.db.read.all(
      z.object({ name: z.string() }),
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'libsql%'",
    );
    const known = [...ARCHIVED.map(({ name }) => name), ...Object.keys(LEFT_BEHIND)];
    expect(known.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });
  test('a table comes after those it refers to', async () => {
    const order = ARCHIVED.map(({ name }) => name);
    for (const { table } of await archiveShapes(world.use.db.read)) {
      const parents = await world.use.db.read.all(
        z.object({ table: z.string() }),
        'SELECT "table" FROM pragma_foreign_key_list(?)',
        [table.name],
      );
      for (const parent of parents)
        expect(order.indexOf(parent.table), `${table.name} → ${parent.table}`).toBeLessThan(order.indexOf(table.name));
    }
  });
});

describe('out and in again', () => {
  test('the second installation writes the same file, byte for byte, and gives the same results', async () => {
    const made = await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    expect(Object.keys(made.tables).toSorted()).toEqual(ARCHIVED.map(({ name }) => name).toSorted()); // the test year has rows of every kind
    expect(made.unfinished).toBe(1);
    const other = await emptyDatabase();
    const taken = await importYear(other, { file: at('a.jsonl'), dryRun: false });
    expect(taken).toEqual({ ok: true, value: { year: '2026', added: made.rows, same: 0, kept: 0 } });
    await exportYear(other, { year: '2026', file: at('b.jsonl') });
    expect(fs.readFileSync(at('b.jsonl'), 'utf8')).toBe(fs.readFileSync(at('a.jsonl'), 'utf8'));
    const { stdout: here } = await command(
      String(world.use.config.database.url),
      'results',
      '--period',
      '2026-Q3',
      '--branch',
      'B001',
      '--format',
      'json',
    );
    const { stdout: there } = await command(
      other.url,
      'results',
      '--period',
      '2026-Q3',
      '--branch',
      'B001',
      '--format',
      'json',
    );
    const results = JSON.parse(here) as { branches: { members: unknown[] }[] };
    expect(results.branches[0]?.members.length).toBeGreaterThan(0);
    expect((JSON.parse(there) as { branches: unknown[] }).branches).toEqual(results.branches);
    // Once more changes nothing, and says so.
    expect(await importYear(other, { file: at('b.jsonl'), dryRun: false })).toMatchObject({
      ok: true,
      value: { added: 0, same: made.rows },
    });
    await other.db.close();
  });
  test('no telephone number, no account, no box, no other year leaves', async () => {
    await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    const text = fs.readFileSync(at('a.jsonl'), 'utf8');
    for (const word of ['16012345678', 'ou_', '"urn"', '"recount"', '"elector"', '往年', 'under-way'])
      expect(text).not.toContain(word);
    expect(fs.statSync(at('a.jsonl')).mode & 0o077).toBe(0);
    expect(fs.readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
  test('the installation’s own roster stands; other content of the year does not come in, and then nothing does', async () => {
    const { rows } = await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    const other = await emptyDatabase();
    await other.db.write((tx) => tx.run("INSERT INTO district (code, name) VALUES ('D1', '新名字')"));
    const [rules] = await world.use.db.read.all(
      z.object({ hash: z.string(), body: z.string() }),
      'SELECT hash, body FROM rules_version',
    );
    await other.db.write((tx) => putRulesVersion(tx, rules?.hash ?? '', rules?.body ?? '', 7)); // on another day
    expect(await importYear(other, { file: at('a.jsonl'), dryRun: true })).toMatchObject({
      ok: true,
      value: { added: rows - 2, kept: 2 },
    });
    expect(await other.db.read.all(z.object({ code: z.string() }), 'SELECT code FROM branch')).toEqual([]);
    await importYear(other, { file: at('a.jsonl'), dryRun: false });
    expect(await other.db.read.get(z.object({ name: z.string() }), 'SELECT name FROM district')).toEqual({
      name: '新名字',
    });
    await other.db.write((tx) => tx.run("UPDATE monthly_summary SET progress = '改过'"));
    await other.db.write((tx) => tx.run('DELETE FROM guidance_read'));
    const refused = await command(other.url, 'year', 'import', at('a.jsonl'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/line \d+: this installation has another row in monthly_summary/);
    expect(await other.db.read.all(z.object({ branch: z.string() }), 'SELECT branch FROM guidance_read')).toEqual([]);
    await other.db.close();
  });
  test('who works here and who may do what is the roster’s to say, also where it has taken something away', async () => {
    await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    const other = await emptyDatabase();
    // The roster here: somebody without the role of before and in another branch; nobody else, and only that branch.
    await other.db.script(`INSERT INTO district (code, name) VALUES ('D1', '片区'); INSERT INTO unit (code, name) VALUES ('U1', '单位');
      INSERT INTO branch (code, name, district, unit) VALUES ('B002', '第二支部', 'D1', 'U1');
      INSERT INTO person (employee_no, name, branch, status, position) VALUES ('S0', '某S0', 'B002', 'full', 1)`);
    const taken = await importYear(other, { file: at('a.jsonl'), dryRun: false });
    expect(taken).toMatchObject({ ok: true });
    const present = z.object({ no: z.string(), branch: z.string(), roles: z.int() });
    expect(
      await other.db.read.all(
        present,
        `SELECT employee_no AS "no", branch, (SELECT count(*) FROM person_role WHERE person = employee_no) AS roles
         FROM person WHERE left_on IS NULL`,
      ),
    ).toEqual([{ no: 'S0', branch: 'B002', roles: 0 }]);
    expect(await other.db.read.all(z.unknown(), "SELECT 1 FROM person WHERE left_on = '2027-02-01'")).not.toEqual([]);
    expect(
      await other.db.read.all(z.object({ code: z.string() }), 'SELECT code FROM branch WHERE closed_on IS NULL'),
    ).toEqual([{ code: 'B002' }]);
    // Those who came along keep what they were, for the records; once more adds nothing.
    expect(await other.db.read.all(z.unknown(), "SELECT 1 FROM person_role WHERE person = 'D0'")).toHaveLength(1);
    const again = await importYear(other, { file: at('a.jsonl'), dryRun: false });
    expect(again).toMatchObject({ ok: true, value: { added: 0 } });
    await other.db.close();
  });
  test('a year that has rules here keeps them; what was done by others can still be read', async () => {
    await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    const theirs = await newestScheme(world.use.db.read, 2026);
    const [rules, catalogue, projects] = await Promise.all([
      rulesBody(world.use.db.read, theirs?.rules ?? ''),
      catalogueBody(world.use.db.read, theirs?.catalogue ?? ''),
      projectsBody(world.use.db.read, theirs?.projects ?? ''),
    ]);
    const other = await emptyDatabase();
    const ours = {
      year: 2026,
      rules: 'ours',
      catalogue: 'ours',
      projects: 'ours',
      reason: '@first_version',
      by: 'system',
    };
    await other.db.write(async (tx) => {
      await putRulesVersion(tx, 'ours', rules ?? '', 2);
      await putCatalogueVersion(tx, 'ours', catalogue ?? '', 2);
      await putProjectsVersion(tx, 'ours', projects ?? '', 2);
      await tx.run('UPDATE rules_version SET body = replace(body, \'"working_days":5\', \'"working_days":4\')');
      await insertScheme(tx, { ...ours, at: 2 });
    });
    const before = await schemesOf(other.db.read, 2026);
    expect(await importYear(other, { file: at('a.jsonl'), dryRun: false })).toMatchObject({ ok: true });
    expect(await schemesOf(other.db.read, 2026)).toEqual(before);
    expect(await rulesBody(other.db.read, theirs?.rules ?? '')).toBe(rules);
    const results = await command(other.url, 'results', '--period', '2026-Q3', '--branch', 'B001', '--format', 'json');
    expect(JSON.parse(results.stdout)).toMatchObject({
      rules_hash: theirs?.rules,
      branches: [{ branch: 'B001', state: 'final' }],
    });
    // Where the year has none yet, its own come along.
    const empty = await emptyDatabase();
    await importYear(empty, { file: at('a.jsonl'), dryRun: false });
    expect(await schemesOf(empty.db.read, 2026)).toEqual(await schemesOf(world.use.db.read, 2026));
    await Promise.all([other.db.close(), empty.db.close()]);
  });
  test('a write goes through while a year is written, and is not in the file', async () => {
    const ALIEN = '写在导出之间';
    const order: string[] = [];
    const update = "UPDATE guidance SET body = ? WHERE period LIKE '2026%'";
    await exportYear(world.use, {
      year: '2026',
      file: at('m.jsonl'),
      onTable(done) {
        order.push(String(done));
        if (done === 3) void world.use.db.write((tx) => tx.run(update, [ALIEN])).then(() => order.push('written'));
      },
    });
    expect(order.indexOf('written')).toBeGreaterThan(0);
    expect(order.indexOf('written')).toBeLessThan(order.indexOf(String(ARCHIVED.length - 1)));
    expect(fs.readFileSync(at('m.jsonl'), 'utf8')).not.toContain(ALIEN);
    await exportYear(world.use, { year: '2026', file: at('m.jsonl') });
    expect(fs.readFileSync(at('m.jsonl'), 'utf8')).toContain(ALIEN);
  });
});

describe('a file that is not whole', () => {
  const lines = () => fs.readFileSync(at('a.jsonl'), 'utf8').trimEnd().split('\n');
  const CASES: [name: string, change: (lines: string[]) => string[], says: RegExp][] = [
    ['empty', () => [''], /is no file of|is empty/],
    ['something else', () => ['employee_no,name'], /is no file of "tenstar year export"/],
    ['a newer format', (all) => [all[0]?.replace('"format":1', '"format":2') ?? '', ...all.slice(1)], /is no file of/],
    ['cut off', (all) => all.slice(0, -3), /its end is missing/],
    ['a row less', (all) => all.toSpliced(5, 1), /something was changed/],
    ['a changed letter', (all) => all.map((line) => line.replace('缺材料', '缺 材料')), /something was changed/],
    ['a broken row', (all) => all.with(4, '{"t":"unit"'), /line 5: this is no row/],
  ];
  test.each(CASES)('%s', async (_name, change, says) => {
    await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    fs.writeFileSync(at('bad.jsonl'), `${change(lines()).join('\n')}\n`);
    const other = await emptyDatabase();
    const { code, stderr } = await command(other.url, 'year', 'import', at('bad.jsonl'));
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await other.db.read.all(z.object({ code: z.string() }), 'SELECT code FROM unit')).toEqual([]);
    await other.db.close();
  });
  test('rows of a version that is not known here', async () => {
    await exportYear(world.use, { year: '2026', file: at('a.jsonl') });
    const { createHash } = await import('node:crypto');
    const body = [...lines().slice(0, -1), '{"t":"unheard_of","r":{"id":1}}'].join('\n');
    const sha256 = createHash('sha256').update(`${body}\n`).digest('hex');
    fs.writeFileSync(at('newer.jsonl'), `${body}\n${JSON.stringify({ rows: body.split('\n').length - 1, sha256 })}\n`);
    const other = await emptyDatabase();
    await expect(importYear(other, { file: at('newer.jsonl'), dryRun: false })).rejects.toThrow(
      /does not know unheard_of/,
    );
    await other.db.close();
  });
});

describe('the command line', () => {
  test.each([
    [['year', 'export', '--year', '26', '--out', 'x'], /is no year; write it as 2027/],
    [['year', 'export', '--year', '2026', '--out', '/no/such/folder/x'], /cannot be written \(ENOENT\)/],
    [['year', 'import', '/no/such/file'], /There is no file/],
  ])('%j', async (args, says) => {
    const { code, stderr } = await command(String(world.use.config.database.url), ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
  });
  test('says what it did, in words and as data', async () => {
    const url = String(world.use.config.database.url);
    const words = await command(url, 'year', 'export', '--year', '2026', '--out', at('c.jsonl'));
    expect(words.stdout).toMatch(/2026 is written to .*not in the file: 1\./s);
    const other = await emptyDatabase();
    const data = await command(other.url, 'year', 'import', at('c.jsonl'), '--dry-run', '--json');
    expect(JSON.parse(data.stdout)).toMatchObject({ dry_run: true, year: '2026', same: 0, kept: 0 });
    await other.db.close();
  });
});
