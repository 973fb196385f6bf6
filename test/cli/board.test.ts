/** `tenstar board`: the PDF, and one clear line for everything that is wrong. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../../src/cli/cli.ts';
import { auditOf } from '../../src/store/audit.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { readPdf } from '../support/pdf-text.ts';

const out = mkdtempSync(join(tmpdir(), 'tenstar-board-'));
let world: CommitWorld;
beforeAll(async () => {
  world = await commitWorld();
  for (const person of ['M01', 'M02']) await world.committed(person);
  await world.click('S0', { a: 'commit_publish', y: 2026 });
  await world.open();
}, 30_000);

async function tenstar(...args: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(['board', ...args], {
    env: { DATABASE_URL: world.use.config.database.url, KEYS_DIR: world.use.config.keysDir },
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
const file = (name: string): string => join(out, name);

test('writes the board of a branch, of one member and of everybody', async () => {
  expect(await tenstar('--branch', 'B001', '--year', '2026', '--out', file('b.pdf'))).toEqual({
    code: 0,
    stdout: '',
    stderr: `${file('b.pdf')}\n1 page\n`,
  });
  const branch = await readPdf(readFileSync(file('b.pdf')));
  expect(branch.bare).toContain('某M01');
  await tenstar('--branch', 'B001', '--year', '2026', '--person', 'M02', '--lang', 'en', '--out', file('m.pdf'));
  const member = await readPdf(readFileSync(file('m.pdf')));
  expect(member).toMatchObject({ language: 'en', title: '某M02: public commitments 2026' });
  expect(member.bare).not.toContain('某M01');
  const { stderr } = await tenstar('--branch', 'B001', '--year', '2026', '--all', '--out', file('a.pdf'));
  expect(stderr).toContain('3 pages');
  expect((await auditOf(world.use.db.read, 'B001')).filter(({ act }) => act === 'exported')).toHaveLength(1);
});

test.each([
  [['--branch', 'B001', '--out', 'x'], 'Add either --year 2027 for commitments or --period 2027-Q1 for stars.'],
  [
    ['--branch', 'B001', '--year', '2026', '--period', '2026-Q3', '--out', 'x'],
    'Add either --year 2027 for commitments or --period 2027-Q1 for stars.',
  ],
  [['--branch', 'B001', '--year', '26', '--out', 'x'], '"26" is no year; write it as 2027.'],
  [
    ['--branch', 'B001', '--period', '2026-10', '--out', 'x'],
    'Stars are those of a quarter; write it as 2027-Q1, not 2026-10.',
  ],
  [
    ['--branch', 'B001', '--period', 'soon', '--out', 'x'],
    '"soon" is no period; write a quarter as 2026-Q3, a month as 2026-10, a week as 2026-W41 or a year as 2026.',
  ],
  [
    ['--branch', 'B001', '--period', '2026-Q3', '--person', 'M01', '--out', 'x'],
    '--person and --all go with --year: the stars of a branch are one board.',
  ],
  [
    ['--branch', 'B001', '--year', '2026', '--person', 'M01', '--all', '--out', 'x'],
    'Add --person or --all, not both.',
  ],
  [['--branch', 'B0001', '--year', '2026', '--out', 'x'], 'There is no branch "B0001". Did you mean B001?'],
  [['--branch', 'B002', '--year', '2026', '--out', 'x'], 'B002 has no published commitments of 2026.'],
  [
    ['--branch', 'B001', '--year', '2026', '--person', 'X0', '--out', 'x'],
    'Nobody in B001 has the employee number "X0".',
  ],
  [
    ['--branch', 'B001', '--year', '2026', '--person', 'M03', '--out', 'x'],
    'M03 has no published commitments of 2026.',
  ],
  [['--branch', 'B001', '--period', '2026-Q2', '--out', 'x'], 'B001 has no review of 2026-Q2.'],
  [['--branch', 'B001', '--period', '2026-Q3', '--out', 'x'], 'The stars of B001 for 2026-Q3 are not published yet.'],
])('%j is refused in one line', async (args, sentence) => {
  expect(await tenstar(...args)).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` });
  expect(existsSync('x')).toBe(false);
});

test('a folder that is not there, a missing option and an unknown language are one line too', async () => {
  for (const args of [
    ['--branch', 'B001', '--year', '2026', '--out', join(out, 'no', 'such', 'b.pdf')],
    ['--year', '2026', '--out', 'x'],
    ['--branch', 'B001', '--year', '2026'],
    ['--branch', 'B001', '--year', '2026', '--lang', 'fr', '--out', 'x'],
  ]) {
    const { code, stderr } = await tenstar(...args);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
});

test('says how it is used', async () => {
  const { code, stdout } = await tenstar('--help');
  expect(code).toBe(0);
  for (const option of ['--branch', '--year', '--period', '--person', '--all', '--lang', '--out'])
    expect(stdout).toContain(option);
});
