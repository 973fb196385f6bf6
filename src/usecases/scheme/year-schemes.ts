/** What the scheme years are run by, kept in memory: jobs ask for their dates at every look at the clock, cards for their stars. */
import { type DatesOf, yearOf } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import { hashJson } from '../../domain/rules.ts';
import type { Scheme } from '../../domain/scheme.ts';
import type { Reader } from '../../store/db.ts';
import { newestSchemes, type SchemeVersion } from '../../store/schemes.ts';
import type { Use } from '../../use.ts';
import { catalogueOf, projectsOf, rulesOf } from '../versions.ts';

export interface YearSchemes {
  /** Of a year without a version what the files say. */
  of(year: number): Scheme;
  /** The same for the year in which a date or a period lies. */
  at(date: string): Scheme;
  dates: DatesOf;
  /** Takes over what years have adopted since, by another process too. @returns whether anything changed */
  load(h: Reader): Promise<boolean>;
}

/** What the year of `now` (Unix ms) is run by. */
export const schemeNow = ({ years, config }: Pick<Use, 'years' | 'config'>, now: number): Scheme =>
  years.at(today(now, config.timezone));

export const schemeOf = async (
  h: Reader,
  version: Pick<SchemeVersion, 'rules' | 'catalogue' | 'projects'>,
): Promise<Scheme> => ({
  rules: await rulesOf(h, version.rules),
  catalogue: await catalogueOf(h, version.catalogue),
  projects: await projectsOf(h, version.projects),
});

export function createYearSchemes(files: Scheme): YearSchemes {
  let adopted: ReadonlyMap<number, Scheme> = new Map();
  let code = hashJson([]);
  const of = (year: number) => adopted.get(year) ?? files;
  return {
    of,
    at: (date) => of(yearOf(date)),
    dates: (year) => of(year).rules.dates,
    async load(h) {
      const rows = await newestSchemes(h);
      const now = hashJson(rows.map(({ year, version }) => [year, version]));
      if (now === code) return false;
      adopted = new Map(await Promise.all(rows.map(async (row) => [row.year, await schemeOf(h, row)] as const)));
      code = now;
      return true;
    },
  };
}
