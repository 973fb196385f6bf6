/** The year of each branch in numbers, as `/status`, the half-year look, the report and `/export year` show it. Nothing about persons. */
import type { CommitmentState } from '../../domain/commitment.ts';
import { type MissedStep, missedSteps, quartersOf } from '../../domain/missed-steps.ts';
import { periodRange, today } from '../../domain/period.ts';
import type { ReviewState } from '../../domain/review.ts';
import { activitiesByBranch, visitsByBranch } from '../../store/activities.ts';
import { itemsOnSchedule } from '../../store/commitments.ts';
import type { Reader } from '../../store/db.ts';
import { allBranches, type Branch } from '../../store/roster.ts';
import { checkRatesBetween } from '../../store/weekly-checks.ts';
import {
  meetingsByBranch,
  membersByBranch,
  reviewsOfYear,
  sheetsByBranch,
  summariesByBranch,
  tasksByBranch,
} from '../../store/year-figures.ts';
import type { Use } from '../../use.ts';

export interface BranchYear {
  code: string;
  name: string;
  district: string;
  group: string | null;
  /** Full and probationary members. */
  members: number;
  sheets: { published: number; approved: number; submitted: number; writing: number };
  /** The branch's own commitments; null: not begun. */
  own: CommitmentState | null;
  /** Commitments due by now, and those done or on track. */
  items: { due: number; good: number };
  tasks: { open: number; done: number; overdue: number };
  checks: { due: number; answered: number };
  summaries: { due: number; onTime: number; missing: number };
  /** `due` and `present`: added up over the meetings held. */
  meetings: { held: number; minutesLate: number; due: number; present: number };
  activities: number;
  visits: number;
  /** Null: not opened. */
  reviews: readonly { period: string; state: ReviewState | null }[];
  missed: readonly MissedStep[];
}

/** @param wanted which branches; all that stand in the roster when absent */
export async function yearFigures(
  h: Reader,
  use: Pick<Use, 'config' | 'years'>,
  year: number,
  now: number,
  wanted: (branch: Branch) => boolean = () => true,
): Promise<BranchYear[]> {
  const branches = (await allBranches(h)).filter(wanted);
  const { from, to } = periodRange(String(year));
  const date = today(now, use.config.timezone);
  const until = date < to ? date : to;
  const members = await membersByBranch(h);
  const sheets = await sheetsByBranch(h, year);
  const tasks = await tasksByBranch(h, year, date);
  const items = await itemsOnSchedule(h, year, until);
  const checks = await checkRatesBetween(h, from, to);
  const summaries = await summariesByBranch(h, year);
  const meetings = await meetingsByBranch(h, year, date);
  const activities = await activitiesByBranch(h, from, to);
  const visits = await visitsByBranch(h, from, to);
  const states = new Map(
    (await reviewsOfYear(h, year)).map(({ branch, period, state }) => [`${branch} ${period}`, state]),
  );
  return branches.map(({ code, name, district, group }): BranchYear => {
    const sheet = sheets.get(code);
    const summary = summaries.get(code);
    const meeting = meetings.get(code);
    const check = checks.get(code);
    const task = tasks.get(code);
    const figures = {
      members: members.get(code) ?? 0,
      reviews: quartersOf(year).map((period) => ({ period, state: states.get(`${code} ${period}`) ?? null })),
      summaries: {
        due: summary?.due ?? 0,
        onTime: summary?.onTime ?? 0,
        missing: (summary?.due ?? 0) - (summary?.filed ?? 0),
      },
      meetings: {
        held: meeting?.held ?? 0,
        minutesLate: meeting?.late ?? 0,
        due: meeting?.due ?? 0,
        present: meeting?.present ?? 0,
      },
    };
    const missed = missedSteps(
      {
        members: figures.members,
        published: sheet?.published ?? 0,
        ownPublished: sheet?.own === 'published',
        reviews: figures.reviews,
        summariesMissing: figures.summaries.missing,
        minutesLate: figures.meetings.minutesLate,
      },
      year,
      date,
      use.years.dates,
    );
    return {
      code,
      name,
      district,
      group,
      ...figures,
      sheets: {
        published: sheet?.published ?? 0,
        approved: sheet?.approved ?? 0,
        submitted: sheet?.submitted ?? 0,
        writing: sheet?.writing ?? 0,
      },
      own: sheet?.own ?? null,
      items: { due: items.get(code)?.due ?? 0, good: items.get(code)?.good ?? 0 },
      tasks: { open: task?.open ?? 0, done: task?.done ?? 0, overdue: task?.overdue ?? 0 },
      checks: { due: check?.due ?? 0, answered: check?.answered ?? 0 },
      activities: activities.get(code) ?? 0,
      visits: visits.get(code)?.held ?? 0,
      missed,
    };
  });
}

export interface YearTotals {
  branches: number;
  members: number;
  published: number;
  ownPublished: number;
  items: { due: number; good: number };
  checks: { due: number; answered: number };
  summaries: { due: number; onTime: number };
  meetings: { held: number; minutesLate: number };
  /** By quarter: how many reviews stand in each state; those not opened are what is left. */
  reviews: readonly { period: string; states: ReadonlyMap<ReviewState, number>; notOpened: number }[];
  /** Branches that have missed a step. */
  behind: number;
}
export function totalsOf(rows: readonly BranchYear[], year: number): YearTotals {
  const sum = (pick: (row: BranchYear) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return {
    branches: rows.length,
    members: sum((row) => row.members),
    published: sum((row) => row.sheets.published),
    ownPublished: rows.filter((row) => row.own === 'published').length,
    items: { due: sum((row) => row.items.due), good: sum((row) => row.items.good) },
    checks: { due: sum((row) => row.checks.due), answered: sum((row) => row.checks.answered) },
    summaries: { due: sum((row) => row.summaries.due), onTime: sum((row) => row.summaries.onTime) },
    meetings: { held: sum((row) => row.meetings.held), minutesLate: sum((row) => row.meetings.minutesLate) },
    reviews: quartersOf(year).map((period, i) => {
      const states = new Map<ReviewState, number>();
      for (const { reviews } of rows) {
        const state = reviews[i]?.state ?? null;
        if (state !== null) states.set(state, (states.get(state) ?? 0) + 1);
      }
      return { period, states, notOpened: rows.length - [...states.values()].reduce((a, b) => a + b, 0) };
    }),
    behind: rows.filter((row) => row.missed.length > 0).length,
  };
}

/** Whole per cent, rounded down; null where nothing was due. */
export const percent = (part: number, of: number): number | null => (of === 0 ? null : Math.floor((part * 100) / of));
