/** `tenstar rules show|diff|adopt|clone`: by what a year is run, what the files would change, adopting them, a start for the next year. */
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { codeOf, reasonText } from '../../cards/shared/scheme-words.ts';
import { today } from '../domain/period.ts';
import { REASON_MAX } from '../domain/scheme.ts';
import { TenstarError } from '../errors.ts';
import type { SchemeVersion } from '../store/schemes.ts';
import { namesOf } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { type AdoptRefusal, adoptable, adoptFiles, currentYear, yearState } from '../usecases/scheme/adopt.ts';
import { adoptableYears } from '../usecases/scheme/version.ts';
import { type UseDeps, withUse, writeJson } from './output.ts';
import { cloneRules } from './rules-clone.ts';
import { bullets, changesJson, lines, wordsOf } from './rules-words.ts';

export function rulesCommand(deps: UseDeps) {
  const command = new Command('rules').description(
    'versions of the rules, the catalogue and the project descriptions, year by year',
  );
  command
    .command('show')
    .description('the versions of a year, with hashes and reasons')
    .option('--year <year>', 'for example 2027; this year when not given', year)
    .option('--json', 'print them as JSON')
    .action(({ year: asked, json }) => withUse(deps, (use) => show(use, asked ?? thisYear(use), json === true, deps)));
  command
    .command('diff')
    .description('what the files would change in a year')
    .option('--year <year>', 'for example 2027; this year when not given', year)
    .option('--json', 'print the changes as JSON')
    .action(({ year: asked, json }) => withUse(deps, (use) => diff(use, asked ?? thisYear(use), json === true, deps)));
  command
    .command('adopt')
    .description('make the files the next version of a year; what is open already does not change')
    .requiredOption('--year <year>', 'for example 2027', year)
    .requiredOption('--reason <text>', 'why; printed with the version')
    .option('--dry-run', 'say what would change, write nothing')
    .option('--json', 'print the outcome as JSON')
    .action(({ year: asked, reason, dryRun, json }) =>
      withUse(deps, (use) => adopt(use, { year: asked, reason, dryRun: dryRun === true, json: json === true }, deps)),
    );
  command
    .command('clone')
    .description('write the version of one year as files to start the next from')
    .requiredOption('--from <year>', 'the year that has it, for example 2026', year)
    .requiredOption('--year <year>', 'the year they are for, for example 2027', year)
    .requiredOption('--out <dir>', 'folder for rules.json, catalogue.json and projects.json')
    .option('--dry-run', 'say what would be written, write nothing')
    .option('--json', 'print the outcome as JSON')
    .action(({ from, year: to, out, dryRun, json }) =>
      withUse(deps, (use) => cloneRules(use, { from, to, out, dryRun: dryRun === true, json: json === true }, deps)),
    );
  return command;
}

function year(text: string): number {
  if (!/^20\d\d$/.test(text)) throw new InvalidArgumentError('Write a year such as 2027.');
  return Number(text);
}
const thisYear = (use: Use): number => currentYear(use, use.now());
const versionJson = (version: SchemeVersion, use: Use) => ({
  version: version.version,
  code: codeOf(version),
  rules_hash: version.rules,
  catalogue_hash: version.catalogue,
  projects_hash: version.projects,
  reason: reasonText(version.reason, wordsOf(use)),
  by: version.by,
  at: new Date(version.at).toISOString(),
  published_at: version.publishedAt === null ? null : new Date(version.publishedAt).toISOString(),
});

async function show(use: Use, asked: number, json: boolean, deps: UseDeps): Promise<void> {
  const { versions, pending } = await yearState(use.db.read, use, asked);
  if (json)
    return void writeJson(deps, {
      year: asked,
      pending,
      versions: versions.map((version) => versionJson(version, use)),
    });
  const words = wordsOf(use);
  const { t } = words;
  if (versions.length === 0) return void deps.stdout.write(lines([t('rules.cli.none', { year: asked })]));
  const names = await namesOf(
    use.db.read,
    versions.map((version) => version.by),
  );
  deps.stdout.write(
    lines(
      versions.flatMap((version) => [
        t('rules.version_line', {
          version: version.version,
          hash: codeOf(version),
          at: today(version.at, use.config.timezone),
          by: names.get(version.by) ?? t('rules.system'),
          reason: reasonText(version.reason, words),
        }),
        `  RULES ${version.rules.slice(0, 12)}  CATALOGUE ${version.catalogue.slice(0, 12)}  PROJECTS ${version.projects.slice(0, 12)}`,
      ]),
    ),
  );
  if (pending) deps.stdout.write(lines([t('rules.cli.pending', { year: asked, version: versions[0]?.version ?? 0 })]));
}

async function diff(use: Use, asked: number, json: boolean, deps: UseDeps): Promise<void> {
  const { against, changes, pending, versions } = await yearState(use.db.read, use, asked);
  if (json) return void writeJson(deps, { year: asked, against, pending, changes: changesJson(changes, use) });
  const { t } = wordsOf(use);
  if (against === null) return void deps.stdout.write(lines([t('rules.cli.against_nothing', { year: asked })]));
  if (changes.length === 0) return void deps.stdout.write(lines([t('rules.cli.against_same', against)]));
  deps.stdout.write(
    lines([
      t('rules.cli.against', { ...against, n: changes.length }),
      ...bullets(changes, use),
      ...(pending ? [t('rules.cli.pending', { year: asked, version: versions[0]?.version ?? 0 })] : []),
    ]),
  );
}

async function adopt(
  use: Use,
  { year: asked, reason, dryRun, json }: { year: number; reason: string; dryRun: boolean; json: boolean },
  deps: UseDeps,
): Promise<void> {
  const { t } = wordsOf(use);
  const { outcome, state } = await use.db.write(async (tx) => {
    const before = await adoptable(tx, use, asked, use.now());
    if (!before.ok) return { outcome: before, state: null };
    if (dryRun) return { outcome: null, state: before.value };
    return {
      outcome: await adoptFiles(tx, use, { year: asked, reason, by: 'system' }, use.now()),
      state: before.value,
    };
  });
  if (outcome !== null && !outcome.ok) throw refusal(use, asked, outcome.reason);
  const changes = state?.changes ?? [];
  if (json)
    return void writeJson(deps, {
      year: asked,
      dry_run: dryRun,
      changes: changesJson(changes, use),
      version: outcome === null ? null : versionJson(outcome.value, use),
    });
  const next = (state?.versions[0]?.version ?? 0) + 1;
  deps.stdout.write(
    lines([
      ...bullets(changes, use),
      outcome === null
        ? t('rules.cli.would', { year: asked, version: next })
        : t('rules.cli.adopted', { year: asked, version: outcome.value.version, hash: codeOf(outcome.value) }),
    ]),
  );
}
function refusal(use: Use, asked: number, reason: AdoptRefusal): TenstarError {
  const sentence: Readonly<Record<AdoptRefusal, string>> = {
    year_closed: `No version can be adopted for ${asked} now; possible are ${adoptableYears(use, use.now()).join(' and ')}.`,
    nothing_new: `The files say the same as the version of ${asked} that holds; change RULES_FILE, CATALOGUE_FILE or PROJECTS_FILE first.`,
    reason_missing:
      'The reason is empty: say in one sentence why, for example --reason "resolved by the work committee on 12 March".',
    reason_long: `The reason is too long: ${REASON_MAX} characters at most.`,
    files_changed: 'The files have changed again.',
  };
  return new TenstarError('input_invalid', sentence[reason]);
}
