/** Publication, the notice and its end, and publication again after a correction (R102, A45, A46, F12; design.md 12.12). */
import { isWaiting } from '../../domain/objection.ts';
import { today } from '../../domain/period.ts';
import { endNotice as end, publishResults as publish, type Review, type StepReason } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import type { Objection } from '../../store/objections.ts';
import { saveReview } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { findBranch } from '../../store/roster.ts';
import { subjectsOf } from '../../store/subjects.ts';
import type { Use } from '../../use.ts';
import { decidesReview } from '../access.ts';
import { sendStarBoard } from '../board/order.ts';
import { inMessageHours, type SendOptions, sendToChats, sendToPeople, sendToScope } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { waitingOf } from './objection-wait.ts';

/** The last day of a notice that begins on the day after posting (A46). */
export async function noticeEnd(use: Use, h: Reader, review: Review, now: number): Promise<string> {
  const rules = await rulesOf(h, review.rules);
  return use.calendar.addWorkdays(today(now, use.config.timezone), rules.publicity.working_days);
}

/** Own results to each person, names and stars to the branch chat, totals without names to the district chat. */
export async function publishResults(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<Review, StepReason | 'not_committee'>> {
  if (!decidesReview(actor, review.branch)) return no('not_committee');
  const step = publish(review, await noticeEnd(use, tx, review, now));
  if (!step.ok) return step;
  const saved = await saveReview(tx, review, { ...step.value, publishedAt: now });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'results_published',
    object: review.id,
    detail: { until: saved.noticeUntil },
  });
  const people = await ratedIn(tx, review);
  await sendToPeople(
    tx,
    people,
    { card: 'my_result', args: { review: review.id } },
    { now, once: `result:${review.id}` },
  );
  await sendPublished(tx, review, people, { now, once: `published:${review.id}` });
  return yes(saved);
}
const ratedIn = async (h: Reader, { id }: Review): Promise<string[]> =>
  (await subjectsOf(h, id)).map((subject) => subject.person);

/** Names and stars to the branch, totals without names to the district. */
async function sendPublished(
  tx: Writer,
  review: Review,
  rated: readonly string[],
  options: SendOptions,
): Promise<void> {
  const args = { review: review.id };
  const present = (await dueList(tx, review.id)).filter((entry) => entry.removed === 0).map((entry) => entry.person);
  const everybody = [...new Set([...rated, ...present])];
  await sendToScope(tx, 'branch', review.branch, everybody, { card: 'results_branch', args }, options);
  const branch = await findBranch(tx, review.branch);
  if (branch !== null) await sendToChats(tx, 'district', branch.district, { card: 'results_district', args }, options);
}

/**
 * After an upheld objection was settled: the person hears what came of it; where stars changed, everybody who saw the result before
 * sees the corrected one, which says that it is corrected and not whose. Others did not click, so it keeps message hours.
 */
export async function republish(
  tx: Writer,
  use: Use,
  review: Review,
  { id, person }: Objection,
  changed: boolean,
  now: number,
): Promise<void> {
  const hours = inMessageHours(use, now);
  const once = `settled:${id}`;
  await sendToPeople(tx, [person], { card: 'objection_answer', args: { objection: id } }, { ...hours, once });
  if (!changed) return;
  const again = { ...hours, once: `corrected:${id}` };
  await sendToPeople(tx, [person], { card: 'my_result', args: { review: review.id } }, again);
  await sendPublished(tx, review, await ratedIn(tx, review), again);
  if (review.state === 'final') await sendStarBoard(tx, review, hours, id);
}

/**
 * Ends a notice whose days are over when no objection is open, every upheld one is settled, and nobody whose objection was rejected
 * may still appeal (A46). @returns the review as it is now.
 */
export async function endNotice(tx: Writer, use: Use, review: Review, now: number): Promise<Review> {
  const step = end(review, today(now, use.config.timezone));
  if (!step.ok || isWaiting(await waitingOf(tx, use, review, now))) return review;
  await appendAudit(tx, { at: now, actor: 'system', act: 'results_final', object: review.id });
  return saveReview(tx, review, { ...step.value, finalAt: now });
}
