import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ImportDeps, importCommand } from '../../src/cli/import.ts';
import { makeCity } from '../../src/demo/city.ts';
import { PEOPLE_COLUMNS } from '../../src/roster/columns.ts';
import type { Database } from '../../src/store/db.ts';
import { findPerson, peopleOfBranch } from '../../src/store/roster.ts';
import { gbk } from '../support/gbk.ts';
import { BRANCH_ROWS, branchesCsv, PEOPLE_ROWS, peopleCsv, withCell, xlsx } from '../support/roster-files.ts';
import { tempDatabase } from '../support/temp-database.ts';

let db: Database;
let dir: string;
beforeEach(async () => {
  db = await tempDatabase();
  dir = mkdtempSync(join(tmpdir(), 'tenstar-import-'));
});
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

async function run(args: string[], over: Partial<ImportDeps> = {}) {
  const outcome = { out: '', err: '', code: 0, opened: 0 };
  const program = new Command('tenstar').exitOverride().configureOutput({ writeErr: (text) => (outcome.err += text) });
  const command = importCommand({
    withDatabase: (fn) => {
      outcome.opened += 1;
      return fn(db);
    },
    now: () => 1_790_000_000_000,
    today: () => '2026-10-09',
    appIds: () => ({ lark: 'cli_a', dingtalk: null }),
    locale: () => 'en',
    actor: 'system',
    stdout: { write: (text) => (outcome.out += text) },
    stderr: { write: (text) => (outcome.err += text) },
    setExitCode: (code) => (outcome.code = code),
    ...over,
  });
  program.addCommand(command);
  for (const sub of program.commands) sub.exitOverride().configureOutput({ writeErr: (text) => (outcome.err += text) });
  await program.parseAsync(['import', ...args], { from: 'user' });
  return outcome;
}
const both = (branches: string | Uint8Array, people: string | Uint8Array) => [
  '--branches',
  file('b.csv', branches),
  '--people',
  file('p.csv', people),
];
const people = async () => (await db.read.get(z.object({ n: z.number() }), 'SELECT count(*) AS n FROM person'))?.n;

