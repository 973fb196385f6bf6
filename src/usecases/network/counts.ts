/** Activities and visits counted at both levels, and what is missing of them (R35, R36, R69, J11). Nothing about persons. */
import { periodOf, periodRange, today } from '../../domain/period.ts';
import { DISTRICT_ACTIVITIES_A_YEAR } from '../../domain/activity.ts';
import { activitiesByScope, liveGroups, visitsByBranch } from '../../store/activities.ts';
import type { Reader } from '../../store/db.ts';
import { allBranches, allDistricts } from '../../store/roster.ts';
import type { Use } from '../../use.ts';

interface DistrictCount {
  code: string;
  name: string;
  /** Of the district itself, in the year. */
  held: number;
  planned: number;
  /** Of its groups, in the year. */
  byGroups: number;
}
export interface GroupCount {
  code: string;
  name: string;
  district: string;
  year: number;
  /** In the quarter of the day. */
  held: number;
  planned: number;
}
export interface NetworkCounts {
  year: number;
  quarter: string;
  minimum: number;
  districts: readonly DistrictCount[];
  groups: readonly GroupCount[];
  visits: { held: number; planned: number };
  /** Branches nobody has visited this year. */
  unvisited: readonly { code: string; name: string }[];
}

/** @param district its code, or null for the whole city @param date ISO date; the year and the quarter it lies in are counted */
export async function networkCounts(h: Reader, district: string | null, date: string): Promise<NetworkCounts> {
  const inScope = (code: string) => district === null || code === district;
  const year = periodRange(date.slice(0, 4));
  const quarter = periodOf('quarter', date);
  const { from, to } = periodRange(quarter);
  const groups = (await liveGroups(h)).filter((group) => inScope(group.district));
  const branches = (await allBranches(h)).filter((branch) => inScope(branch.district));
  const ofYear = {
    district: await activitiesByScope(h, 'district', year.from, year.to),
    group: await activitiesByScope(h, 'group', year.from, year.to),
  };
  const now = await activitiesByScope(h, 'group', from, to);
  const visits = await visitsByBranch(h, year.from, year.to);
  const sum = (ofBranch: 'held' | 'planned') =>
    branches.reduce((total, { code }) => total + (visits.get(code)?.[ofBranch] ?? 0), 0);
  return {
    year: Number(date.slice(0, 4)),
    quarter,
    minimum: DISTRICT_ACTIVITIES_A_YEAR,
    districts: (await allDistricts(h))
      .filter(({ code }) => inScope(code))
      .map(({ code, name }) => ({
        code,
        name,
        held: ofYear.district.get(code)?.held ?? 0,
        planned: ofYear.district.get(code)?.planned ?? 0,
        byGroups: groups
          .filter((group) => group.district === code)
          .reduce((total, group) => total + (ofYear.group.get(group.code)?.held ?? 0), 0),
      })),
    groups: groups.map(({ code, name, district: of }) => ({
      code,
      name,
      district: of,
      year: ofYear.group.get(code)?.held ?? 0,
      held: now.get(code)?.held ?? 0,
      planned: now.get(code)?.planned ?? 0,
    })),
    visits: { held: sum('held'), planned: sum('planned') },
    unvisited: branches
      .filter(({ code }) => (visits.get(code)?.held ?? 0) === 0)
      .map(({ code, name }) => ({ code, name })),
  };
}
export const networkNow = (h: Reader, use: Pick<Use, 'config'>, district: string | null, now: number) =>
  networkCounts(h, district, today(now, use.config.timezone));

/** Groups that have held nothing in the quarter yet; a plan is no activity, and is said with it. */
export const groupsWithout = ({ groups }: Pick<NetworkCounts, 'groups'>): GroupCount[] =>
  groups.filter((group) => group.held === 0);
