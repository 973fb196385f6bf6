/** `tenstar rules`: versions shown, compared, adopted and cloned on the command line. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/cli.ts';
import { defaultCatalogue, parseCatalogue } from '../../src/domain/catalogue.ts';
import { parseRulesFile } from '../../src/domain/rules-file.ts';
import { defaultRules } from '../../src/domain/rules.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tenstar-rules-'));
});
const YEAR = new Date().getFullYear();

async function tenstar(files: Record<string, object>, ...args: string[]) {
  const paths: Record<string, string> = {};
  for (const [name, data] of Object.entries(files)) {
    paths[name] = join(dir, `${name}.json`);
    writeFileSync(paths[name], JSON.stringify(data));
  }
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(['rules', ...args], {
    env: {
      DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
      KEYS_DIR: join(dir, 'keys'),
      DEFAULT_LOCALE: 'en',
      ...paths,
    },
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
const json = (result: { stdout: string }) => JSON.parse(result.stdout) as Record<string, unknown>;
const adopt = (files: Record<string, object>, reason: string, ...more: string[]) =>
  tenstar(files, 'adopt', '--year', String(YEAR), '--reason', reason, ...more);
const CHANGED = { RULES_FILE: { weights: { self: 20, leadership: 20 }, dates: { q1: { guidance: '03-10' } } } };

describe('show', () => {
  it('says that a year has no version, and lists those it has with hashes and reasons', async () => {
    expect((await tenstar({}, 'show', '--year', '2031')).stdout).toContain('2031 has no version yet');
    await adopt({}, 'plan of the year');
    await adopt(CHANGED, 'resolved on 12 March');
    const { stdout, stderr, code } = await tenstar(CHANGED, 'show');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Version 2 \([0-9a-f]{12}\), \d{4}-\d\d-\d\d, the bot: resolved on 12 March\n {2}RULES [0-9a-f]{12} {2}CATALOGUE [0-9a-f]{12} {2}PROJECTS [0-9a-f]{12}\nVersion 1 /,
    );
    expect(json(await tenstar(CHANGED, 'show', '--json'))).toMatchObject({
      year: YEAR,
      pending: false,
      versions: [
        { version: 2, reason: 'resolved on 12 March', by: 'system', published_at: null },
        { version: 1, reason: 'plan of the year', rules_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      ],
    });
  });
});

describe('diff', () => {
  it('has nothing to compare before the first version', async () => {
    expect((await tenstar({}, 'diff')).stdout).toContain('nothing to compare with');
  });
  it('says each change in words, with its path', async () => {
    await adopt({}, 'plan of the year');
    expect((await tenstar({}, 'diff')).stdout).toBe(`The files say the same as version 1 of ${YEAR}.\n`);
    const { stdout } = await tenstar(CHANGED, 'diff');
    expect(stdout.split('\n').slice(1, 4)).toEqual([
      '  Weights for members (weights.self): 10 → 20',
      '  Weights for members (weights.leadership): 30 → 20',
      '  Dates (dates.q1.guidance): 03-15 → 03-10',
    ]);
    expect(json(await tenstar(CHANGED, 'diff', '--json'))).toMatchObject({
      against: { year: YEAR, version: 1 },
      changes: [{ kind: 'setting', path: 'weights.self', from: 10, to: 20 }, {}, {}],
    });
  });
  it('compares the next year with this one', async () => {
    await adopt({}, 'plan of the year');
    expect((await tenstar(CHANGED, 'diff', '--year', String(YEAR + 1))).stdout).toContain(
      `from version 1 of ${YEAR}: 3`,
    );
  });
  it('refuses files about private matters, with the reason and a neutral wording (F2)', async () => {
    const catalogue = structuredClone(defaultCatalogue);
    const [star] = catalogue.member;
    if (star?.indicators[0] === undefined) throw new Error('no star');
    star.indicators[0].en = 'Looks after the family well';
    expect(await tenstar({ CATALOGUE_FILE: catalogue }, 'diff')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'CATALOGUE_FILE: member[0].indicators[0].en is about family, which is no matter of the appraisal; write for example: Steps aside from official business where the rules require it\n',
    });
  });
});

describe('adopt', () => {
  it('tries first, then writes', async () => {
    const tried = await adopt({}, 'plan of the year', '--dry-run');
    expect(tried.stdout).toBe(`Dry run: they would become version 1 of ${YEAR}; nothing was written.\n`);
    expect(json(await tenstar({}, 'show', '--json'))).toMatchObject({ versions: [] });
    expect((await adopt({}, 'plan of the year')).stdout).toMatch(
      new RegExp(`^Adopted: ${YEAR}, version 1 \\([0-9a-f]{12}\\)\\.\n$`),
    );
    expect(json(await adopt(CHANGED, 'resolved on 12 March', '--json'))).toMatchObject({
      year: YEAR,
      dry_run: false,
      changes: [{}, {}, {}],
      version: { version: 2, reason: 'resolved on 12 March' },
    });
  });
  it.each([
    [['--year', String(YEAR), '--reason', '  '], 'The reason is empty'],
    [['--year', String(YEAR), '--reason', 'x'.repeat(201)], 'too long: 200 characters at most'],
    [['--year', '2001', '--reason', 'x'], 'No version can be adopted for 2001 now; possible are'],
    [['--year', 'next', '--reason', 'x'], 'Write a year such as 2027.'],
    [['--year', String(YEAR)], "required option '--reason <text>' not specified"],
    [['--reason', 'x'], "required option '--year <year>' not specified"],
  ])('%j: %s', async (args, sentence) => {
    const { code, stdout, stderr } = await tenstar({}, 'adopt', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
  it('refuses the same files twice', async () => {
    await adopt({}, 'plan of the year');
    expect(await adopt({}, 'once more')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The files say the same') as string,
    });
  });
});

describe('clone', () => {
  const clone = (files: Record<string, object>, out: string, ...more: string[]) =>
    tenstar(files, 'clone', '--from', String(YEAR), '--year', String(YEAR + 1), '--out', out, ...more);
  it('writes what a year is run by as files that say the same, and what changed since', async () => {
    await adopt(CHANGED, 'plan of the year');
    const out = join(dir, 'next');
    const { stdout, code } = await clone({}, out);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `Differences of version 1 of ${YEAR} from the defaults of the program: 3\n  Weights for members (weights.self): 10 → 20`,
    );
    expect(stdout).toContain(
      'Differences of the files as they are now from it: 3\n  Weights for members (weights.self): 20 → 10',
    );
    const file = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8')) as unknown;
    expect(parseRulesFile(file('rules.json')).rules).toMatchObject({
      weights: { self: 20, leadership: 20 },
      quorum: defaultRules.quorum,
    });
    expect(parseCatalogue(file('catalogue.json'))).toEqual(defaultCatalogue);
    expect(json(await tenstar({ RULES_FILE: file('rules.json') as object }, 'diff', '--json'))).toMatchObject({
      changes: [],
    });
  });
  it('writes nothing on a dry run, and nothing over what is there', async () => {
    await adopt({}, 'plan of the year');
    const out = join(dir, 'next');
    expect((await clone({}, out, '--dry-run')).stdout).toContain('Dry run: would write');
    expect(existsSync(out)).toBe(false);
    expect(json(await clone({}, out, '--json'))).toMatchObject({
      from: YEAR,
      year: YEAR + 1,
      version: 1,
      files: { length: 3 },
      changed_from_defaults: [],
    });
    expect(await clone({}, out)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('rules.json is there already') as string,
    });
  });
  it.each([
    [['--from', '2020', '--year', '2027'], '2020 has no version'],
    [['--from', '2027', '--year', '2027'], '--year must come after --from'],
  ])('%j: %s', async (years, sentence) => {
    expect(await tenstar({}, 'clone', ...years, '--out', join(dir, 'next'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(sentence) as string,
    });
  });
});

it('every part explains itself', async () => {
  for (const part of ['show', 'diff', 'adopt', 'clone'])
    expect((await tenstar({}, part, '--help')).stdout).toContain('--year <year>');
});
