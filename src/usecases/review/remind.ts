/** Reminders: only to those who owe, by private message, without telling anyone who they are. */
import { isRated } from '../../domain/rating.ts';
import type { Review } from '../../domain/review.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { owedBallots } from '../../store/elector.ts';
import { excusesOf, selfReviewsFiled } from '../../store/self-reviews.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { takesForms } from './self-review.ts';

export interface Reminded {
  people: number;
  /** Unix ms; later than `now` outside message hours (design.md 12.2). */
  at: number;
}

/** Members without a self-review and without a recorded reason for it, in roster order. */
async function owedSelfReviews(h: Reader, review: string): Promise<string[]> {
  const filed = await selfReviewsFiled(h, review);
  const excused = new Set((await excusesOf(h, review)).map((excuse) => excuse.person));
  const members = (await dueList(h, review)).filter(isRated);
  return members.map((entry) => entry.person).filter((person) => !filed.has(person) && !excused.has(person));
}

async function send(
  tx: Writer,
  use: Use,
  people: readonly string[],
  card: 'ballot_reminder' | 'self_review_reminder',
  review: Review,
  now: number,
  once: string | undefined,
): Promise<Reminded> {
  const options = { ...inMessageHours(use, now), ...(once === undefined ? {} : { once }) };
  await sendToPeople(tx, people, { card, args: { review: review.id } }, options);
  return { people: people.length, at: use.calendar.nextAllowedInstant(use.rules.messages, now) };
}

/** Reminds of missing self-reviews for as long as they are taken. `once` keeps a job from repeating itself. */
export async function remindSelfReviews(
  tx: Writer,
  use: Use,
  review: Review,
  now: number,
  once?: string,
): Promise<Reminded> {
  const owed = takesForms(review) ? await owedSelfReviews(tx, review.id) : [];
  return send(tx, use, owed, 'self_review_reminder', review, now, once);
}

/** Reminds of ballots not cast while the window is open. */
export async function remindBallots(
  tx: Writer,
  use: Use,
  review: Review,
  now: number,
  once?: string,
): Promise<Reminded> {
  const open = review.state === 'balloting' && (review.ballotUntil ?? 0) > now;
  return send(tx, use, open ? await owedBallots(tx, review.id) : [], 'ballot_reminder', review, now, once);
}

/** What the secretary's word does: a missing self-review before the ballot, a ballot not cast while it is open. */
export const remind = (tx: Writer, use: Use, review: Review, now: number): Promise<Reminded> =>
  review.state === 'preparing' || review.state === 'meeting'
    ? remindSelfReviews(tx, use, review, now)
    : remindBallots(tx, use, review, now);