describe('import', () => {
  it('takes good files over and says what changed and what is missing', async () => {
    const outcome = await run(both(branchesCsv(), peopleCsv()));
    expect(outcome).toMatchObject({ code: 0, err: '', opened: 1 });
    expect(outcome.out).toContain(
      'Import finished.\nBranches: 3 added, 0 changed, 0 closed, 0 reopened, 0 unchanged\n',
    );
    expect(outcome.out).toContain('People: 5 added, 0 changed, 0 left, 0 returned, 0 unchanged\n');
    expect(outcome.out).toContain('  ! Branch B002 has no secretary.\n');
    expect(outcome.out).toContain(
      '  ! There are 1 values in dingtalk_user_id, but that platform is not set up; they are not kept.\n',
    );
    expect(await findPerson(db.read, 'E0002')).toMatchObject({ name: '棠冬至', branch: 'B001' });
  });

  it('reads GBK and XLSX alike', async () => {
    const sheet = await xlsx([[...PEOPLE_COLUMNS], ...PEOPLE_ROWS]);
    const args = ['--branches', file('b.csv', gbk(branchesCsv())), '--people', file('p.xlsx', sheet)];
    expect(await run(args)).toMatchObject({ code: 0 });
    expect((await peopleOfBranch(db.read, 'B001')).map((person) => person.name)).toEqual([
      '霁夏至',
      '棠冬至',
      '霞芒种',
    ]);
  });

  it('prints one line per problem, exits with 1, writes nothing and does not even open the database', async () => {
    const bad = withCell(withCell(PEOPLE_ROWS, 3, 4, 'member'), 6, 3, 'B9');
    const args = both(branchesCsv(withCell(BRANCH_ROWS, 4, 7, '')), peopleCsv(bad));
    const outcome = await run(args);
    expect(outcome).toMatchObject({
      code: 1,
      opened: 0,
      out: expect.stringMatching(/^Found 3 problems; nothing was written.*\n$/),
    });
    expect(outcome.err.trimEnd().split('\n')).toEqual([
      `${args[1]} row 4 column branch_name: This must not be empty.`,
      `${args[3]} row 3 column status: "member" is not a status. Allowed: full, probationary, colleague.`,
      `${args[3]} row 6 column branch_code: The branches file has no code "B9". Use a code from its column branch_code.`,
    ]);
    expect(await people()).toBe(0);
  });

  it('names files that cannot be opened', async () => {
    const outcome = await run(['--branches', join(dir, 'none.csv'), '--people', dir]);
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain('none.csv row 1 column -: The file cannot be opened (ENOENT).');
    expect(outcome.err).toContain(`${dir} row 1 column -: The file cannot be opened (EISDIR).`);
  });

  it('a dry run says what would change and writes nothing', async () => {
    const outcome = await run([...both(branchesCsv(), peopleCsv()), '--dry-run']);
    expect(outcome.code).toBe(0);
    expect(outcome.out).toContain('Dry run: every check passed; nothing was written.');
    expect(outcome.out).toContain('People: 5 added');
    expect(await people()).toBe(0);
  });

  it('shows changes field by field on the next import', async () => {
    await run(both(branchesCsv(), peopleCsv()));
    const rows = withCell(withCell(PEOPLE_ROWS.slice(0, 4), 2, 5, ''), 5, 1, '澜大雪');
    const outcome = await run(both(branchesCsv(), peopleCsv(rows)));
    expect(outcome.out).toContain('  - E0005 荷新月\n');
    expect(outcome.out).toContain('  ~ E0001 霁夏至  roles: secretary → (empty)\n');
    expect(outcome.out).toContain('  ~ E0004 澜大雪  name: 澜小雪 → 澜大雪\n');
    expect(await findPerson(db.read, 'E0005')).toMatchObject({ leftOn: '2026-10-09' });
  });

  it('cuts long lists', async () => {
    const city = makeCity('small');
    const outcome = await run(both(city.branchesCsv, city.peopleCsv));
    expect(outcome.out).toContain(`  … and ${city.people.length - 20} more; see all with --json\n`);
  });

  it('with --json standard output is only the JSON', async () => {
    const good = await run([...both(branchesCsv(), peopleCsv()), '--json']);
    expect(JSON.parse(good.out)).toMatchObject({
      ok: true,
      dry_run: false,
      people: { added: PEOPLE_ROWS.map((row) => ({ key: row[0], name: row[1] })), left: [] },
      gaps: expect.arrayContaining([expect.objectContaining({ kind: 'no_secretary', code: 'B002' })]),
    });
    expect(good.err).toContain('Import finished.');
    const bad = await run([...both(branchesCsv(), peopleCsv(withCell(PEOPLE_ROWS, 2, 4, 'x'))), '--json']);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false, problems: [{ row: 2, column: 'status' }] });
    expect(bad.err).toMatch(/p\.csv row 2 column status: /);
  });

  it('speaks Chinese when the installation does', async () => {
    const outcome = await run(both(branchesCsv(), peopleCsv()), { locale: () => 'zh-CN' });
    expect(outcome.out).toContain('导入完成。\n支部：新增 3，修改 0，撤销 0，恢复 0，未变 0\n');
  });

  it('draws a bar on a terminal only', async () => {
    let drawn = '';
    await run(both(branchesCsv(), peopleCsv()), { stderr: { isTTY: true, write: (text) => (drawn += text) } });
    expect(drawn).toContain('] 5/5');
    expect(drawn.endsWith('\r\u001b[2K')).toBe(true);
  });

  it('looks people up afterwards, not after a dry run', async () => {
    let linked = 0;
    const afterImport = async () => {
      linked += 1;
    };
    await run([...both(branchesCsv(), peopleCsv()), '--dry-run'], { afterImport });
    expect(linked).toBe(0);
    await run(both(branchesCsv(), peopleCsv()), { afterImport });
    expect(linked).toBe(1);
  });

  it('needs both files', async () => {
    await expect(run(['--branches', 'b.csv'])).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
  });
});
