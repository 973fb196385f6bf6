/** `tenstar league`: branches compared, as data (design.md section 11). */
import { Command, Option } from '@commander-js/extra-typings';
import { INDICATORS } from '../domain/league.ts';
import { nearest } from '../domain/nearest.ts';
import { TenstarError } from '../errors.ts';
import { leagueCsv } from '../exports/results-files.ts';
import { allBranches, allDistricts, findDistrict } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { type League, leagueOf } from '../usecases/league.ts';
import { putData } from './data-output.ts';
import { type UseDeps, withUse } from './output.ts';
import { periodOption } from './period.ts';

export function leagueCommand(deps: UseDeps) {
  return new Command('league')
    .description('print the league of branches; with a district, its branches are ranked among themselves')
    .requiredOption('--period <period>', 'for example 2026-Q3')
    .option('--district <code>', 'one district only')
    .addOption(
      new Option('--format <format>', 'how to write it').choices(['json', 'csv'] as const).default('json' as const),
    )
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write to this file instead of standard output')
    .action(async ({ period, district, format, json, out }) => {
      const wanted = periodOption(period);
      await withUse(deps, async (use) => {
        if (district !== undefined) await knownDistrict(use, district);
        const league = await leagueOf(use.db.read, use.years.at(wanted).rules, wanted, district ?? null);
        const asJson = json === true || format === 'json';
        await putData(
          deps,
          asJson ? `${JSON.stringify(leagueJson(league))}\n` : leagueCsv(league.rows, await branchNames(use)),
          out,
        );
      });
    });
}

/** The keys of a row in the order of the contract. */
function leagueJson({ period, district, rows }: League) {
  return {
    period,
    district,
    rows: rows.map(({ rank, branch, points, move, reason, ...row }) => ({
      rank,
      branch,
      points,
      ...Object.fromEntries(INDICATORS.map((indicator) => [indicator, row[indicator]])),
      move,
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

const branchNames = async (use: Use): Promise<Map<string, string>> =>
  new Map((await allBranches(use.db.read)).map((branch) => [branch.code, branch.name]));

async function knownDistrict(use: Use, code: string): Promise<void> {
  if ((await findDistrict(use.db.read, code)) !== null) return;
  const meant = nearest(
    code,
    (await allDistricts(use.db.read)).map((district) => district.code),
  );
  throw new TenstarError(
    'not_found',
    `There is no district ${JSON.stringify(code)}.${meant === null ? '' : ` Did you mean ${meant}?`}`,
  );
}
