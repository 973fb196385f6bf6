/** The benchmark runs and says what it measured; how fast anything is, is never asserted. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { benchSchema, figure, atLeast, atMost } from './bench/figures.ts';
import { growthExponent, median, medianRatio, quantile } from './bench/stats.ts';

const RUN = fileURLToPath(new URL('bench/run.ts', import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [RUN, ...args]);

describe('npm run bench', () => {
  it.concurrent.each([
    {
      suite: 'ballots',
      names: [
        'ballots cast, fsync',
        'ballots cast, fsync',
        'ballot pages turned, fsync',
        'memory of the bot while casting',
      ],
    },
    {
      suite: 'fan-out',
      names: [
        'fan-out of 60 private cards',
        'messages lost',
        'messages doubled',
        'memory of the bot during the fan-out',
      ],
    },
    {
      suite: 'fan-out-dingtalk',
      names: [
        'DingTalk: fan-out of 58 private cards and 2 in groups',
        'messages lost',
        'messages doubled',
        'memory of the bot during the fan-out',
      ],
    },
    { suite: 'import', names: ['import of 128 people'] },
  ])('$suite runs at a small size and writes its figures', { timeout: 60_000 }, async ({ suite, names }) => {
    const out = join(mkdtempSync(join(tmpdir(), 'tenstar-bench-test-')), 'bench.json');
    const { stdout } = await bench('--quick', '--only', suite, '--out', out);
    const { figures, quick } = benchSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(quick).toBe(true);
    expect(figures.map(({ name }) => name)).toEqual(names.map((name) => expect.stringContaining(name)));
    for (const name of names) expect(stdout).toContain(name);
    for (const { name, figure: value } of figures) if (name.startsWith('messages')) expect(value, name).toBe(0);
  });

  it('says which suites there are, and refuses others', async () => {
    expect((await bench('--help')).stdout).toContain('fan-out');
    await expect(bench('--only', 'nonsense')).rejects.toThrow('There is no suite "nonsense"');
  });
});

describe('figures', () => {
  const draft = { suite: 's', name: 'n', unit: '/s' };
  it.each([
    {
      name: 'a ratio that is reached',
      row: figure({ ...draft, figure: 1, ratio: 3, target: atLeast('ratio', 3) }),
      met: true,
    },
    {
      name: 'a ratio that is not',
      row: figure({ ...draft, figure: 9, ratio: 2.9, target: atLeast('ratio', 3) }),
      met: false,
    },
    { name: 'a time that is kept', row: figure({ ...draft, figure: 2, target: atMost('figure', 2) }), met: true },
    { name: 'a figure without a target', row: figure({ ...draft, figure: 2 }), met: null },
  ])('judges $name', ({ row, met }) => expect(row.met).toBe(met));

  it('takes medians, quantiles and growth', () => {
    expect([median([5, 1, 3]), quantile([1, 2, 3, 4], 0.99), medianRatio([2, 9, 4], [1, 3, 4])]).toEqual([3, 4, 2]);
    expect(growthExponent([1, 2, 4, 8].map((size) => ({ size, value: 3 * size ** 2 })))).toBeCloseTo(2);
  });
});
