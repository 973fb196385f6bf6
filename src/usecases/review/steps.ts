/** The steps of a review by name, for the console's buttons and the words of `/review` alike. */
import type { Review } from '../../domain/review.ts';
import { AGENDA } from '../../domain/review.ts';
import type { Writer } from '../../store/db.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { destroyWorkingKey } from '../urn-lifecycle.ts';
import { runsReview } from '../access.ts';
import { type BallotRefusal, closeBallot, extendBallot, reopenBallot, startBallot } from './ballot-phase.ts';
import { quorumOf } from './facts.ts';
import { type MeetingRefusal, nextAgendaItem, startMeeting } from './meeting.ts';
import { destroyOpinionKey } from './opinions.ts';
import { publishResults } from './publish.ts';

export type StepName =
  | 'start_meeting'
  | 'agenda_next'
  | 'start_ballot'
  | 'extend_ballot'
  | 'close_ballot'
  | 'reopen_ballot'
  | 'publish_results';
export type StepRefusal = MeetingRefusal | BallotRefusal | 'not_committee';

/** What to tell the person: a text of `review.*` with its parameters. `until` is Unix ms. */
export type StepDone =
  | { key: 'meeting_done' }
  | { key: 'agenda_ticked'; item: (typeof AGENDA)[number] }
  | { key: 'ballot_started'; n: number }
  | { key: 'extended' | 'reopened'; until: number }
  | { key: 'closed_ok' }
  | { key: 'closed_refused'; why: NonNullable<Review['refused']> }
  | { key: 'published'; until: string };
export type StepResult =
  | { ok: true; done: StepDone }
  | { ok: false; reason: StepRefusal; quorum?: { due: number; present: number; missing: number } };

/** Takes one step. `expected`: the number of ticked agenda items, or of extensions, on the card that was clicked; null for a typed command. */
export async function takeStep(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  step: StepName,
  expected: number | null,
  now: number,
): Promise<StepResult> {
  switch (step) {
    case 'start_meeting': {
      const result = await startMeeting(tx, use, actor, review, now);
      return result.ok ? { ok: true, done: { key: 'meeting_done' } } : result;
    }
    case 'agenda_next': {
      const item = AGENDA[review.agendaDone];
      const result = await nextAgendaItem(tx, actor, review, expected, now);
      if (!result.ok) return result;
      return { ok: true, done: { key: 'agenda_ticked', item: item ?? 'mutual_appraisal' } };
    }
    case 'start_ballot': {
      const result = await startBallot(tx, use, actor, review, now);
      if (result.ok) return { ok: true, done: { key: 'ballot_started', n: result.value.electors } };
      return result.reason === 'quorum_missing' ? { ...result, quorum: await quorumOf(tx, review) } : result;
    }
    case 'extend_ballot': {
      const result = await extendBallot(tx, use, actor, review, expected, now);
      return result.ok ? { ok: true, done: { key: 'extended', until: result.value.ballotUntil ?? now } } : result;
    }
    case 'close_ballot': {
      if (!runsReview(actor, review.branch)) return { ok: false, reason: 'not_secretary' };
      const result = await closeBallot(tx, use, actor.employeeNo, review, now);
      if (!result.ok) return result;
      const { refused } = result.value;
      return { ok: true, done: refused === null ? { key: 'closed_ok' } : { key: 'closed_refused', why: refused } };
    }
    case 'reopen_ballot': {
      const result = await reopenBallot(tx, use, actor, review, now);
      return result.ok ? { ok: true, done: { key: 'reopened', until: result.value.ballotUntil ?? now } } : result;
    }
    case 'publish_results': {
      const result = await publishResults(tx, use, actor, review, now);
      return result.ok ? { ok: true, done: { key: 'published', until: result.value.noticeUntil ?? '' } } : result;
    }
  }
}

/** After the commit of a step: what must not happen inside a transaction. */
export async function afterStep(use: Use, review: string, result: StepResult): Promise<void> {
  if (result.ok && result.done.key === 'meeting_done') await destroyOpinionKey(use.db, use.keys, review);
  if (result.ok && result.done.key === 'closed_ok') {
    await destroyWorkingKey(use.db, use.keys, review);
    await use.db.checkpoint();
  }
}
