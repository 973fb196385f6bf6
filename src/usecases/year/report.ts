/** What the work committee reports of a year (R128): stars, activities by area and cell, progress by quarter, branches that missed a step. */
import { type CapWarning, capWarning, type Distribution, distribution } from '../../domain/distribution.ts';
import { quartersOf } from '../../domain/missed-steps.ts';
import { inYear } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import { checklistTotals, type ItemTotal } from '../../domain/review-guest.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { type UnitStatus, unitsStatus } from '../../store/leading-groups.ts';
import { checklistsOfYear } from '../../store/review-guests.ts';
import { type CityPart, levelsOfYear, outstandingOfYear } from '../../store/year-figures.ts';
import type { Use } from '../../use.ts';
import { type NetworkCounts, networkCounts } from '../network/counts.ts';
import { type BranchYear, yearFigures } from './figures.ts';

export interface QuarterStars extends Pick<Distribution, 'graded' | 'levels'> {
  period: string;
  max: number;
  min: number;
  /** Two decimals. */
  median: string;
  /** Outstanding stars. */
  outstanding: number;
}
export interface YearReport {
  year: number;
  branches: readonly BranchYear[];
  progress: readonly QuarterStars[];
  /** Quarters in which more members than usual have many stars (A36). */
  high: readonly (CapWarning & { period: string })[];
  network: NetworkCounts;
  /** For the whole city only: units lie across districts. */
  units: readonly UnitStatus[] | null;
  guests: GuestTotals;
}
export interface GuestTotals {
  lists: number;
  totals: readonly ItemTotal[];
}

/** Quarters with a published review in this part of the city, with the stars of members, no names. */
export async function starProgress(h: Reader, year: number, part: CityPart): Promise<QuarterStars[]> {
  const levels = await levelsOfYear(h, year, part);
  const outstanding = new Map((await outstandingOfYear(h, year, part)).map(({ period, n }) => [period, n]));
  return quartersOf(year).flatMap((period) => {
    const of = levels.filter((row) => row.period === period);
    const people = of.flatMap(({ level, n }) => Array.from({ length: n }, () => level));
    const { graded, levels: counts, max, min, median } = distribution(people);
    if (max === null || min === null || median === null) return [];
    return [{ period, graded, levels: counts, max, min, median, outstanding: outstanding.get(period) ?? 0 }];
  });
}
/** A warning for every quarter that deserves one; a share, never a limit (A36). */
export const highShares = (progress: readonly QuarterStars[], rules: Rules): YearReport['high'] =>
  progress.flatMap(({ period, levels }) => {
    const people = levels.flatMap((n, level) => Array.from({ length: n }, () => level));
    const warning = capWarning('member_high_share', people, rules);
    return warning === null ? [] : [{ ...warning, period }];
  });
/** What guests of the group saw of the reviews of a year, added up. */
export async function guestTotals(h: Reader, year: number, part: CityPart): Promise<GuestTotals> {
  const lists = await checklistsOfYear(h, year, part);
  return { lists: lists.length, totals: lists.length === 0 ? [] : checklistTotals(lists) };
}
/** @param district its code, or null for the whole city */
export async function yearReport(
  h: Reader,
  use: Pick<Use, 'config' | 'years'>,
  year: number,
  district: string | null,
  now: number,
): Promise<YearReport> {
  const part = { district, branch: null };
  const date = today(now, use.config.timezone);
  const last = inYear(year, '12-31');
  const progress = await starProgress(h, year, part);
  return {
    year,
    branches: await yearFigures(h, use, year, now, (branch) => district === null || branch.district === district),
    progress,
    high: highShares(progress, use.years.of(year).rules),
    network: await networkCounts(h, district, date < last ? date : last),
    units: district === null ? await unitsStatus(h, year) : null,
    guests: await guestTotals(h, year, part),
  };
}
