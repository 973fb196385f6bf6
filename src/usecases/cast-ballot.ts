/**
 * Casting: the one place where a voter and marks meet, for as long as one commit takes. Casts that arrive together share one
 * transaction; in it each review's box is opened once, given its ballots, shuffled, sealed again and written. An answer means
 * that it is on disk. Nothing here is logged or audited: no trace may join a person and a time (design.md section 12.16).
 */
import type { KeyStore } from '../ballot/keys.ts';
import type { Below } from '../ballot/random.ts';
import { secureBelow } from '../ballot/random.ts';
import { checkBallot, type Elector, type MarkedSubjects, type Roll } from '../ballot/roll.ts';
import { addBallots, type Ballot, type Box, openBox, sealBox, wipeBox } from '../ballot/urn.ts';
import { no, type Verdict, yes } from '../domain/verdict.ts';
import { TenstarError } from '../errors.ts';
import type { Database, Reader, Writer } from '../store/db.ts';
import { electorsOf, markVoted } from '../store/elector.ts';
import { subjectsOf } from '../store/subjects.ts';
import { type Poll, pollsOf, replaceUrns } from '../store/urn.ts';
import { createGroupQueue, type GroupLimits, type Outcome } from './group-queue.ts';

export interface CastRequest {
  review: string;
  /** The opening the ballot was filled for; after a reopening the older ones are refused. */
  rollNo: number;
  person: string;
  /** Ten marks, in catalogue order, for exactly the subjects of `ballotLines`. */
  marks: MarkedSubjects;
}
export type CastRefusal = 'already_voted' | 'not_elector' | 'not_open' | 'window_over' | 'incomplete';
/** `receipt` appears here and nowhere else until the list is published. */
export type CastVerdict = Verdict<{ receipt: string }, CastRefusal>;

export interface BallotCaster {
  /**
   * Casts once; every later ballot of the same person is refused, also from another process.
   * @throws {TenstarError} `overloaded`, `key_missing`, `seal_broken`; then nothing was cast
   */
  cast(request: CastRequest): Promise<CastVerdict>;
  /** Settles when every cast that waits has been answered; for shutting down. */
  idle(): Promise<void>;
}
export interface BallotCasterParts extends Partial<GroupLimits> {
  db: Database;
  keys: KeyStore;
  /** Unix ms; the server's clock decides about the window. */
  now: () => number;
  /** Shuffles and draws receipts. */
  random?: Below;
  /** Called after each commit that held a ballot. */
  onCommitted?: () => void;
}

/** One group of this size takes about 10 ms, a full queue about a second: an answer still fits the platform's 3 s. */
const MAX_GROUP = 64;
const MAX_QUEUE = 1_000;
const ROLLS_IN_MEMORY = 1_000;

interface Item extends CastRequest {
  arrivedAt: number;
}
interface FrozenRoll extends Roll {
  byPerson: ReadonlyMap<string, Elector>;
}
/** A ballot that passed every check but the last: whether its person has voted. */
interface Candidate {
  index: number;
  person: string;
  ballot: Ballot;
}

