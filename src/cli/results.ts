/** `tenstar results`: results of a period as data, for those entitled to scores (design.md section 11). */
import { Command, Option } from '@commander-js/extra-typings';
import { nearest } from '../domain/nearest.ts';
import type { Results } from '../domain/results-json.ts';
import { rulesHash } from '../domain/rules.ts';
import { TenstarError } from '../errors.ts';
import { countWorkbook, resultsCsv, resultsJson } from '../exports/results-files.ts';
import { appendAudit } from '../store/audit.ts';
import { allBranches, findBranch } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { resultNames } from '../usecases/result-names.ts';
import { resultsOf } from '../usecases/results.ts';
import { putData } from './data-output.ts';
import { type UseDeps, withUse } from './output.ts';
import { reviewPeriodOption } from './period.ts';

export function resultsCommand(deps: UseDeps) {
  return new Command('results')
    .description('print the results of a period; with scores, so only for those entitled to them')
    .requiredOption('--period <period>', 'for example 2026-Q3; 2026 is the annual review, 2026-Q4')
    .option('--branch <code>', 'one branch only')
    .addOption(
      new Option('--format <format>', 'how to write it')
        .choices(['json', 'csv', 'xlsx'] as const)
        .default('json' as const),
    )
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write to this file instead of standard output')
    .action(async ({ period, branch, format, json, out }) => {
      const wanted = reviewPeriodOption(period);
      const as = json === true ? 'json' : format;
      if (as === 'xlsx' && out === undefined)
        throw new TenstarError('input_invalid', 'A spreadsheet goes into a file: add --out results.xlsx.');
      await withUse(deps, async (use) => {
        if (branch !== undefined) await knownBranch(use, branch);
        const results = await resultsOf(use.db.read, wanted, rulesHash(use.years.at(wanted).rules), branch ?? null);
        const data = await write(use, results, as);
        await note(use, results, as);
        await putData(deps, data, out);
      });
    });
}

async function write(use: Use, results: Results, format: 'json' | 'csv' | 'xlsx'): Promise<string | Uint8Array> {
  if (format === 'json') return resultsJson(results);
  const names = await resultNames(use.db.read, results, use.config.defaultLocale);
  if (format === 'csv') return resultsCsv(results, names);
  if (results.branches.length === 0)
    throw new TenstarError(
      'not_found',
      `No review of ${results.period} was opened, so there is nothing to put into a spreadsheet.`,
    );
  return countWorkbook(results, names);
}

/** F15: whoever has this command line takes scores away, and the trail says so before they leave. */
async function note(use: Use, { period, branches }: Results, format: string): Promise<void> {
  const people = branches.reduce((sum, { members }) => sum + members.length, 0);
  if (people === 0) return;
  const detail = { format, branches: branches.length, people, scores: true };
  await use.db.write((tx) =>
    appendAudit(tx, { at: use.now(), actor: 'system', act: 'exported', object: period, detail }),
  );
}

/** @throws {TenstarError} `not_found` with the nearest code */
export async function knownBranch(use: Use, code: string): Promise<void> {
  if ((await findBranch(use.db.read, code)) !== null) return;
  const meant = nearest(
    code,
    (await allBranches(use.db.read)).map((branch) => branch.code),
  );
  throw new TenstarError(
    'not_found',
    `There is no branch ${JSON.stringify(code)}.${meant === null ? '' : ` Did you mean ${meant}?`}`,
  );
}
