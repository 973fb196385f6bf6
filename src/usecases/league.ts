/** The league of branches: figures of a period, points by the rules, movement against the period before (R128, design.md section 11). */
import { fraction, type Fraction } from '../domain/fraction.ts';
import { type LeagueEntry, type LeagueRow, leagueTable, ratio } from '../domain/league.ts';
import { periodRange, previousPeriod } from '../domain/period.ts';
import type { Review } from '../domain/review.ts';
import type { Rules } from '../domain/rules.ts';
import { activitiesByBranch } from '../store/activities.ts';
import type { Reader } from '../store/db.ts';
import { itemsOnSchedule } from '../store/commitments.ts';
import { monthsOnTime } from '../store/months.ts';
import { reviewFigures } from '../store/review-figures.ts';
import { allBranches, type Branch, branchesOfDistrict } from '../store/roster.ts';
import { checkRatesBetween } from '../store/weekly-checks.ts';

/** Only what has been published counts, so that a league never tells more than the notices did (F12). */
const PUBLISHED: readonly Review['state'][] = ['notice', 'final'];

async function entriesOf(h: Reader, period: string, branches: readonly Branch[]): Promise<LeagueEntry[]> {
  const figures = new Map((await reviewFigures(h, period)).map((row) => [row.branch, row]));
  const { from, to } = periodRange(period);
  const held = await activitiesByBranch(h, from, to);
  const checks = await checkRatesBetween(h, from, to);
  const items = await itemsOnSchedule(h, Number(period.slice(0, 4)), to);
  const months = await monthsOnTime(h, from.slice(0, 7), to.slice(0, 7));
  return branches.map(({ code }): LeagueEntry => {
    const figure = figures.get(code);
    const published = figure !== undefined && PUBLISHED.includes(figure.state);
    const meanStars: Fraction | null =
      published && figure.graded > 0 ? fraction(figure.stars ?? 0, figure.graded) : null;
    const turnout = published && figure.counts !== null ? ratio(figure.counts.cast, figure.counts.electors) : null;
    // Where nobody registers activities at all there is nothing to compare by.
    const activities = held.size === 0 ? null : fraction(held.get(code) ?? 0);
    return {
      branch: code,
      indicators: {
        weekly_check_rate: ratio(checks.get(code)?.answered ?? 0, checks.get(code)?.due ?? 0),
        monthly_on_time: ratio(months.get(code)?.filed ?? 0, months.get(code)?.due ?? 0),
        turnout,
        commitments_on_schedule: ratio(items.get(code)?.good ?? 0, items.get(code)?.due ?? 0),
        activities,
        mean_stars: meanStars,
      },
      unranked: figure === undefined ? 'no_review' : published ? null : 'not_tallied',
    };
  });
}

export interface League {
  period: string;
  /** Code, or null for the whole city. */
  district: string | null;
  rows: LeagueRow[];
}

/** Ranks the branches of a district among themselves, or of the whole city. */
export async function leagueOf(h: Reader, rules: Rules, period: string, district: string | null): Promise<League> {
  const branches = district === null ? await allBranches(h) : await branchesOfDistrict(h, district);
  const before = leagueTable(await entriesOf(h, previousPeriod(period), branches), new Map(), rules);
  const previous = new Map(before.map((row) => [row.branch, row.rank]));
  return { period, district, rows: leagueTable(await entriesOf(h, period, branches), previous, rules) };
}
