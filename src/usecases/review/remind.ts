/** Reminders: only to those who owe, by private message, without telling anyone who they are. */
import type { Review } from '../../domain/review.ts';
import type { Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { owedBallots } from '../../store/elector.ts';
import { selfReviewsFiled } from '../../store/self-reviews.ts';
import type { Use } from '../../use.ts';
import { sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';

export interface Reminded {
  people: number;
  /** Unix ms; later than `now` outside message hours (design.md 12.2). */
  at: number;
}

/** Reminds of a missing self-review before the ballot, and of a ballot not cast while it is open. `once` keeps a job from repeating itself. */
export async function remind(tx: Writer, use: Use, review: Review, now: number, once?: string): Promise<Reminded> {
  const rules = await rulesOf(tx, review.rules);
  const at = use.calendar.nextAllowedInstant(rules.messages, now);
  const options = { now, notBefore: at, ...(once === undefined ? {} : { once }) };
  const args = { review: review.id };
  if (review.state === 'balloting') {
    const owed = await owedBallots(tx, review.id);
    await sendToPeople(tx, owed, { card: 'ballot_reminder', args }, options);
    return { people: owed.length, at };
  }
  if (review.state !== 'preparing' && review.state !== 'meeting') return { people: 0, at };
  const filed = await selfReviewsFiled(tx, review.id);
  const owed = (await dueList(tx, review.id)).filter((entry) => entry.kind !== 'representative' && !filed.has(entry.person)).map((entry) => entry.person);
  await sendToPeople(tx, owed, { card: 'self_review_reminder', args }, options);
  return { people: owed.length, at };
}
