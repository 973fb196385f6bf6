/** The rules of the scheme years, kept in memory: jobs ask for their dates at every look at the clock. */
import { type DatesOf, yearOf } from '../../domain/dates.ts';
import { hashJson, type Rules } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { newestSchemes } from '../../store/schemes.ts';
import { rulesOf } from '../versions.ts';

export interface YearRules {
  /** Of a year without a version those of the files. */
  of(year: number): Rules;
  /** The rules of the year in which a date or a period lies. */
  at(date: string): Rules;
  dates: DatesOf;
  /** Takes over what years have adopted since, by another process too. @returns whether anything changed */
  load(h: Reader): Promise<boolean>;
}

export function createYearRules(files: Rules): YearRules {
  let adopted: ReadonlyMap<number, Rules> = new Map();
  let code = hashJson([]);
  const of = (year: number) => adopted.get(year) ?? files;
  return {
    of,
    at: (date) => of(yearOf(date)),
    dates: (year) => of(year).dates,
    async load(h) {
      const rows = await newestSchemes(h);
      const now = hashJson(rows.map(({ year, rules }) => [year, rules]));
      if (now === code) return false;
      adopted = new Map(
        await Promise.all(rows.map(async ({ year, rules }) => [year, await rulesOf(h, rules)] as const)),
      );
      code = now;
      return true;
    },
  };
}
