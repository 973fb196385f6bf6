import { add, compare, type Fraction, floor2, fraction, ZERO } from './fraction.ts';
import type { Rules } from './rules.ts';

/** What branches are compared by. Persons never are (F12). */
export const INDICATORS = [
  'weekly_check_rate',
  'monthly_on_time',
  'turnout',
  'commitments_on_schedule',
  'activities',
  'mean_stars',
] as const;
export type Indicator = (typeof INDICATORS)[number];

/**
 * One branch's figures, exact; null is not collected (yet). Rates are between 0 and 1 (`ratio`), `activities` is a number of
 * activities, `mean_stars` a mean level between 0 and 10.
 */
export type Indicators = Readonly<Record<Indicator, Fraction | null>>;

export type Unranked = 'no_review' | 'not_tallied' | 'no_figures';
export interface LeagueEntry {
  branch: string;
  indicators: Indicators;
  /** Why the branch has no rank, or null when it has one. */
  unranked: Unranked | null;
}

/** As `tenstar league --format json` prints it: rates in per cent, every number two decimals rounded down. */
export interface LeagueRow extends Readonly<Record<Indicator, string | null>> {
  rank: number | null;
  branch: string;
  points: string | null;
  /** Places gained since the previous period, negative for lost; null without a rank in both. */
  move: number | null;
  reason?: Unranked;
}

/** `done` of `of`, or null when there was nothing to do. */
export function ratio(done: number, of: number): Fraction | null {
  return of === 0 ? null : fraction(done, of);
}

/** An indicator as a share of its full points, 0 to 1. */
function shareOf(indicator: Indicator, value: Fraction, rules: Rules): Fraction {
  const full = indicator === 'activities' ? rules.league_activities_full : indicator === 'mean_stars' ? 10 : 1;
  const share = { n: value.n, d: value.d * BigInt(full) };
  return compare(share, fraction(1)) > 0 ? fraction(1) : share;
}

/** Points 0 to 100 by `rules.league`; what is not collected does not count, the other weights are scaled up. Null without a figure. */
export function leaguePoints(indicators: Indicators, rules: Rules): Fraction | null {
  let weight = 0;
  let sum = ZERO;
  for (const indicator of INDICATORS) {
    const value = indicators[indicator];
    if (value === null) continue;
    const share = shareOf(indicator, value, rules);
    weight += rules.league[indicator];
    sum = add(sum, { n: share.n * BigInt(rules.league[indicator]), d: share.d });
  }
  return weight === 0 ? null : { n: sum.n * 100n, d: sum.d * BigInt(weight) };
}

const PERCENT: ReadonlySet<Indicator> = new Set([
  'weekly_check_rate',
  'monthly_on_time',
  'turnout',
  'commitments_on_schedule',
]);
function shown(indicator: Indicator, value: Fraction | null): string | null {
  if (value === null) return null;
  return floor2(PERCENT.has(indicator) ? { n: value.n * 100n, d: value.d } : value);
}

/**
 * The table of one period, best first: standard competition ranking (1, 2, 2, 4) by exact points, branches of equal points and
 * the unranked ones in the order given.
 * @param previous rank of each branch in the period before, within the same scope
 */
export function leagueTable(
  entries: readonly LeagueEntry[],
  previous: ReadonlyMap<string, number | null>,
  rules: Rules,
): LeagueRow[] {
  const scored = entries.map((entry) => ({
    entry,
    points: entry.unranked === null ? leaguePoints(entry.indicators, rules) : null,
  }));
  const ranked = scored.flatMap(({ entry, points }) => (points === null ? [] : [{ entry, points }]));
  ranked.sort((a, b) => compare(b.points, a.points));
  const rows: LeagueRow[] = [];
  let rank = 1;
  ranked.forEach(({ entry, points }, i) => {
    const above = ranked[i - 1];
    if (above === undefined || compare(above.points, points) !== 0) rank = i + 1;
    rows.push(row(entry, rank, floor2(points), previous.get(entry.branch) ?? null));
  });
  for (const { entry, points } of scored) {
    if (points === null) rows.push({ ...row(entry, null, null, null), reason: entry.unranked ?? 'no_figures' });
  }
  return rows;
}

function row(
  { branch, indicators }: LeagueEntry,
  rank: number | null,
  points: string | null,
  before: number | null,
): LeagueRow {
  return {
    rank,
    branch,
    points,
    weekly_check_rate: shown('weekly_check_rate', indicators.weekly_check_rate),
    monthly_on_time: shown('monthly_on_time', indicators.monthly_on_time),
    turnout: shown('turnout', indicators.turnout),
    commitments_on_schedule: shown('commitments_on_schedule', indicators.commitments_on_schedule),
    activities: shown('activities', indicators.activities),
    mean_stars: shown('mean_stars', indicators.mean_stars),
    move: rank === null || before === null ? null : before - rank,
  };
}
