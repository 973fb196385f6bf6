/** The liaison officer's Monday digest: what is late, which branch needs a call; nothing about persons (F12). */
import { reviewsOver } from '../../domain/dates.ts';
import { comparePeriods, latestEndedQuarter, periodOf, periodRange, today } from '../../domain/period.ts';
import type { ReviewState } from '../../domain/review.ts';
import { activitiesByBranch } from '../../store/activities.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { latestGuidance, unreadBranches } from '../../store/guidance.ts';
import { lastClosedMonth, monthDueOf } from '../../store/months.ts';
import { reviewsOfPeriod } from '../../store/reviews.ts';
import { branchesOfDistrict, peopleWithRole } from '../../store/roster.ts';
import { lastEndedCheck } from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { districtRates } from '../commit/check-close.ts';
import { leagueOf } from '../league.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { type NetworkCounts, networkCounts } from './counts.ts';

const DONE: readonly ReviewState[] = ['notice', 'final'];

export interface BranchDigest {
  code: string;
  name: string;
  /** Null: the review is published, or not late yet. */
  review: ReviewState | 'not_opened' | null;
  guidanceUnread: boolean;
  /** The summary of the newest closed month is still not there. */
  summaryMissing: boolean;
  /** Of the newest week, in whole per cent, rounded down; null where nobody was due. */
  checkRate: number | null;
  /** Of the quarter, per cent with two decimals; null when not collected. */
  monthlyOnTime: string | null;
  activities: number;
}
export interface DistrictDigest {
  quarter: string;
  /** The newest weekly check that is over; null before the first. */
  week: string | null;
  /** The newest month that is closed. */
  month: string | null;
  branches: readonly BranchDigest[];
  /** Activities and visits, and what is missing of them (R36, J11). */
  network: NetworkCounts;
}

export async function districtDigest(h: Reader, use: Use, district: string, now: number): Promise<DistrictDigest> {
  const date = today(now, use.config.timezone);
  const quarter = periodOf('quarter', date);
  const reviewed = latestEndedQuarter(date);
  const { from, to } = periodRange(quarter);
  const branches = await branchesOfDistrict(h, district);
  const states = new Map((await reviewsOfPeriod(h, reviewed)).map((review) => [review.branch, review.state]));
  const guidance = await latestGuidance(h);
  const unread =
    guidance === null || comparePeriods(guidance.period, quarter) < 0
      ? new Set<string>()
      : new Set((await unreadBranches(h, guidance.id)).map((branch) => branch.code));
  const figures = new Map(
    (await leagueOf(h, use.years.at(quarter).rules, quarter, district)).rows.map((row) => [row.branch, row]),
  );
  const held = await activitiesByBranch(h, from, to);
  const reviewIsLate = date > reviewsOver(use.years.dates, reviewed);
  const round = await lastEndedCheck(h);
  const rates =
    round === null
      ? new Map<string, number | null>()
      : new Map((await districtRates(h, round.week, district)).map(({ code, rate }) => [code, rate]));
  const month = await lastClosedMonth(h);
  const owing = new Set(
    month === null ? [] : (await monthDueOf(h, month.month)).flatMap((due) => (due.filed ? [] : [due.branch])),
  );
  return {
    quarter,
    week: round?.week ?? null,
    month: month?.month ?? null,
    network: await networkCounts(h, district, date),
    branches: branches.map(({ code, name }): BranchDigest => {
      const state = states.get(code);
      const row = figures.get(code);
      return {
        code,
        name,
        review: state !== undefined && DONE.includes(state) ? null : reviewIsLate ? (state ?? 'not_opened') : null,
        guidanceUnread: unread.has(code),
        summaryMissing: owing.has(code),
        checkRate: rates.get(code) ?? null,
        monthlyOnTime: row?.monthly_on_time ?? null,
        activities: held.get(code) ?? 0,
      };
    }),
  };
}

/**
 * The one Monday message to the liaison officers of a district: what is late, and last week's rates (A48). Twice is harmless.
 * @param monday ISO date of the day it stands for; one week has one digest
 */
export async function sendDigest(tx: Writer, use: Use, district: string, monday: string, now: number): Promise<void> {
  const officers = (await peopleWithRole(tx, 'liaison', district)).map((person) => person.employeeNo);
  const once = `digest:${district}:${periodOf('week', monday)}`;
  await sendToPeople(
    tx,
    officers,
    { card: 'district_digest', args: { district } },
    { ...inMessageHours(use, now), once },
  );
}
