/** The liaison officer's Monday digest: what is late, which branch needs a call; nothing about persons (F12). */
import { reviewsOver } from '../../domain/dates.ts';
import { comparePeriods, latestEndedQuarter, periodOf, periodRange, today } from '../../domain/period.ts';
import type { ReviewState } from '../../domain/review.ts';
import { activitiesByBranch, activitiesByScope } from '../../store/activities.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { latestGuidance, unreadBranches } from '../../store/guidance.ts';
import { reviewsOfPeriod } from '../../store/reviews.ts';
import { allDistricts, branchesOfDistrict, peopleWithRole } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { leagueOf } from '../league.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

const DONE: readonly ReviewState[] = ['notice', 'final'];

export interface BranchDigest {
  code: string;
  name: string;
  /** Null: the review is published, or not late yet. */
  review: ReviewState | 'not_opened' | null;
  guidanceUnread: boolean;
  /** Per cent with two decimals; null when not collected. */
  weeklyCheckRate: string | null;
  monthlyOnTime: string | null;
  activities: number;
}
export interface DistrictDigest {
  quarter: string;
  branches: readonly BranchDigest[];
  /** Held this quarter at district level and by groups (R36). */
  districtActivities: number;
  groupActivities: number;
}

export async function districtDigest(h: Reader, use: Use, district: string, now: number): Promise<DistrictDigest> {
  const date = today(now, use.config.timezone);
  const quarter = periodOf('quarter', date);
  const reviewed = latestEndedQuarter(date);
  const { from, to } = periodRange(quarter);
  const branches = await branchesOfDistrict(h, district);
  const states = new Map((await reviewsOfPeriod(h, reviewed)).map((review) => [review.branch, review.state]));
  const guidance = await latestGuidance(h);
  const unread = guidance === null || comparePeriods(guidance.period, quarter) < 0 ? new Set<string>() : new Set((await unreadBranches(h, guidance.id)).map((branch) => branch.code));
  const figures = new Map((await leagueOf(h, use.years.at(quarter).rules, quarter, district)).rows.map((row) => [row.branch, row]));
  const held = await activitiesByBranch(h, from, to);
  const reviewIsLate = date > reviewsOver(use.years.dates, reviewed);
  const groups = new Set(branches.flatMap((branch) => branch.group ?? []));
  const byGroup = await activitiesByScope(h, 'group', from, to);
  return {
    quarter,
    districtActivities: (await activitiesByScope(h, 'district', from, to)).get(district) ?? 0,
    groupActivities: [...byGroup].reduce((sum, [code, n]) => sum + (groups.has(code) ? n : 0), 0),
    branches: branches.map(({ code, name }): BranchDigest => {
      const state = states.get(code);
      const row = figures.get(code);
      return {
        code,
        name,
        review: state !== undefined && DONE.includes(state) ? null : reviewIsLate ? (state ?? 'not_opened') : null,
        guidanceUnread: unread.has(code),
        weeklyCheckRate: row?.weekly_check_rate ?? null,
        monthlyOnTime: row?.monthly_on_time ?? null,
        activities: held.get(code) ?? 0,
      };
    }),
  };
}

/** Sends the digest to the liaison officers of every district. @returns how many people get one */
export async function sendDigests(tx: Writer, use: Use, now: number): Promise<number> {
  const date = today(now, use.config.timezone);
  const options = inMessageHours(use, now);
  let sent = 0;
  for (const { code } of await allDistricts(tx)) {
    const officers = (await peopleWithRole(tx, 'liaison', code)).map((person) => person.employeeNo);
    await sendToPeople(tx, officers, { card: 'district_digest', args: { district: code } }, { ...options, once: `digest:${code}:${date}` });
    sent += officers.length;
  }
  return sent;
}
