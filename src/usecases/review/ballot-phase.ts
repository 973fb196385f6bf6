/** The ballot from opening to tally (R94, A7, A13, A17, A52, A53; design.md 12.5 and 12.7). */
import { Temporal } from 'temporal-polyfill';
import { today } from '../../domain/period.ts';
import {
  closeBallot as close,
  type Counts,
  extendBallot as extend,
  reopenBallot as reopen,
  type Review,
  type StepReason,
  startBallot as start,
} from '../../domain/review.ts';
import { CATEGORIES } from '../../domain/marks.ts';
import type { RollElector, RollSubject } from '../../domain/roll.ts';
import { tally, type TallyInput, type TallySubject } from '../../domain/tally.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueCounts, putDue } from '../../store/due.ts';
import { countElectors, electorsOf, owedBallots } from '../../store/elector.ts';
import { excuseLeavers } from '../../store/elector-excuses.ts';
import { saveReview } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import { findBranch } from '../../store/roster.ts';
import { excusesOf, selfReviewsOf } from '../../store/self-reviews.ts';
import { putSheets } from '../../store/sheets.ts';
import type { Use } from '../../use.ts';
import { runsReview } from '../access.ts';
import { endOfHours } from '../message-hours.ts';
import { sendToPeople } from '../notify.ts';
import { closeUrn, openUrn, readUrn, reopenUrn, type UrnReading } from '../urn-lifecycle.ts';
import { catalogueOf, rulesOf } from '../versions.ts';
import { keepDueInStep } from './due-sync.ts';
import { quorumOf, rollNow } from './facts.ts';

export type BallotRefusal = StepReason | 'not_secretary' | 'nobody_to_rate';

/** End of a window: the close of message hours on the last of the working days that follow `from` (Unix ms, A52). */
async function windowEnd(use: Use, h: Reader, review: Review, from: number): Promise<number> {
  const rules = await rulesOf(h, review.rules);
  const date = use.calendar.addWorkdays(today(from, use.config.timezone), rules.ballot.late_window_working_days);
  return endOfHours(use.config.timezone, Temporal.PlainDate.from(date), rules.messages.to);
}

const frozen = (subjects: readonly RollSubject[]) =>
  subjects.map(({ person, graded, group }) => ({ person, graded, partyGroup: group }));
const roll = (electors: readonly RollElector[]) => electors.map(({ person, category }) => ({ person, category }));

/** Freezes the roll, makes the box and sends every elector a ballot. */
export async function startBallot(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<{ review: Review; electors: number }, BallotRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  // An import keeps the list in step; this catches a roster that changed in any other way.
  if (review.state === 'meeting') await keepDueInStep(tx, review, actor.employeeNo, { now });
  const step = start(review, await quorumOf(tx, review), await windowEnd(use, tx, review, now));
  if (!step.ok) return step;
  const branch = await findBranch(tx, review.branch);
  const { electors, subjects } = await rollNow(tx, review, branch?.unit ?? '', await rulesOf(tx, review.rules));
  if (subjects.length === 0) return no('nobody_to_rate');
  const saved = await saveReview(tx, review, step.value);
  await openUrn(tx, use.keys, {
    review: review.id,
    rollNo: saved.rollNo,
    electors: roll(electors),
    subjects: frozen(subjects),
  });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'ballot_opened',
    object: review.id,
    detail: { electors: electors.length, subjects: subjects.length, roll: saved.rollNo },
  });
  await sendBallots(
    tx,
    saved,
    electors.map((elector) => elector.person),
    now,
  );
  return yes({ review: saved, electors: electors.length });
}

const sendBallots = (tx: Writer, review: Review, people: readonly string[], now: number) =>
  sendToPeople(
    tx,
    people,
    { card: 'ballot', args: { review: review.id } },
    { now, once: `ballot:${review.id}:${review.rollNo}` },
  );

/** Adds another window to the end of the present one. `expected`: how many extensions the clicked card knew of; null for a typed word. */
export async function extendBallot(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  expected: number | null,
  now: number,
): Promise<Verdict<Review, BallotRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  const until = await windowEnd(use, tx, review, Math.max(now, review.ballotUntil ?? now));
  const step = extend(review, until, expected ?? review.extensions);
  if (!step.ok) return step;
  const saved = await saveReview(tx, review, step.value);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'ballot_extended',
    object: review.id,
    detail: { extensions: saved.extensions, until: saved.ballotUntil },
  });
  return yes(saved);
}

