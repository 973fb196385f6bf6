/** What the work committee reports of a year (R128): stars, activities by area and cell, progress by quarter, branches that missed a step. */
import { type Distribution, distribution } from '../../domain/distribution.ts';
import { quartersOf } from '../../domain/missed-steps.ts';
import { inYear } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import { checklistTotals, type ItemTotal } from '../../domain/review-guest.ts';
import type { Reader } from '../../store/db.ts';
import { type UnitStatus, unitsStatus } from '../../store/leading-groups.ts';
import { checklistsOfYear } from '../../store/review-guests.ts';
import { levelsOfYear, outstandingOfYear } from '../../store/year-figures.ts';
import type { Use } from '../../use.ts';
import { type NetworkCounts, networkCounts } from '../network/counts.ts';
import { type BranchYear, yearFigures } from './figures.ts';

interface QuarterStars extends Pick<Distribution, 'graded' | 'levels'> {
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
  /** Quarters with a published review, with the stars of members, no names. */
  progress: readonly QuarterStars[];
  network: NetworkCounts;
  /** For the whole city only: units lie across districts. */
  units: readonly UnitStatus[] | null;
  guests: { lists: number; totals: readonly ItemTotal[] };
}
/** @param district its code, or null for the whole city */
export async function yearReport(
  h: Reader,
  use: Pick<Use, 'config' | 'years'>,
  year: number,
  district: string | null,
  now: number,
): Promise<YearReport> {
  const levels = await levelsOfYear(h, year, district);
  const outstanding = new Map((await outstandingOfYear(h, year, district)).map(({ period, n }) => [period, n]));
  const lists = await checklistsOfYear(h, year, district);
  const date = today(now, use.config.timezone);
  const last = inYear(year, '12-31');
  return {
    year,
    branches: await yearFigures(h, use, year, now, (branch) => district === null || branch.district === district),
    progress: quartersOf(year).flatMap((period) => {
      const of = levels.filter((row) => row.period === period);
      const people = of.flatMap(({ level, n }) => Array.from({ length: n }, () => level));
      const { graded, levels: counts, max, min, median } = distribution(people);
      if (max === null || min === null || median === null) return [];
      return [{ period, graded, levels: counts, max, min, median, outstanding: outstanding.get(period) ?? 0 }];
    }),
    network: await networkCounts(h, district, date < last ? date : last),
    units: district === null ? await unitsStatus(h, year) : null,
    guests: { lists: lists.length, totals: lists.length === 0 ? [] : checklistTotals(lists) },
  };
}
