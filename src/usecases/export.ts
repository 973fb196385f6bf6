/** `/export`: which files somebody asks for, who may have them, and what is noted about it. */
import type { CardRef, FileRef } from '../card-ref.ts';
import { latestEndedQuarter, today } from '../domain/period.ts';
import { appendAudit } from '../store/audit.ts';
import type { Writer } from '../store/db.ts';
import { findReview, reviewOf } from '../store/reviews.ts';
import { type Actor, type Branch, findBranch } from '../store/roster.ts';
import { recordViewOfAll } from '../store/sheets.ts';
import { subjectsOf } from '../store/subjects.ts';
import type { Use } from '../use.ts';
import { seesScores } from './access.ts';
import {
  type ExportFile,
  filesOfDistrict,
  filesOfReview,
  isCounted,
  rightToBranch,
  rightToDistrict,
  SCORE_FILES,
} from './export-access.ts';
import { isPublished, newestReview, publishedReviews } from './published.ts';
import { askedBranch, askedDistrict } from './scope.ts';

export interface ExportWish {
  /** Canonical; null when none was typed: the newest there is. */
  period: string | null;
  /** Code of a branch or a district as typed; null for one's own part. */
  place: string | null;
}
export type ExportRefusal =
  | { reason: 'not_allowed_export' | 'export_place' | 'no_review' }
  | { reason: 'no_review_period' | 'export_nothing'; period: string }
  | { reason: 'export_not_counted' | 'not_published'; branch: string; period: string };
export interface ExportOrder {
  files: readonly FileRef[];
  names: readonly ExportFile[];
  /** What they are about, by code. */
  place: { branch: string } | { district: string } | 'city';
  period: string;
}
export type Ordered = { ok: true; order: ExportOrder } | ({ ok: false } & ExportRefusal);

/** The card that lists them. */
export const exportCardOf = ({ names, place, period }: ExportOrder): CardRef => ({
  card: 'export',
  args: { files: names.join(' '), period, ...(place === 'city' ? {} : place) },
});

/** Decides, and notes in the audit trail what leaves; the files themselves are made when they are sent. */
export async function orderExport(tx: Writer, use: Use, actor: Actor, wish: ExportWish, now: number): Promise<Ordered> {
  const { place } = wish;
  const own = await findBranch(tx, actor.branch);
  if (place === null) {
    if (own !== null && seesScores(actor, own)) return orderBranch(tx, use, actor, own, wish, now);
    const mine = await askedDistrict(tx, use, actor, undefined);
    return mine.ok
      ? orderDistrict(tx, use, actor, mine.district, wish, now)
      : { ok: false, reason: 'not_allowed_export' };
  }
  const branch = await askedBranch(tx, place);
  if (branch !== null) return orderBranch(tx, use, actor, branch, wish, now);
  const asked = await askedDistrict(tx, use, actor, place);
  return asked.ok ? orderDistrict(tx, use, actor, asked.district, wish, now) : { ok: false, reason: 'export_place' };
}

/** The files about a review, or about the league of a district (null: the city), from a button below them. */
export async function orderShown(
  tx: Writer,
  use: Use,
  actor: Actor,
  shown: { review: string } | { period: string; district: string | null },
  now: number,
): Promise<Ordered> {
  if ('period' in shown)
    return orderDistrict(tx, use, actor, shown.district, { period: shown.period, place: null }, now);
  const review = await findReview(tx, shown.review);
  const branch = review === null ? null : await findBranch(tx, review.branch);
  if (review === null || branch === null) return { ok: false, reason: 'no_review' };
  return orderBranch(tx, use, actor, branch, { period: review.period, place: null }, now);
}

async function orderBranch(
  tx: Writer,
  use: Use,
  actor: Actor,
  branch: Branch,
  { period }: ExportWish,
  now: number,
): Promise<Ordered> {
  const right = rightToBranch(use, actor, branch);
  if (right === null) return { ok: false, reason: 'not_allowed_export' };
  const review =
    period === null
      ? await newestReview(tx, branch.code, right === 'scores' ? isCounted : isPublished)
      : await reviewOf(tx, branch.code, period);
  if (review === null)
    return period === null ? { ok: false, reason: 'no_review' } : { ok: false, reason: 'no_review_period', period };
  const names = filesOfReview(right, review);
  if (names.length === 0)
    return {
      ok: false,
      reason: right === 'scores' ? 'export_not_counted' : 'not_published',
      branch: branch.name,
      period: review.period,
    };
  const scores = names.some((name) => SCORE_FILES.includes(name));
  if (scores) await recordViewOfAll(tx, review.id, actor.employeeNo, now);
  const people = (await subjectsOf(tx, review.id)).length;
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'exported',
    object: review.id,
    detail: { files: names.length, branches: 1, people, scores },
  });
  const files = names.map((file) => ({ file, args: { review: review.id } }));
  return { ok: true, order: { files, names, place: { branch: branch.code }, period: review.period } };
}

async function orderDistrict(
  tx: Writer,
  use: Use,
  actor: Actor,
  district: string | null,
  wish: ExportWish,
  now: number,
): Promise<Ordered> {
  const right = rightToDistrict(use, actor, district);
  if (right === null) return { ok: false, reason: 'not_allowed_export' };
  const period = wish.period ?? latestEndedQuarter(today(now, use.config.timezone));
  const reviews = await publishedReviews(tx, period, district);
  if (reviews.length === 0) return { ok: false, reason: 'export_nothing', period };
  const names = filesOfDistrict(right);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'exported',
    object: district ?? 'city',
    detail: { files: names.length, branches: reviews.length, period, scores: false },
  });
  const files = names.map((file) => ({ file, args: { period, ...(district === null ? {} : { district }) } }));
  return { ok: true, order: { files, names, place: district === null ? 'city' : { district }, period } };
}
