/** The files of `/export`, each made when it is sent. */
import { z } from 'zod';
import type { Review } from '../domain/review.ts';
import { rulesHash } from '../domain/rules.ts';
import type { Results } from '../domain/results-json.ts';
import { fileName } from '../exports/file-name.ts';
import { publishedCsv, publishedJson } from '../exports/published-files.ts';
import {
  countWorkbook,
  leagueCsv,
  publicityWorkbook,
  type ResultNames,
  resultsCsv,
  resultsJson,
} from '../exports/results-files.ts';
import { periodName } from '../period-name.ts';
import { findReview } from '../store/reviews.ts';
import { allBranches, findBranch, findDistrict } from '../store/roster.ts';
import { type ComposedFile, defineFile, type FileContext, type FileDefinition } from './compose-file.ts';
import { type ExportFile, filesOfDistrict, filesOfReview, rightToBranch, rightToDistrict } from './export-access.ts';
import { leagueOf } from './league.ts';
import { publishedReviews } from './published.ts';
import { resultNames } from './result-names.ts';
import { branchResult, resultsOfReview } from './results.ts';
import { yearBookFile } from './year/book.ts';

const reviewArgs = z.object({ review: z.string() });
const placeArgs = z.object({ period: z.string(), district: z.string().optional() });
const eitherArgs = z.union([reviewArgs, placeArgs]);

const TYPES: Readonly<Record<ExportFile, 'xlsx' | 'csv' | 'json'>> = {
  count_sheet: 'xlsx',
  publicity: 'xlsx',
  results_csv: 'csv',
  results_json: 'json',
  stars_csv: 'csv',
  stars_json: 'json',
  league_csv: 'csv',
};

const named = (file: ExportFile, place: string, period: string, { t }: FileContext): string =>
  fileName([place, periodName(t, period), t(`export.name.${file}`)], TYPES[file]);

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Results as far as this person may have this file; null when not, or no longer. */
async function source(
  file: ExportFile,
  args: z.infer<typeof eitherArgs>,
  { use, read, actor, t }: FileContext,
): Promise<{ results: Results; place: string } | null> {
  if ('review' in args) {
    const review = await findReview(read, args.review);
    const branch = review && (await findBranch(read, review.branch));
    const right = branch && rightToBranch(use, actor, branch);
    if (!review || !branch || right === null || !filesOfReview(right, review).includes(file)) return null;
    return { results: await resultsOfReview(read, review), place: branch.name };
  }
  const district = args.district ?? null;
  const right = rightToDistrict(use, actor, district);
  if (right === null || !filesOfDistrict(right).includes(file)) return null;
  const reviews = await publishedReviews(read, args.period, district);
  if (reviews.length === 0) return null;
  const place = district === null ? t('export.city') : ((await findDistrict(read, district))?.name ?? district);
  return {
    results: {
      period: args.period,
      rules_hash: reviews[0]?.rules ?? rulesHash(use.years.at(args.period).rules),
      branches: await branchesOf(reviews, read),
    },
    place,
  };
}

async function branchesOf(reviews: readonly Review[], read: FileContext['read']): Promise<Results['branches']> {
  const branches: Results['branches'] = [];
  for (const review of reviews) {
    branches.push(await branchResult(read, review));
    await new Promise((resolve) => setImmediate(resolve)); // a whole city must not keep a ballot waiting
  }
  return branches;
}

const define = (
  file: ExportFile,
  write: (results: Results, names: ResultNames) => Promise<Uint8Array> | Uint8Array,
): FileDefinition =>
  defineFile({
    name: file,
    args: eitherArgs,
    async compose(args, context): Promise<ComposedFile | null> {
      const found = await source(file, args, context);
      if (found === null) return null;
      const { results, place } = found;
      const names = await resultNames(context.read, results, context.locale);
      return { name: named(file, place, results.period, context), bytes: await write(results, names) };
    },
  });

const leagueFile = defineFile({
  name: 'league_csv',
  args: placeArgs,
  async compose({ period, district = null }, context) {
    const { use, read, actor, t } = context;
    const right = rightToDistrict(use, actor, district);
    if (right === null || !filesOfDistrict(right).includes('league_csv')) return null;
    const { rows } = await leagueOf(read, use.years.at(period).rules, period, district);
    const branches = new Map((await allBranches(read)).map(({ code, name }) => [code, name]));
    const place = district === null ? t('export.city') : ((await findDistrict(read, district))?.name ?? district);
    return { name: named('league_csv', place, period, context), bytes: bytesOf(leagueCsv(rows, branches)) };
  },
});

/** Every file that can be sent. */
export const files: readonly FileDefinition[] = [
  define('count_sheet', countWorkbook),
  define('publicity', publicityWorkbook),
  define('results_csv', (results, names) => bytesOf(resultsCsv(results, names))),
  define('results_json', (results) => bytesOf(resultsJson(results))),
  define('stars_csv', (results, names) => bytesOf(publishedCsv(results, names))),
  define('stars_json', (results) => bytesOf(publishedJson(results))),
  leagueFile,
  yearBookFile,
];
