/** The meeting: it begins, people sign in, the order of proceedings is ticked off (R89–R94, A13). */
import { startMeeting as begin, type Quorum, type Review, type StepReason, tickAgenda } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { dueList, findDue, setPresent } from '../../store/due.ts';
import { saveReview } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { reviewRunnersOf, runsReview } from '../access.ts';
import { sendToPeople, sendToScope } from '../notify.ts';
import { quorumOf } from './facts.ts';
import { greetGuests } from './guests.ts';
import { closeOpinions } from './opinions.ts';

export type MeetingRefusal = StepReason | 'not_secretary';

/** Opens the meeting; opinions are taken no longer (J14), and guests of the group may sign in (R70). */
export async function startMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<Review, MeetingRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  const step = begin(review);
  if (!step.ok) return step;
  const saved = await saveReview(tx, review, step.value);
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'meeting_started', object: review.id });
  await closeOpinions(tx, use, saved, now);
  const card = { card: 'sign_in', args: { review: review.id } };
  await greetGuests(tx, saved, now);
  const due = (await dueList(tx, review.id)).filter((entry) => entry.exempt === null && entry.removed === 0);
  await sendToScope(
    tx,
    'branch',
    review.branch,
    due.map((entry) => entry.person),
    card,
    { now, once: `sign-in:${review.id}` },
  );
  return yes(saved);
}

/** Ticks the next item. `expected`: how many were ticked on the card that was clicked; null ticks whatever is next. */
export async function nextAgendaItem(
  tx: Writer,
  actor: Actor,
  review: Review,
  expected: number | null,
  now: number,
): Promise<Verdict<Review, MeetingRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  const step = tickAgenda(review, expected ?? review.agendaDone);
  if (!step.ok) return step;
  const saved = await saveReview(tx, review, step.value);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'agenda_ticked',
    object: review.id,
    detail: { items: saved.agendaDone },
  });
  return yes(saved);
}

export type SignInRefusal = 'not_due' | 'exempt' | 'again' | 'closed';

/** Signs a person in who is due. The first to complete the quorum lets whoever runs the review know. */
export async function signIn(
  tx: Writer,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<Quorum, SignInRefusal>> {
  const entry = await findDue(tx, review.id, actor.employeeNo);
  if (entry === null || entry.removed === 1) return no('not_due');
  if (review.state !== 'meeting' && review.state !== 'balloting') return no('closed');
  if (entry.exempt !== null) return no('exempt');
  if (!(await setPresent(tx, review.id, actor.employeeNo))) return no('again');
  const quorum = await quorumOf(tx, review);
  if (quorum.missing === 0 && review.state === 'meeting') {
    const card = { card: 'console', args: { review: review.id } };
    await sendToPeople(tx, await reviewRunnersOf(tx, review.branch), card, { now, once: `quorum:${review.id}` });
  }
  return yes(quorum);
}
