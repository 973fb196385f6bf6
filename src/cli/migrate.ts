/** `tenstar migrate`: brings the database up to date; `serve` and `import` do the same at their start. */
import { Command } from '@commander-js/extra-typings';
import { loadConfig } from '../config.ts';
import { TenstarError } from '../errors.ts';
import { openDatabase } from '../store/db.ts';
import { migrate, pendingMigrations } from '../store/migrations.ts';
import type { CliIo } from './io.ts';
import { writeJson } from './output.ts';

export function migrateCommand(deps: CliIo) {
  return new Command('migrate')
    .description('bring the database up to date')
    .option('--dry-run', 'only say what would be applied')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ dryRun, json }) => {
      const loaded = loadConfig(deps.env, 'database');
      if (!loaded.ok) throw new TenstarError('config_invalid', loaded.problems.join('\n'));
      const db = await openDatabase(loaded.config.database);
      try {
        const names = dryRun === true ? await pendingMigrations(db) : await migrate(db, Date.now());
        if (json === true) writeJson(deps, dryRun === true ? { pending: names } : { applied: names });
        else
          deps.stdout.write(
            names.length === 0
              ? 'The database is up to date.\n'
              : names.map((name) => `${dryRun === true ? 'would apply' : 'applied'} ${name}\n`).join(''),
          );
      } finally {
        await db.close();
      }
    });
}
