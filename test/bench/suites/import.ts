/** `tenstar import` of a whole city into an empty database, as a process from start to end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCity } from '../../../src/demo/city.ts';
import { runTenstar } from '../../support/bot-process.ts';
import { atMost, figure } from '../figures.ts';
import { databaseUrl, keysDir } from '../stage.ts';
import { median, timed } from '../stats.ts';
import type { Suite } from './suite.ts';

export const roster: Suite = async ({ quick, say }) => {
  const city = makeCity(quick ? 'small' : 'full');
  const times: number[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const dir = mkdtempSync(join(tmpdir(), 'tenstar-bench-'));
    const files = { branches: join(dir, 'branches.csv'), people: join(dir, 'people.csv') };
    writeFileSync(files.branches, city.branchesCsv);
    writeFileSync(files.people, city.peopleCsv);
    try {
      times.push(
        await timed(async () => {
          const env = { DATABASE_URL: databaseUrl(dir), KEYS_DIR: keysDir(dir) };
          const { code, stderr } = await runTenstar(
            ['import', '--branches', files.branches, '--people', files.people],
            env,
            dir,
          );
          if (code !== 0) throw new Error(`the import ended with ${code}: ${stderr}`);
        }),
      );
      say(`${city.people.length} people in ${times.at(-1)?.toFixed(2)} s`);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const name = `import of ${city.people.length} people`;
  return [
    figure({
      suite: 'import',
      name,
      figure: median(times),
      unit: 's',
      target: atMost('figure', 5),
      note: `a whole process, median of ${times.length}`,
    }),
  ];
};
