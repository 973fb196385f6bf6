/** What a published result shows to others: stars and levels, never scores (A45, F12; design.md 12.12). */
import { type Distribution, distribution } from '../domain/distribution.ts';
import type { Review } from '../domain/review.ts';
import type { Reader } from '../store/db.ts';
import { lastCorrectionAt } from '../store/objections.ts';
import { currentReview, findReview, reviewsOfBranch, reviewsOfPeriod } from '../store/reviews.ts';
import { branchesOfDistrict, findBranch } from '../store/roster.ts';
import { subjectsOf } from '../store/subjects.ts';
import type { PrintedVersion } from '../version-name.ts';
import { memberSheets } from './review/confirm.ts';
import { versionOfReview } from './scheme/version.ts';
import { catalogueOf } from './versions.ts';

export interface PublishedMember {
  name: string;
  level: number | null;
  /** Stars won, in catalogue order. */
  stars: readonly { zh: string; en: string; outstanding: boolean }[];
}
export interface PublishedResult {
  review: Review;
  version: PrintedVersion;
  branchCode: string;
  branchName: string;
  /** When it was last corrected after an objection, Unix ms; null when it never was. */
  correctedAt: number | null;
  members: readonly PublishedMember[];
  levels: Distribution;
  outstanding: number;
  starsWon: number;
  /** How many people won each star, in catalogue order. */
  starCounts: readonly { zh: string; en: string; won: number }[];
}

export const isPublished = (review: Review): boolean => review.state === 'notice' || review.state === 'final';

/** The branch's newest review with something to show; where there is none the one under way, so that the answer can say which is meant. */
export const newestReview = async (
  h: Reader,
  branch: string,
  shows: (review: Review) => boolean,
): Promise<Review | null> => (await reviewsOfBranch(h, branch)).find(shows) ?? currentReview(h, branch);

/** What has been published of a period in a district, or in the whole city with null; by branch code. */
export async function publishedReviews(h: Reader, period: string, district: string | null): Promise<Review[]> {
  const published = (await reviewsOfPeriod(h, period)).filter(isPublished);
  if (district === null) return published;
  const branches = new Set((await branchesOfDistrict(h, district)).map(({ code }) => code));
  return published.filter(({ branch }) => branches.has(branch));
}

/** Null before publication. */
export async function publishedResult(h: Reader, id: string): Promise<PublishedResult | null> {
  const review = await findReview(h, id);
  const branch = review && (await findBranch(h, review.branch));
  if (!review || !branch || !isPublished(review)) return null;
  const names = new Map((await subjectsOf(h, id)).map((subject) => [subject.person, subject.name]));
  const catalogue = await catalogueOf(h, review.catalogue);
  const sheets = (await memberSheets(h, id)).filter((sheet) => sheet.graded);
  const order = [...names.keys()];
  sheets.sort((a, b) => order.indexOf(a.employee_no) - order.indexOf(b.employee_no)); // A45: as in the roster
  const starOf = new Map(catalogue.member.map((star) => [star.key, star]));
  const members = sheets.map(
    (sheet): PublishedMember => ({
      name: names.get(sheet.employee_no) ?? '',
      level: sheet.level,
      stars: sheet.stars.flatMap((star) => {
        const named = starOf.get(star.key);
        return star.won && named !== undefined ? [{ zh: named.zh, en: named.en, outstanding: star.outstanding }] : [];
      }),
    }),
  );
  return {
    review,
    version: await versionOfReview(h, review),
    branchCode: branch.code,
    branchName: branch.name,
    correctedAt: await lastCorrectionAt(h, id),
    members,
    levels: distribution(sheets.map((sheet) => sheet.level)),
    outstanding: members.reduce((sum, member) => sum + member.stars.filter((star) => star.outstanding).length, 0),
    starsWon: members.reduce((sum, member) => sum + member.stars.length, 0),
    starCounts: catalogue.member.map((star) => ({
      zh: star.zh,
      en: star.en,
      won: sheets.filter((sheet) => sheet.stars.some((it) => it.key === star.key && it.won)).length,
    })),
  };
}

export interface Progress {
  period: string;
  max: number;
  min: number;
  median: string;
}
/** Most, fewest and median stars by quarter, oldest first (R110); published quarters only. */
export async function progressOf(h: Reader, branch: string, quarters: number): Promise<Progress[]> {
  const lines: Progress[] = [];
  for (const review of (await reviewsOfBranch(h, branch)).filter(isPublished).slice(0, quarters)) {
    const { max, min, median } = distribution((await memberSheets(h, review.id)).map((sheet) => sheet.level));
    if (max !== null && min !== null && median !== null) lines.unshift({ period: review.period, max, min, median });
  }
  return lines;
}
