/** The dates of the scheme years, kept in memory: jobs ask for them at every look at the clock. */
import type { Dates, DatesOf } from '../../domain/dates.ts';
import { hashJson } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { newestSchemes } from '../../store/schemes.ts';
import { rulesOf } from '../versions.ts';

export interface YearDates {
  /** Of a year without a version the dates of the files. */
  of: DatesOf;
  /** Takes over what years have adopted since, by another process too. @returns whether anything changed */
  load(h: Reader): Promise<boolean>;
}

export function createYearDates(files: Dates): YearDates {
  let adopted: ReadonlyMap<number, Dates> = new Map();
  let code = '';
  return {
    of: (year) => adopted.get(year) ?? files,
    async load(h) {
      const rows = await newestSchemes(h);
      const now = hashJson(rows.map(({ year, rules }) => [year, rules]));
      if (now === code) return false;
      adopted = new Map(await Promise.all(rows.map(async ({ year, rules }) => [year, (await rulesOf(h, rules)).dates] as const)));
      code = now;
      return true;
    },
  };
}
