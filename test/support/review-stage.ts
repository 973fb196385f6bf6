/** A branch's review brought to any stage, on the bot without a network: what jobs find when their time comes. */
import { z } from 'zod';
import type { Mark } from '../../src/domain/marks.ts';
import type { Review } from '../../src/domain/review.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { findReview } from '../../src/store/reviews.ts';
import { putSelfReview } from '../../src/store/self-reviews.ts';
import { subjectsOf } from '../../src/store/subjects.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { fill } from './ballot-world.ts';
import { type BranchSpec, type OpinionWorld, opinionWorld } from './opinion-world.ts';

export type Stage = OpinionWorld & { r: string };

/** A world whose ballots go by its clock, with an open review. */
export async function stage(spec: BranchSpec = {}): Promise<Stage> {
  const world = await opinionWorld(spec);
  const { use } = world;
  use.caster = createBallotCaster({ db: use.db, keys: use.keys, now: () => world.clock.now });
  return { ...world, r: await world.open() };
}

export async function review({ use, r }: Stage): Promise<Review> {
  const found = await findReview(use.db.read, r);
  if (found === null) throw new Error('the review is gone');
  return found;
}

/** A complete self-review with this mark for every star. */
export async function fileSelf({ use, r, clock }: Stage, person: string, mark = 9): Promise<void> {
  const marks = Object.fromEntries(defaultCatalogue.member.map((star) => [star.key, mark]));
  const words = { achievements: '完成任务', shortcomings: '学习不够', direction: '多学习' };
  await use.db.write((tx) => putSelfReview(tx, r, { person, marks, ...words }, person, clock.now));
}

async function press(
  at: Stage,
  person: string,
  action: Parameters<Stage['click']>[1],
  form: Record<string, string> = {},
) {
  const { toast } = await at.click(person, action, form);
  if (toast?.type === 'error' || toast?.type === 'warning') throw new Error(`${action.a} of ${person}: ${toast.text}`);
}

/**
 * Everybody due signs in, the agenda is ticked off, the ballots go out.
 * @param until `agenda`: all but the last step is taken. `by`: who runs the review
 */
export async function toBallot(
  at: Stage,
  { until = 'ballot', by = 'S0' }: { until?: 'agenda' | 'ballot'; by?: string } = {},
): Promise<void> {
  const { r, use } = at;
  await press(at, by, { a: 'start_meeting', r });
  const due = await use.db.read.all(
    z.object({ person: z.string() }),
    'SELECT person FROM review_due WHERE review = ?',
    [r],
  );
  for (const { person } of due) await press(at, person, { a: 'sign_in', r });
  for (let n = 0; n < 5; n++) await press(at, by, { a: 'agenda_next', r, n });
  if (until === 'ballot') await press(at, by, { a: 'start_ballot', r });
}

export async function electors({ use, r }: Stage): Promise<string[]> {
  return (await electorsOf(use.db.read, r)).map(({ person }) => person);
}

/** Casts the ballots of these people; everybody's when none is named. */
export async function vote(at: Stage, people?: readonly string[], mark: Mark = 9): Promise<void> {
  const { use, r } = at;
  const roll = {
    electors: await electorsOf(use.db.read, r),
    subjects: (await subjectsOf(use.db.read, r)).map(({ person, graded, partyGroup }) => ({
      person,
      graded: graded === 1,
      partyGroup,
    })),
  };
  const { rollNo } = await review(at);
  for (const person of people ?? roll.electors.map((elector) => elector.person)) {
    const cast = await use.caster.cast({ review: r, rollNo, person, marks: fill(roll, person, () => mark) });
    if (!cast.ok) throw new Error(`${person} could not vote: ${cast.reason}`);
  }
}

/** Closed, confirmed and in its notice, which began now. */
export async function toNotice(at: Stage): Promise<void> {
  await toBallot(at);
  await vote(at);
  await press(at, 'S0', { a: 'close_ballot', r: at.r });
  await press(at, 'S0', { a: 'confirm_results', r: at.r, p: 0 });
  await press(at, 'S0', { a: 'publish_results', r: at.r });
}

export const messageRow = z.object({
  card: z.string(),
  recipient: z.string(),
  args: z.string(),
  notBefore: z.int(),
  leaveBy: z.int().nullable(),
  state: z.string(),
});
/** Messages of one card so far, or those put in by `act`. */
export async function messages({ use }: Pick<Stage, 'use'>, card: string) {
  const sql =
    'SELECT card, recipient, args, not_before AS notBefore, leave_by AS leaveBy, state FROM outbox WHERE card = ? ORDER BY id';
  return use.db.read.all(messageRow, sql, [card]);
}
