/** Which steps of the year a branch has missed by a date (R128, J21). Pure; nothing about persons. */
import { type DatesOf, inYear, QUARTERS, reviewsOver } from './dates.ts';
import { addDays } from './period.ts';
import type { ReviewState } from './review.ts';

export interface StepFigures {
  members: number;
  /** Sheets of members. */
  published: number;
  /** The branch's own commitments are published. */
  ownPublished: boolean;
  /** By period; null: not opened. */
  reviews: readonly { period: string; state: ReviewState | null }[];
  /** Closed months without a summary. */
  summariesMissing: number;
  minutesLate: number;
}
export type MissedStep =
  | { step: 'commitments' }
  | { step: 'branch_commitments' }
  | { step: 'review_not_opened'; period: string }
  | { step: 'review_not_published'; period: string }
  | { step: 'summaries'; n: number }
  | { step: 'minutes'; n: number };

/** Days after the last day of meetings by which the result is tallied, confirmed and published (J17, J18). */
const PUBLISH_DAYS = 10;

/** The four reviews of a year. */
export const quartersOf = (year: number): string[] => QUARTERS.map((_, i) => `${year}-Q${i + 1}`);
const PUBLISHED: readonly ReviewState[] = ['notice', 'final'];

/** @param date ISO date: nothing is missed before its day is over */
export function missedSteps(figures: StepFigures, year: number, date: string, datesOf: DatesOf): MissedStep[] {
  const missed: MissedStep[] = [];
  if (date > inYear(year, datesOf(year).commitment.meeting[1])) {
    // Commitments of members are voluntary (F19): the branch has missed the step when it has published none at all.
    if (figures.members > 0 && figures.published === 0) missed.push({ step: 'commitments' });
    if (!figures.ownPublished) missed.push({ step: 'branch_commitments' });
  }
  for (const { period, state } of figures.reviews) {
    const over = reviewsOver(datesOf, period);
    if (state === null && date > over) missed.push({ step: 'review_not_opened', period });
    if (state !== null && !PUBLISHED.includes(state) && date > addDays(over, PUBLISH_DAYS))
      missed.push({ step: 'review_not_published', period });
  }
  if (figures.summariesMissing > 0) missed.push({ step: 'summaries', n: figures.summariesMissing });
  if (figures.minutesLate > 0) missed.push({ step: 'minutes', n: figures.minutesLate });
  return missed;
}
