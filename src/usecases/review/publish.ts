/** Publication, the notice and its end (R102, A45, A46, F12; design.md 12.12). */
import { today } from '../../domain/period.ts';
import { endNotice as end, publishResults as publish, type Review, type StepReason } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { openObjectionCount } from '../../store/objections.ts';
import { saveReview } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { findBranch } from '../../store/roster.ts';
import { subjectsOf } from '../../store/subjects.ts';
import type { Use } from '../../use.ts';
import { onCommittee } from '../access.ts';
import { sendToChats, sendToPeople, sendToScope } from '../notify.ts';
import { rulesOf } from '../versions.ts';

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
  if (!onCommittee(actor, review.branch)) return no('not_committee');
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
  const branch = await findBranch(tx, review.branch);
  const args = { review: review.id };
  const people = (await subjectsOf(tx, review.id)).map((subject) => subject.person);
  await sendToPeople(tx, people, { card: 'my_result', args }, { now, once: `result:${review.id}` });
  const present = (await dueList(tx, review.id)).filter((entry) => entry.removed === 0).map((entry) => entry.person);
  const everybody = [...new Set([...people, ...present])];
  await sendToScope(
    tx,
    'branch',
    review.branch,
    everybody,
    { card: 'results_branch', args },
    { now, once: `published:${review.id}` },
  );
  if (branch !== null)
    await sendToChats(
      tx,
      'district',
      branch.district,
      { card: 'results_district', args },
      { now, once: `published:${review.id}` },
    );
  return yes(saved);
}

/** Ends a notice whose days are over and in which no objection is open. @returns the review as it is now. */
export async function endNotice(tx: Writer, review: Review, now: number, date: string): Promise<Review> {
  const step = end(review, date);
  if (!step.ok || (await openObjectionCount(tx, review.id)) > 0) return review;
  await appendAudit(tx, { at: now, actor: 'system', act: 'results_final', object: review.id });
  return saveReview(tx, review, { ...step.value, finalAt: now });
}
