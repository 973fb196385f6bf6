/** A league as it is shown on a card and on a page: branches only, never persons (F12). */
import { yearOf } from '../domain/dates.ts';
import type { LeagueRow } from '../domain/league.ts';
import type { Reader } from '../store/db.ts';
import { allBranches, findDistrict } from '../store/roster.ts';
import type { Use } from '../use.ts';
import type { PrintedVersion } from '../version-name.ts';
import { leagueOf } from './league.ts';
import { versionOfYear } from './scheme/version.ts';

export interface LeagueView {
  period: string;
  /** Code; null for the whole city. */
  district: string | null;
  districtName: string | null;
  rows: readonly LeagueRow[];
  version: PrintedVersion;
  /** By code. */
  names: ReadonlyMap<string, string>;
}

export async function leagueView(
  h: Reader,
  use: Pick<Use, 'years'>,
  period: string,
  district: string | null,
): Promise<LeagueView> {
  const { rows } = await leagueOf(h, use.years.at(period).rules, period, district);
  return {
    period,
    district,
    districtName: district === null ? null : ((await findDistrict(h, district))?.name ?? district),
    rows,
    version: await versionOfYear(h, use, yearOf(period)),
    names: new Map((await allBranches(h)).map((branch) => [branch.code, branch.name])),
  };
}
