import type { Catalogue } from '../domain/catalogue.ts';
import type { Results } from '../domain/results-json.ts';
import { TenstarError } from '../errors.ts';
import type { ResultNames } from '../exports/results-files.ts';
import type { Locale } from '../i18n.ts';
import type { Reader } from '../store/db.ts';
import { reviewsOfPeriod } from '../store/reviews.ts';
import { allBranches, allDistricts, namesOf } from '../store/roster.ts';
import type { PrintedVersion } from '../version-name.ts';
import { versionOfReview } from './scheme/version.ts';
import { catalogueOf, rulesOf } from './versions.ts';

/** Names for the codes, keys and employee numbers that results hold, as of the reviews they come from. */
export async function resultNames(h: Reader, results: Results, locale: Locale): Promise<ResultNames> {
  const people = results.branches.flatMap((branch) => branch.members.map((member) => member.employee_no));
  const versions = new Map<
    string,
    { catalogue: Catalogue; noticeDays: number; printed: PrintedVersion; rules: string }
  >();
  for (const review of await reviewsOfPeriod(h, results.period)) {
    const { branch, catalogue, rules } = review;
    const { publicity } = await rulesOf(h, rules);
    versions.set(branch, {
      catalogue: await catalogueOf(h, catalogue),
      noticeDays: publicity.working_days,
      printed: await versionOfReview(h, review),
      rules,
    });
  }
  const versionOf = (branch: string) => {
    const found = versions.get(branch);
    if (found === undefined) throw new TenstarError('bug', `${branch} has no review of ${results.period}.`);
    return found;
  };
  return {
    locale,
    catalogueOf: (branch) => versionOf(branch).catalogue,
    versionOf: (branch) => versionOf(branch).printed,
    rulesHashOf: (branch) => versionOf(branch).rules,
    noticeDaysOf: (branch) => versionOf(branch).noticeDays,
    branches: new Map((await allBranches(h)).map((branch) => [branch.code, branch.name])),
    districts: new Map((await allDistricts(h)).map((district) => [district.code, district.name])),
    people: await namesOf(h, people),
  };
}
