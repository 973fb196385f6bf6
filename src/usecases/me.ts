/** Everything the bot holds about a person that the person may see at any time (F8). */
import { today } from '../domain/period.ts';
import { inYear } from '../domain/dates.ts';
import { isRated } from '../domain/rating.ts';
import { type MemberSheet, memberSheetSchema } from '../domain/sheet.ts';
import { owedBy } from '../store/ballot-access.ts';
import type { Reader } from '../store/db.ts';
import { decisionsOf } from '../store/decisions.ts';
import { findDue } from '../store/due.ts';
import { reviewsConcerning } from '../store/reviews.ts';
import { type Actor, findBranch } from '../store/roster.ts';
import { selfReviewsFiled } from '../store/self-reviews.ts';
import { findSheet, viewsOf } from '../store/sheets.ts';
import { catalogueOf } from './versions.ts';
import type { Use } from '../use.ts';
import { type OwnWork, ownWork } from './commit/own.ts';
import { type OwnAttendance, ownAttendance } from './meeting/own.ts';
import { isOpenHearing } from './review/facts.ts';
import { deskView } from './review/opinion-desk.ts';
import { opinionPaper } from './review/opinion-paper.ts';
import { type YearStep, yearSteps } from './year/steps.ts';
import { type OwnPost, postOf } from './stars/person-stars.ts';

const REVIEWS_SHOWN = 4;
const VIEWS_SHOWN = 10;

export type Owed =
  | { kind: 'self_review'; review: string; period: string }
  | { kind: 'ballot'; review: string; period: string; branchName: string; until: number | null }
  | { kind: 'hearing'; review: string; until: number }
  | { kind: 'opinions'; review: string; period: string; by: string | null }
  | { kind: 'check'; week: string; until: number }
  | { kind: 'returned'; year: number }
  | { kind: 'commitment'; year: number; until: string }
  | { kind: 'opinion_form'; review: string; period: string; until: number | null }
  | YearStep;
export interface OwnResult {
  review: string;
  period: string;
  sheet: MemberSheet;
  stars: readonly { zh: string; en: string }[];
}
export interface MeView {
  name: string;
  branchName: string;
  status: Actor['status'];
  owed: readonly Owed[];
  results: readonly OwnResult[];
  work: OwnWork;
  /** Stars of my post this year; null: all are common (A39). */
  post: OwnPost | null;
  attendance: OwnAttendance;
  views: readonly { name: string; period: string; at: number }[];
}

export async function meView(h: Reader, use: Use, actor: Actor, now: number): Promise<MeView> {
  const owed: Owed[] = [];
  const results: OwnResult[] = [];
  for (const review of (await reviewsConcerning(h, actor.branch, actor.employeeNo)).slice(0, REVIEWS_SHOWN)) {
    if (review.state === 'preparing' || review.state === 'meeting' || review.state === 'balloting') {
      const due = await findDue(h, review.id, actor.employeeNo);
      const filed = await selfReviewsFiled(h, review.id);
      if (due !== null && isRated(due) && !filed.has(actor.employeeNo))
        owed.push({ kind: 'self_review', review: review.id, period: review.period });
    }
    if (review.state === 'tallied') {
      const hearing = (await decisionsOf(h, review.id)).find(
        (decision) => decision.person === actor.employeeNo && isOpenHearing(decision, now),
      );
      if (hearing !== undefined) owed.push({ kind: 'hearing', review: review.id, until: hearing.hearingUntil ?? 0 });
    }
    const paper = await opinionPaper(h, review.id, actor.employeeNo, now);
    if (paper?.status === 'form')
      owed.push({ kind: 'opinion_form', review: review.id, period: review.period, until: paper.until });
    const desk = await deskView(h, use, review.id, actor);
    if (desk?.state === 'grouping' && desk.mine.length > 0)
      owed.push({ kind: 'opinions', review: review.id, period: review.period, by: desk.forwardBy });
    const row = await findSheet(h, review.id, actor.employeeNo);
    if (row === null) continue;
    const sheet = memberSheetSchema.parse(JSON.parse(row.body));
    const names = new Map((await catalogueOf(h, review.catalogue)).member.map((star) => [star.key, star]));
    const stars = sheet.stars.flatMap((star) => {
      const named = names.get(star.key);
      return star.won && named !== undefined ? [{ zh: named.zh, en: named.en }] : [];
    });
    results.push({ review: review.id, period: review.period, sheet, stars });
  }
  for (const { review, period, branchName, until } of await owedBy(h, actor.employeeNo, now))
    owed.push({ kind: 'ballot', review, period, branchName, until });
  const work = await ownWork(h, actor.employeeNo, use.config.timezone, now);
  if (work.check !== null) owed.push({ kind: 'check', ...work.check });
  for (const { year, state } of work.commitments) if (state === 'returned') owed.push({ kind: 'returned', year });
  const writing = writingWindow(use, actor, work, today(now, use.config.timezone));
  if (writing !== null) owed.push({ kind: 'commitment', ...writing });
  owed.push(...(await yearSteps(h, use, actor, now)));
  const year = Number(today(now, use.config.timezone).slice(0, 4));
  const post = await postOf(h, use.years.of(year).catalogue, { branch: actor.branch, year }, actor.employeeNo);
  const branch = await findBranch(h, actor.branch);
  return {
    name: actor.name,
    branchName: branch?.name ?? '',
    status: actor.status,
    owed,
    results,
    work,
    post,
    attendance: await ownAttendance(h, actor.employeeNo, year),
    views: await viewsOf(h, actor.employeeNo, VIEWS_SHOWN),
  };
}

/** While members write their commitments (J4), for who has handed in none; they are voluntary (F19). */
function writingWindow(
  use: Use,
  { status }: Actor,
  { commitments }: OwnWork,
  date: string,
): { year: number; until: string } | null {
  const year = Number(date.slice(0, 4));
  const { drafting, approved_by: until } = use.years.dates(year).commitment;
  if (status === 'colleague' || date < inYear(year, drafting[0]) || date > inYear(year, until)) return null;
  const state = commitments.find((one) => one.year === year)?.state ?? 'draft';
  return state === 'draft' ? { year, until: inYear(year, drafting[1]) } : null;
}
