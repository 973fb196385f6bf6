/** `tenstar year export` and `year import`: one scheme year out of an installation, and into another. */
import { Command } from '@commander-js/extra-typings';
import { TenstarError } from '../errors.ts';
import { translator } from '../i18n.ts';
import { exportYear } from '../usecases/year-archive/export-year.ts';
import { importYear } from '../usecases/year-archive/import-year.ts';
import { type UseDeps, withUse, writeJson } from './output.ts';
import { progressBar } from './progress.ts';

export function yearCommand(deps: UseDeps) {
  const command = new Command('year').description(
    'a whole scheme year as one file, for the archive or another installation',
  );
  command
    .command('export')
    .description(
      'write the roster and everything of a year into one file: reviews that are final, commitments, checks, summaries, meetings, activities; no ballots, no telephone numbers, no accounts',
    )
    .requiredOption('--year <year>', 'for example 2027')
    .requiredOption(
      '--out <file>',
      'file to write; it holds names, scores and self-reviews, so keep it as you keep those',
    )
    .option('--json', 'print the outcome as JSON')
    .action(async ({ year, out, json }) => {
      if (!/^\d{4}$/.test(year))
        throw new TenstarError('input_invalid', `${JSON.stringify(year)} is no year; write it as 2027.`);
      await withUse(deps, async (use) => {
        const bar = progressBar(deps.stderr, out);
        const made = await exportYear(use, { year, file: out, onTable: bar.show }).finally(bar.clear);
        if (json === true) {
          writeJson(deps, { year, file: out, ...made });
          return;
        }
        const t = translator(use.config.defaultLocale);
        const lines: string[] = [
          t('archive.made', { year, file: out, n: made.rows }),
          t('archive.sha256', { sha256: made.sha256 }),
        ];
        if (made.unfinished > 0) lines.push(t('archive.unfinished', { n: made.unfinished }));
        deps.stdout.write(`${lines.join('\n')}\n`);
      });
    });
  command
    .command('import')
    .description('take a year in from such a file, all of it or nothing; rows that are there already stay as they are')
    .argument('<file>', 'a file of "year export"')
    .option('--dry-run', 'only say what would happen')
    .option('--json', 'print the outcome as JSON')
    .action(async (file, { dryRun, json }) => {
      await withUse(deps, async (use) => {
        const bar = progressBar(deps.stderr, file);
        const outcome = await importYear(use, { file, dryRun: dryRun === true, onRow: bar.show }).finally(bar.clear);
        if (!outcome.ok) {
          for (const { line, table } of outcome.conflicts)
            deps.stderr.write(`${file} line ${line}: this installation has another row in ${table}\n`);
          if (outcome.more > 0) deps.stderr.write(`and ${outcome.more} more\n`);
          throw new TenstarError(
            'input_invalid',
            'Nothing was imported: the year is already there with other content. Import into an installation without it.',
          );
        }
        if (json === true) {
          writeJson(deps, { dry_run: dryRun === true, ...outcome.value });
          return;
        }
        const t = translator(use.config.defaultLocale);
        deps.stdout.write(`${t(dryRun === true ? 'archive.would' : 'archive.taken', { ...outcome.value })}\n`);
      });
    });
  return command;
}