/** Makes the caster: one per process, the only writer of boxes while a ballot is open. */
export function createBallotCaster(parts: BallotCasterParts): BallotCaster {
  const {
    db,
    keys,
    now,
    random = secureBelow(),
    onCommitted = () => {},
    maxGroup = MAX_GROUP,
    maxQueue = MAX_QUEUE,
  } = parts;
  const rolls = new Map<string, FrozenRoll>();

  async function rollOf(h: Reader, { review, rollNo }: Poll): Promise<FrozenRoll> {
    const key = `${rollNo} ${review}`;
    const known = rolls.get(key);
    if (known) return known;
    const [electors, subjects] = [await electorsOf(h, review), await subjectsOf(h, review)];
    const roll = {
      electors,
      subjects: subjects.map(({ person, graded, partyGroup }) => ({ person, graded: graded === 1, partyGroup })),
      byPerson: new Map(electors.map(({ person, category }) => [person, { person, category }])),
    };
    const [oldest] = rolls.keys();
    if (rolls.size >= ROLLS_IN_MEMORY && oldest !== undefined) rolls.delete(oldest);
    rolls.set(key, roll);
    return roll;
  }

  async function castGroup(tx: Writer, items: readonly Item[]): Promise<Outcome<CastVerdict>[]> {
    const outcomes: Outcome<CastVerdict>[] = items.map(() => ({ value: no('not_open') }));
    const open: { poll: Poll; box: Box; candidates: Candidate[] }[] = [];
    try {
      for (const poll of await pollsOf(tx, [...new Set(items.map(({ review }) => review))])) {
        const mine = [...items.entries()].filter(
          ([, item]) => item.review === poll.review && item.rollNo === poll.rollNo,
        );
        if (poll.state !== 'balloting' || mine.length === 0) continue;
        const candidates = pickCandidates(poll, await rollOf(tx, poll), mine, outcomes);
        if (candidates.length === 0) continue;
        try {
          open.push({ poll, box: openBox(keys.load(poll.review, 'working'), poll, boxOf(poll)), candidates });
        } catch (error) {
          for (const { index } of candidates) outcomes[index] = { error }; // the other reviews of the group go on
        }
      }
      const voters = open.flatMap(({ poll, candidates }) =>
        candidates.map(({ person }) => ({ review: poll.review, person })),
      );
      if (voters.length === 0) return outcomes;
      const marked = new Set((await markVoted(tx, voters)).map(({ review, person }) => `${review} ${person}`));
      const sealed = open.flatMap(({ poll, box, candidates }) => {
        const fresh = candidates.filter(({ person }) => marked.has(`${poll.review} ${person}`));
        if (fresh.length === 0) return [];
        const receipts = addBallots(
          box,
          fresh.map(({ ballot }) => ballot),
          random,
        );
        for (const [i, { index }] of fresh.entries()) outcomes[index] = { value: yes({ receipt: receipts[i] ?? '' }) };
        return [{ review: poll.review, box: sealBox(keys.load(poll.review, 'working'), poll, box) }];
      });
      if (sealed.length > 0 && (await replaceUrns(tx, sealed)) !== sealed.length)
        throw new TenstarError('seal_broken', 'A ballot box was gone before the ballots were in it; nothing was cast.');
      return outcomes;
    } finally {
      for (const { box } of open) wipeBox(box);
    }
  }

  async function handle(items: readonly Item[]): Promise<readonly Outcome<CastVerdict>[]> {
    try {
      const outcomes = await db.write((tx) => castGroup(tx, items));
      if (outcomes.some((outcome) => 'value' in outcome && outcome.value.ok)) onCommitted();
      return outcomes;
    } catch (error) {
      if (items.length === 1 || !(error instanceof TenstarError)) throw error;
      const alone: Outcome<CastVerdict>[] = []; // one bad ballot must not fail the others
      for (const item of items) alone.push(...(await handle([item]).catch((own: unknown) => [{ error: own }])));
      return alone;
    }
  }

  const queue = createGroupQueue<Item, CastVerdict>(handle, { maxGroup, maxQueue });
  return {
    cast: (request) => queue.add({ ...request, arrivedAt: now() }),
    idle: () => queue.idle(),
  };
}

function boxOf({ review, box }: Poll): Uint8Array {
  if (!box)
    throw new TenstarError(
      'seal_broken',
      `Review ${review} is open for voting but has no ballot box. Restore the database from a backup.`,
    );
  return box;
}

/** Writes an answer for every ballot that may not go in, and gives back the others: of one person the first only. */
function pickCandidates(
  poll: Poll,
  roll: FrozenRoll,
  items: readonly (readonly [number, Item])[],
  outcomes: Outcome<CastVerdict>[],
): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const [index, { person, marks, arrivedAt }] of items) {
    const verdict = judge(poll, roll, person, marks, arrivedAt);
    // Whoever is not answered here and is not marked by the database either has voted before.
    outcomes[index] = { value: verdict.ok ? no('already_voted') : verdict };
    if (verdict.ok && !candidates.has(person)) candidates.set(person, { index, person, ballot: verdict.value });
  }
  return [...candidates.values()];
}

function judge(
  { until }: Poll,
  roll: FrozenRoll,
  person: string,
  marks: MarkedSubjects,
  arrivedAt: number,
): Verdict<Ballot, CastRefusal> {
  const elector = roll.byPerson.get(person);
  if (!elector) return no('not_elector');
  if (until !== null && arrivedAt >= until) return no('window_over');
  return checkBallot(roll, elector, marks);
}
