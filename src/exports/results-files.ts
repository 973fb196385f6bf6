/** Results as files: XLSX to print, CSV for a spreadsheet, JSON for programs. For those entitled to scores. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { LeagueRow } from '../domain/league.ts';
import { INDICATORS } from '../domain/league.ts';
import { CATEGORIES } from '../domain/marks.ts';
import { type Results, resultsSchema } from '../domain/results-json.ts';
import { type Locale, type Translate, translator } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { PrintedVersion } from '../version-name.ts';
import { countSheet, feedbackSheet } from './count-sheet.ts';
import { type SheetNames, sheetNamer, starName } from './names.ts';
import { publicitySheet, publicMembers } from './publicity-sheet.ts';
import { type PrintSheet, writeCsvText } from './workbook.ts';
import { writeApart } from './write-apart.ts';

/** Names that results do not hold. */
export interface ResultNames {
  locale: Locale;
  /** The catalogue a branch's review was opened under. */
  catalogueOf: (branch: string) => Catalogue;
  /** The rules that review was opened under. */
  versionOf: (branch: string) => PrintedVersion;
  /** Their hash, as in the JSON. */
  rulesHashOf: (branch: string) => string;
  /** Working days of publicity by the rules that review was opened under (A46). */
  noticeDaysOf: (branch: string) => number;
  /** Names by code or employee number; what is missing is shown by its code. */
  branches: ReadonlyMap<string, string>;
  districts: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
}

const namesFor = (branch: { branch: string; district: string }, names: ResultNames, t: Translate): SheetNames => ({
  locale: names.locale,
  t,
  catalogue: names.catalogueOf(branch.branch),
  version: names.versionOf(branch.branch),
  branchName: names.branches.get(branch.branch) ?? branch.branch,
  districtName: names.districts.get(branch.district) ?? branch.district,
  people: names.people,
});

async function workbook(
  results: Results,
  names: ResultNames,
  make: (b: Results['branches'][number], n: SheetNames) => PrintSheet[],
) {
  const t = translator(names.locale);
  const nameOf = sheetNamer();
  const sheets: PrintSheet[] = [];
  for (const branch of results.branches) {
    for (const sheet of make(branch, namesFor(branch, names, t))) sheets.push({ ...sheet, name: nameOf(sheet.name) });
    await new Promise((resolve) => setImmediate(resolve)); // a whole city must not keep a ballot waiting
  }
  return writeApart(sheets, periodName(t, results.period));
}

/** Count sheets and branch feedback, two sheets a branch. @throws when there is no branch: a workbook needs a sheet. */
export const countWorkbook = (results: Results, names: ResultNames): Promise<Uint8Array> =>
  workbook(results, names, (branch, sheetNames) => [
    countSheet(branch, results.period, sheetNames),
    feedbackSheet(branch, results.period, sheetNames),
  ]);

/** Publicity lists, one sheet a branch; no scores. @throws when there is no branch. */
export const publicityWorkbook = (results: Results, names: ResultNames): Promise<Uint8Array> =>
  workbook(results, names, (branch, sheetNames) => [
    publicitySheet(
      publicMembers(branch.members),
      { period: results.period, days: names.noticeDaysOf(branch.branch) },
      sheetNames,
    ),
  ]);

const MEANS = ['self', ...CATEGORIES.toReversed()] as const;
const RESULT_HEAD = [
  'period',
  'branch',
  'employee_no',
  'name',
  'level',
  'total',
  'star',
  'star_name',
  'score',
  'won',
  'barred',
  'outstanding',
  ...MEANS.map((key) => `mean_${key}`),
  'withheld',
  'rules_hash',
];

/** One row per member and star. */
export function resultsCsv({ period, branches }: Results, names: ResultNames): string {
  const rows = branches.flatMap(({ branch, members }) =>
    members.flatMap((member) =>
      member.stars.map((star) => [
        period,
        branch,
        member.employee_no,
        names.people.get(member.employee_no) ?? '',
        member.level,
        member.total,
        star.key,
        starName({ catalogue: names.catalogueOf(branch), locale: names.locale }, star.key),
        star.score,
        String(star.won),
        String(star.barred),
        String(star.outstanding),
        ...MEANS.map((key) => star.means?.[key] ?? null),
        star.withheld ?? member.withheld ?? null,
        names.rulesHashOf(branch),
      ]),
    ),
  );
  return writeCsvText(RESULT_HEAD, rows);
}

/** Checked against the schema, so that nothing beyond the contract leaves. */
export const resultsJson = (results: Results): string => `${JSON.stringify(resultsSchema.parse(results))}\n`;

/** One row per branch, as in the league JSON, with the branch's name. */
export function leagueCsv(rows: readonly LeagueRow[], branches: ReadonlyMap<string, string>): string {
  const head = ['rank', 'branch', 'branch_name', 'points', ...INDICATORS, 'move', 'reason'];
  return writeCsvText(
    head,
    rows.map((row) => [
      row.rank,
      row.branch,
      branches.get(row.branch) ?? '',
      row.points,
      ...INDICATORS.map((indicator) => row[indicator]),
      row.move,
      row.reason ?? null,
    ]),
  );
}
