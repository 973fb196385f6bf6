import type { Catalogue } from '../domain/catalogue.ts';
import type { Results } from '../domain/results-json.ts';
import type { ResultNames } from '../exports/results-files.ts';
import type { Locale } from '../i18n.ts';
import type { Reader } from '../store/db.ts';
import { allBranches, allDistricts, namesOfPeople } from '../store/roster.ts';

/** Names for the codes and employee numbers that results hold. */
export async function resultNames(h: Reader, results: Results, catalogue: Catalogue, locale: Locale): Promise<ResultNames> {
  const people = results.branches.flatMap((branch) => branch.members.map((member) => member.employee_no));
  return {
    locale,
    catalogue,
    branches: new Map((await allBranches(h)).map((branch) => [branch.code, branch.name])),
    districts: new Map((await allDistricts(h)).map((district) => [district.code, district.name])),
    people: await namesOfPeople(h, people),
  };
}
