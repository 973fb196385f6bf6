/** `tenstar rules clone`: what one year is run by, as files to start the next from. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCatalogue } from '../domain/catalogue.ts';
import { defaultProjects } from '../domain/projects.ts';
import { defaultRules } from '../domain/rules.ts';
import { schemeChanges } from '../domain/scheme-diff.ts';
import { TenstarError } from '../errors.ts';
import { newestScheme } from '../store/schemes.ts';
import type { Use } from '../use.ts';
import { filesOf } from '../usecases/scheme/version.ts';
import { schemeOf } from '../usecases/scheme/year-schemes.ts';
import { type UseDeps, writeJson } from './output.ts';
import { bullets, changesJson, lines, wordsOf } from './rules-words.ts';

/** @throws {TenstarError} `not_found` for a year without a version; `input_invalid` for a folder that cannot be used or holds files already */
export async function cloneRules(
  use: Use,
  { from, to, out, dryRun, json }: { from: number; to: number; out: string; dryRun: boolean; json: boolean },
  deps: UseDeps,
): Promise<void> {
  if (to <= from)
    throw new TenstarError('input_invalid', `--year must come after --from: ${to} does not come after ${from}.`);
  const version = await newestScheme(use.db.read, from);
  if (version === null)
    throw new TenstarError(
      'not_found',
      `${from} has no version; "tenstar rules show --year ${from}" shows those of a year.`,
    );
  const scheme = await schemeOf(use.db.read, version);
  const files = { 'rules.json': scheme.rules, 'catalogue.json': scheme.catalogue, 'projects.json': scheme.projects };
  const paths = Object.keys(files).map((name) => join(out, name));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined)
    throw new TenstarError(
      'input_invalid',
      `${there} is there already: name an empty folder, so that nothing is written over.`,
    );
  if (!dryRun) await writeAll(out, files);
  const sinceDefaults = schemeChanges(
    { rules: defaultRules, catalogue: defaultCatalogue, projects: defaultProjects },
    scheme,
  );
  const sinceThen = schemeChanges(scheme, filesOf(use));
  if (json)
    return void writeJson(deps, {
      from,
      year: to,
      version: version.version,
      dry_run: dryRun,
      files: paths,
      changed_from_defaults: changesJson(sinceDefaults, use),
      changed_by_files: changesJson(sinceThen, use),
    });
  const { t } = wordsOf(use);
  deps.stdout.write(
    lines([
      t('rules.cli.clone_defaults', { year: from, version: version.version, n: sinceDefaults.length }),
      ...bullets(sinceDefaults, use),
      t('rules.cli.clone_files', { n: sinceThen.length }),
      ...bullets(sinceThen, use),
      t(dryRun ? 'rules.cli.would_write' : 'rules.cli.cloned', { files: paths.join(' ') }),
      t('rules.cli.clone_next', { year: to }),
    ]),
  );
}
async function writeAll(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, data] of Object.entries(files))
      await writeFile(join(folder, name), `${JSON.stringify(data, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new TenstarError('input_invalid', `${folder} cannot be written (${code}): name a folder that is yours.`, {
      cause: error,
    });
  }
}
