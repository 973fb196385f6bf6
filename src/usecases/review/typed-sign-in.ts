/** A sign-in that was typed carries no review as a button does: it is about the meeting that is held. */
import type { Review } from '../../domain/review.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { invitedReviews, reviewsOfBranch } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { signInAsGuest } from './guests.ts';
import { signIn, type SignInRefusal } from './meeting.ts';

/** The meeting that is held, of several the one that has not come to the ballot yet. */
const held = (reviews: readonly Review[]): Review | undefined =>
  reviews.find(({ state }) => state === 'meeting') ?? reviews.find(({ state }) => state === 'balloting');

/** In the group of a branch its own meeting; elsewhere that of the person's branch, or one their branch is a guest of. */
async function meant(h: Reader, actor: Actor, place: string | null): Promise<Review | undefined> {
  const here = held(await reviewsOfBranch(h, place ?? actor.branch));
  const guests = place === null || place === actor.branch;
  return here ?? (guests ? held(await invitedReviews(h, actor.branch)) : undefined);
}

/** @param place the branch whose group it was typed in; null elsewhere */
export async function signInByWord(
  tx: Writer,
  actor: Actor,
  place: string | null,
  now: number,
): Promise<'ok' | 'none' | SignInRefusal> {
  const review = await meant(tx, actor, place);
  if (review === undefined) return 'none';
  if (review.branch === actor.branch) {
    const signed = await signIn(tx, actor, review, now);
    return signed.ok ? 'ok' : signed.reason;
  }
  const signed = await signInAsGuest(tx, actor, review.id);
  if (signed.ok) return 'ok';
  return signed.reason === 'again' ? 'again' : 'not_due';
}
