/** `tenstar import`: both roster files in, all of it or nothing (design.md §4, §12.13). */
import { readFile } from 'node:fs/promises';
import { Command } from '@commander-js/extra-typings';
import type { Roster } from '../domain/roster.ts';
import { type Locale, type Translate, translator } from '../i18n.ts';
import type { Changes, RosterDiff } from '../roster/diff.ts';
import { type Gap, gaps, gapText } from '../roster/gaps.ts';
import { loadRoster } from '../roster/load.ts';
import { NO_COLUMN, type Problem, problemLine } from '../roster/problem.ts';
import type { Database } from '../store/db.ts';
import type { AppIds } from '../store/roster-import.ts';
import { applyImport, planImport } from '../usecases/import-roster.ts';
import type { SendOptions } from '../usecases/notify.ts';
import { progressBar, type TextOutput } from './progress.ts';

export interface ImportDeps {
  /** Opens a migrated database only when the files have passed every check, and closes it after. */
  withDatabase<T>(fn: (db: Database) => Promise<T>): Promise<T>;
  /** Unix ms. */
  now(): number;
  /** The local day, for example `2026-10-09`. */
  today(): string;
  appIds(): AppIds;
  /** When messages that follow from the import may leave (design.md §12.2); at once when absent. */
  hours?(): SendOptions;
  locale(): Locale;
  /** Who imports, for the audit trail: an employee number or `system`. */
  actor: string;
  stdout: TextOutput;
  stderr: TextOutput;
  setExitCode(code: number): void;
  /** Looks people up by mobile after an import (§12.17); its failure does not undo the import. */
  afterImport?(db: Database): Promise<void>;
}
export interface ImportOptions {
  branches: string;
  people: string;
  dryRun?: boolean | undefined;
  json?: boolean | undefined;
}

/** Changes of one kind that are listed one by one before "and N more". */
const LISTED = 20;

/** The command, to be added to a program. */
export function importCommand(deps: ImportDeps) {
  return new Command('import')
    .description('check both roster files (CSV in UTF-8 or GBK, or XLSX) and take them over, all or nothing')
    .requiredOption('--branches <file>', 'districts, groups, units and branches')
    .requiredOption('--people <file>', 'people with their branch, status and roles')
    .option('--dry-run', 'check and say what would change, write nothing')
    .option('--json', 'print the outcome as JSON on standard output')
    .action(async (options) => deps.setExitCode(await runImport(options, deps)));
}

/** Runs an import. @returns the exit code: 0, or 1 with one line per problem on stderr and nothing written. */
export async function runImport(options: ImportOptions, deps: ImportDeps): Promise<0 | 1> {
  const t = translator(deps.locale());
  const files = await readFiles(options, t);
  const loaded = 'problems' in files ? { ok: false as const, ...files } : await loadRoster(files, t);
  if (!loaded.ok) {
    for (const problem of loaded.problems) deps.stderr.write(`${problemLine(problem)}\n`);
    if (options.json) writeJson(deps, { ok: false, problems: loaded.problems });
    else deps.stdout.write(`${t('roster.refused', { problems: loaded.problems.length })}\n`);
    return 1;
  }
  const { roster } = loaded;
  const dryRun = options.dryRun === true;
  const diff = await deps.withDatabase((db) =>
    dryRun ? planImport(db, roster, deps.appIds()) : write(db, roster, deps, t),
  );
  const found = gaps(roster);
  const lines = [...summary(diff, dryRun, t), ...gapLines(found, roster, deps.appIds(), t)].map((line) => `${line}\n`);
  (options.json ? deps.stderr : deps.stdout).write(lines.join(''));
  if (options.json)
    writeJson(deps, {
      ok: true,
      dry_run: dryRun,
      ...diff,
      gaps: found.map((gap) => ({ ...gap, text: gapText(gap, t) })),
    });
  return 0;
}

async function write(db: Database, roster: Roster, deps: ImportDeps, t: Translate): Promise<RosterDiff> {
  const bar = progressBar(deps.stderr, t('roster.progress'));
  const how = { at: deps.now(), date: deps.today(), actor: deps.actor, appIds: deps.appIds() };
  const hours = deps.hours?.();
  const diff = await applyImport(db, roster, { ...how, ...(hours === undefined ? {} : { hours }) }, (done, all) =>
    bar.show(done, all),
  );
  bar.clear();
  await deps.afterImport?.(db);
  return diff;
}

const writeJson = (deps: ImportDeps, data: unknown) => deps.stdout.write(`${JSON.stringify(data)}\n`);

async function readFiles(options: ImportOptions, t: Translate) {
  const problems: Problem[] = [];
  const read = async (path: string) => {
    try {
      return { name: path, bytes: new Uint8Array(await readFile(path)) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      problems.push({ file: path, row: 1, column: NO_COLUMN, reason: t('roster.file_unreadable', { code }) });
      return { name: path, bytes: new Uint8Array() };
    }
  };
  const files = { branches: await read(options.branches), people: await read(options.people) };
  return problems.length > 0 ? { problems } : files;
}

function summary(diff: RosterDiff, dryRun: boolean, t: Translate): string[] {
  const counts = ({ added, changed, left, returned, unchanged }: Changes) => ({
    added: added.length,
    changed: changed.length,
    left: left.length,
    returned: returned.length,
    unchanged,
  });
  return [
    t(dryRun ? 'roster.dry_run' : 'roster.imported'),
    t('roster.sum_branches', counts(diff.branches)),
    ...changeLines(diff.branches, t),
    t('roster.sum_people', counts(diff.people)),
    ...changeLines(diff.people, t),
  ];
}

function changeLines({ added, changed, left, returned }: Changes, t: Translate): string[] {
  const entry = (sign: string) => (item: { key: string; name: string }) => `  ${sign} ${item.key} ${item.name}`;
  const detailed = (sign: string) => (item: Changes['changed'][number]) => {
    const empty = t('roster.was_empty');
    const fields = item.fields.map(({ field, from, to }) => `${field}: ${from ?? empty} → ${to ?? empty}`);
    return [entry(sign)(item), ...(fields.length > 0 ? [fields.join('; ')] : [])].join('  ');
  };
  // Those who leave first: that is where a wrong file shows.
  const lists = [left.map(entry('-')), returned.map(detailed('^')), changed.map(detailed('~')), added.map(entry('+'))];
  return lists.flatMap((list) =>
    list.length > LISTED
      ? [...list.slice(0, LISTED), `  ${t('roster.sum_more', { more: list.length - LISTED })}`]
      : list,
  );
}

function gapLines(found: readonly Gap[], { people }: Roster, appIds: AppIds, t: Translate): string[] {
  const lines = found.map((gap) => gapText(gap, t));
  const lost = (column: string, have: number) => have > 0 && lines.push(t('roster.gap_no_app', { column, have }));
  if (appIds.lark === null) lost('lark_open_id', people.filter((person) => person.larkOpenId !== null).length);
  if (appIds.dingtalk === null)
    lost('dingtalk_user_id', people.filter((person) => person.dingtalkUserId !== null).length);
  return lines.length === 0
    ? []
    : [t('roster.gaps_title', { have: lines.length }), ...lines.map((line) => `  ! ${line}`)];
}
