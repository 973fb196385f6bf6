/** What time alone brings about in a review: the end of a ballot window, of a hearing, of a notice. Every step is harmless when it is done twice. */
import { today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { endedHearings } from '../../store/decisions.ts';
import { findReview, reviewsInState } from '../../store/reviews.ts';
import type { Use } from '../../use.ts';
import { reviewRunnersOf } from '../access.ts';
import { sendStarBoard } from '../board/order.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { destroyWorkingKey } from '../urn-lifecycle.ts';
import { closeBallot } from './ballot-phase.ts';
import { endNotice } from './publish.ts';

const consoleOf = (review: string) => ({ card: 'console', args: { review } });
const windowOver = (review: Review, now: number): boolean =>
  review.state === 'balloting' && review.ballotUntil !== null && review.ballotUntil <= now;

/** Reviews whose ballot window is over while the ballot is still open. */
export async function ballotsOver(use: Use, now: number): Promise<string[]> {
  return (await reviewsInState(use.db.read, 'balloting'))
    .filter((review) => windowOver(review, now))
    .map((review) => review.id);
}

/**
 * Closes such a ballot and tells those who run the review. @returns false when it was extended or closed in the meantime.
 * @throws {TenstarError} `seal_broken`, `key_missing`; then it stays open, but takes no ballot any more
 */
export async function closeBallotOver(use: Use, id: string, now: number): Promise<boolean> {
  const closed = await use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review === null || !windowOver(review, now)) return null;
    const result = await closeBallot(tx, use, 'system', review, now);
    if (!result.ok) return null;
    const options = { ...inMessageHours(use, now), once: `closed:${id}:${review.rollNo}` };
    await sendToPeople(tx, await reviewRunnersOf(tx, review.branch), consoleOf(id), options);
    return result.value;
  });
  if (closed === null) return false;
  if (closed.refused === null) {
    await destroyWorkingKey(use.db, use.keys, id);
    await use.db.checkpoint();
  }
  return true;
}

/** Reviews whose notice had its last day before today. */
export async function noticesOver(use: Use, now: number): Promise<string[]> {
  const date = today(now, use.config.timezone);
  return (await reviewsInState(use.db.read, 'notice'))
    .filter((review) => review.noticeUntil !== null && review.noticeUntil < date)
    .map((review) => review.id);
}

/** Makes such a review final and tells those who run it. @returns false while an objection, an appeal or a correction keeps it from being final. */
export function closeNotice(use: Use, id: string, now: number): Promise<boolean> {
  return use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review?.state !== 'notice') return false;
    const ended = await endNotice(tx, use, review, now);
    if (ended.state !== 'final') return false;
    const hours = inMessageHours(use, now);
    await sendToPeople(tx, await reviewRunnersOf(tx, review.branch), consoleOf(id), { ...hours, once: `final:${id}` });
    await sendStarBoard(tx, review, hours);
    return true;
  });
}

/** Hearings whose days are over, so that the committee may decide (F9). */
export const hearingsOver = (use: Use, now: number) => endedHearings(use.db.read, now);

/** Tells those who run the review that the results can be confirmed; once a hearing. */
export async function tellHearingOver(
  use: Use,
  { review, branch, person, until }: Awaited<ReturnType<typeof hearingsOver>>[number],
  now: number,
): Promise<void> {
  const options = { ...inMessageHours(use, now), once: `hearing-over:${review}:${person}:${until}` };
  await use.db.write(async (tx) => sendToPeople(tx, await reviewRunnersOf(tx, branch), consoleOf(review), options));
}
