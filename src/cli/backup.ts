/** `tenstar backup`: a consistent copy of the database while the bot runs (design.md section 4). Keys are never in it. */
import { existsSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { type Config, loadConfig } from '../config.ts';
import { TenstarError } from '../errors.ts';
import { type Locale, translator } from '../i18n.ts';
import { localFile, openDatabase } from '../store/db.ts';
import { makeBackup } from '../usecases/backup.ts';
import type { CliIo } from './io.ts';
import { writeJson } from './output.ts';

/**
 * The settings and the path of the database they name. Nothing is migrated: a copy is wanted most right before an update.
 * @throws {TenstarError} `config_invalid`: settings are wrong, or the database is on a server, which makes its own copies
 */
export function localDatabase(env: CliIo['env']): { config: Config; file: string } {
  const loaded = loadConfig(env, 'database');
  if (!loaded.ok) throw new TenstarError('config_invalid', loaded.problems.join('\n'));
  const file = localFile(loaded.config.database.url);
  if (file === null)
    throw new TenstarError(
      'config_invalid',
      'DATABASE_URL names a database server, whose files are not on this machine: use the backups of that server (its snapshots, or the export and point-in-time restore of your provider).',
    );
  return { config: loaded.config, file };
}

export function backupCommand(deps: CliIo) {
  return new Command('backup')
    .description('copy the database while the bot runs and check the copy; the ballot keys are not in it')
    .requiredOption('--out <file>', 'file to write; it must not exist yet')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ out, json }) => {
      const { config, file } = localDatabase(deps.env);
      if (!existsSync(file))
        throw new TenstarError('not_found', `There is no database at ${file} (DATABASE_URL): nothing to copy.`);
      const db = await openDatabase(config.database);
      try {
        const made = await makeBackup(db, { file: out, keysDir: config.keysDir, now: Date.now() });
        if (json === true) {
          writeJson(deps, made);
          return;
        }
        const t = translator(config.defaultLocale);
        const lines: string[] = [
          t('backup.made', { file: out, size: sizeText(made.bytes, config.defaultLocale) }),
          t('backup.sha256', { sha256: made.sha256 }),
          t('backup.no_keys'),
        ];
        if (made.boxes > 0) lines.push(t('backup.boxes', { n: made.boxes }));
        deps.stdout.write(`${lines.join('\n')}\n`);
      } finally {
        await db.close();
      }
    });
}

const UNITS = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;
export function sizeText(bytes: number, locale: Locale): string {
  const [size, unit] = UNITS.find(([least]) => bytes >= least) ?? [1, 'B'];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / size)} ${unit}`;
}
