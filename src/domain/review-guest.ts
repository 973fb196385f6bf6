/** Guests of the four-mutual group at a review: they attend, listen and speak; a checklist of the process, no marks (R70, R71, A18). */
import { z } from 'zod';
import { type ChecklistOf, itemTotals, type TotalOf } from './checklist.ts';
import type { ReviewState } from './review.ts';

export const REVIEW_GUEST_ITEMS = [
  'notice',
  'attendance',
  'secretary_report',
  'self_reviews',
  'mutual_appraisal',
  'ballot_alone',
] as const;
export type ReviewGuestItem = (typeof REVIEW_GUEST_ITEMS)[number];
export type ReviewChecklist = ChecklistOf<ReviewGuestItem>;
export const reviewChecklistSchema = z.record(z.enum(REVIEW_GUEST_ITEMS), z.boolean());

/** Says whether it comes while the meeting is to be. */
export const guestMayAnswer = (state: ReviewState): boolean => state === 'preparing';
/** On the spot. */
export const guestMaySignIn = (state: ReviewState): boolean => state === 'meeting' || state === 'balloting';
/** From the beginning of the meeting until the results are published. */
export const guestMayCheck = (state: ReviewState): boolean =>
  guestMaySignIn(state) || state === 'closed' || state === 'tallied' || state === 'confirmed';

export type ItemTotal = TotalOf<ReviewGuestItem>;
export const checklistTotals = (lists: readonly ReviewChecklist[]): ItemTotal[] =>
  itemTotals(REVIEW_GUEST_ITEMS, lists);