/** Representatives invited since the roll was frozen (A17): put back on the list, or new in the branch. Nobody else joins (F3). */
async function invitedSince(tx: Writer, review: Review): Promise<RollElector[]> {
  const branch = await findBranch(tx, review.branch);
  const rules = await rulesOf(tx, review.rules);
  const now = await rollNow(tx, review, branch?.unit ?? '', rules);
  const known = new Set((await electorsOf(tx, review.id)).map((elector) => elector.person));
  const invited = now.due.filter((entry) => entry.kind === 'representative' && !known.has(entry.person));
  await putDue(tx, review.id, invited);
  const people = new Set(invited.map((entry) => entry.person));
  return now.electors.filter((elector) => people.has(elector.person));
}

/** After a refused tally: those who voted stay voted, the others get a ballot again; representatives invited since then join. */
export async function reopenBallot(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<Review, BallotRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  const step = reopen(review, await windowEnd(use, tx, review, now));
  if (!step.ok) return step;
  const saved = await saveReview(tx, review, step.value);
  const added = await invitedSince(tx, review);
  await reopenUrn(tx, use.keys, {
    review: review.id,
    fromRoll: review.rollNo,
    toRoll: saved.rollNo,
    added: roll(added),
  });
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'ballot_reopened',
    object: review.id,
    detail: { roll: saved.rollNo, until: saved.ballotUntil, added: added.length },
  });
  await sendBallots(tx, saved, await owedBallots(tx, review.id), now);
  return yes(saved);
}

/** What is counted: the opened box, self-reviews, excuses and the roll. The same again for a recount. */
export async function tallyInput(h: Reader, review: Review, reading: UrnReading): Promise<TallyInput> {
  const catalogue = await catalogueOf(h, review.catalogue);
  const selfReviews = new Map((await selfReviewsOf(h, review.id)).map((self) => [self.person, self.marks]));
  const excused = new Set((await excusesOf(h, review.id)).map((excuse) => excuse.person));
  const counts = new Map((await countElectors(h, review.id)).map((row) => [row.category, row]));
  const ballots = Object.fromEntries(
    CATEGORIES.map((category) => {
      const { expected: electors = 0, voted = 0 } = counts.get(category) ?? {};
      // A ballot cannot be cast with a gap, so every ballot cast is valid; abstention is judged person by person (A10).
      return [category, { electors, cast: voted, valid: voted }];
    }),
  ) as TallyInput['ballots'];
  const subjects = reading.subjects.map(
    ({ subject, graded, rows, eligible }): TallySubject => ({
      subject,
      graded,
      rows,
      eligible,
      self: selfReviews.get(subject) ?? (excused.has(subject) ? 'excused' : 'missing'),
    }),
  );
  return {
    memberStars: catalogue.member.map((star) => star.key),
    branchStars: catalogue.branch.map((star) => star.key),
    subjects,
    ballots,
  };
}

/**
 * Closes the ballot and tallies in memory. `by` is an employee number, or `system` for the end of the window. A refused tally
 * leaves the box as it is, so that the ballot can be reopened; after a tally call `destroyWorkingKey` once this has committed.
 */
export async function closeBallot(
  tx: Writer,
  use: Use,
  by: string,
  review: Review,
  now: number,
): Promise<Verdict<Review, BallotRefusal>> {
  const step = close(review);
  if (!step.ok) return step;
  const binding = { review: review.id, rollNo: review.rollNo };
  const reading = await readUrn(tx, use.keys, binding);
  const { due, present } = await dueCounts(tx, review.id);
  const counts: Counts = { due, present, electors: reading.electors, cast: reading.cast, valid: reading.cast };
  await appendAudit(tx, { at: now, actor: by, act: 'ballot_closed', object: review.id, detail: { ...counts } });
  const closed = { closedBy: by, closedAt: now, counts };
  const result = tally(await tallyInput(tx, review, reading), await rulesOf(tx, review.rules));
  if (!result.ok) {
    await appendAudit(tx, {
      at: now,
      actor: 'system',
      act: 'tally_refused',
      object: review.id,
      detail: { why: result.reason },
    });
    return yes(await saveReview(tx, review, { ...closed, state: 'closed', refused: result.reason }));
  }
  await excuseLeavers(tx, review.id);
  await closeUrn(tx, use.keys, binding);
  const sheets = [
    ...result.value.members.map((sheet) => ({ person: sheet.employee_no, body: sheet })),
    { person: 'branch', body: result.value.branchFeedback },
  ];
  await putSheets(tx, review.id, sheets);
  await appendAudit(tx, {
    at: now,
    actor: 'system',
    act: 'tally_made',
    object: review.id,
    detail: { rules: review.rules },
  });
  return yes(await saveReview(tx, review, { ...closed, state: 'tallied', refused: null }));
}
