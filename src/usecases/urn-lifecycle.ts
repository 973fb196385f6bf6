/**
 * From the opening of a ballot to the destruction of its last key. A key is on disk before the box it opens is in the database,
 * and is destroyed only after the box is gone from it: a crash between any two steps leaves at worst a key without a box, which
 * `sweepKeys` removes. Keys are made and swept under the database's write lock, so one process never sweeps what another makes.
 */
import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from '../ballot/cipher.ts';
import type { KeyPurpose, KeyStore } from '../ballot/keys.ts';
import { type Below, secureBelow } from '../ballot/random.ts';
import {
  countRaters,
  type Elector,
  emptyCounts,
  type FrozenSubject,
  type RaterCounts,
  type Roll,
  sameCounts,
} from '../ballot/roll.ts';
import {
  type Box,
  type BoxBinding,
  type BoxContent,
  emptyBox,
  openBox,
  readBox,
  sealBox,
  shuffleBox,
  widenBox,
  wipeBox,
} from '../ballot/urn.ts';
import { BRANCH_SUBJECT, type RatingRow } from '../domain/marks.ts';
import { TenstarError } from '../errors.ts';
import type { Database, Reader, Writer } from '../store/db.ts';
import { type ElectorRow, electorsOf, insertElectors } from '../store/elector.ts';
import { reviewsWithOpinionBox } from '../store/opinions.ts';
import { insertReceipts } from '../store/receipt.ts';
import { knownReviews } from '../store/sealed.ts';
import { insertSubjects, subjectsOf } from '../store/subjects.ts';
import {
  deleteRecount,
  deleteUrn,
  findRecount,
  findUrn,
  insertRecount,
  insertUrn,
  replaceUrns,
  reviewsWithRecount,
  reviewsWithUrn,
} from '../store/urn.ts';

/** What the tally is given for one subject. No rater is in it. */
export interface SubjectRows {
  /** An employee number, or `branch`. */
  subject: string;
  /** False for a probationary member and the branch: feedback only (A19, A25). */
  graded: boolean;
  rows: readonly RatingRow[];
  /** Electors who rate this subject, by category, less those who were excused and did not vote; 0: no eligible rater (A6). */
  eligible: RaterCounts;
}
export interface UrnReading {
  /** In ballot order, the branch last. */
  subjects: readonly SubjectRows[];
  receipts: readonly string[];
  /** People on the roll, and those of them who voted. */
  electors: number;
  cast: number;
}

interface FrozenRoll {
  roll: Roll;
  electors: readonly ElectorRow[];
}
async function frozenRoll(h: Reader, review: string): Promise<FrozenRoll> {
  const electors = await electorsOf(h, review);
  const subjects = (await subjectsOf(h, review)).map(({ person, graded, partyGroup }) => ({
    person,
    graded: graded === 1,
    partyGroup,
  }));
  return { roll: { electors, subjects }, electors };
}

/** A new key in place of one that a crash or a rolled back transaction left behind: no box was ever sealed with that one. */
export function freshKey(keys: KeyStore, review: string, purpose: KeyPurpose): void {
  keys.destroy(review, purpose);
  const key = randomBytes(KEY_BYTES);
  keys.create(review, purpose, key);
  key.fill(0);
}

/** Freezes the roll and the subjects, makes the working key and puts the empty box into the database. */
export async function openUrn(
  tx: Writer,
  keys: KeyStore,
  {
    review,
    rollNo,
    electors,
    subjects,
  }: BoxBinding & { electors: readonly Elector[]; subjects: readonly FrozenSubject[] },
): Promise<void> {
  if (await findUrn(tx, review)) throw new TenstarError('bug', 'This review has an open ballot box already.');
  await insertSubjects(tx, review, subjects);
  await insertElectors(tx, review, electors);
  freshKey(keys, review, 'working');
  const box = emptyBox({ electors: electors.length, subjects: subjects.length + 1 });
  await insertUrn(tx, review, sealBox(keys.load(review, 'working'), { review, rollNo }, box));
  wipeBox(box);
}

/**
 * Opens a ballot again after a refused tally (A7, A13, A17): those who voted stay voted, representatives may be added, nobody is
 * taken off. Drafts and cards of the earlier opening are outdated from here on.
 */
export async function reopenUrn(
  tx: Writer,
  keys: KeyStore,
  {
    review,
    fromRoll,
    toRoll,
    added = [],
  }: { review: string; fromRoll: number; toRoll: number; added?: readonly Elector[] },
  below: Below = secureBelow(),
): Promise<void> {
  const old = await openStored(tx, keys, { review, rollNo: fromRoll });
  if (added.length > 0) await insertElectors(tx, review, added);
  const wide = widenBox(old, old.electors + added.length, below);
  await replaceUrns(tx, [{ review, box: sealBox(keys.load(review, 'working'), { review, rollNo: toRoll }, wide) }]);
  wipeBox(old);
  wipeBox(wide);
}

async function openStored(h: Reader, keys: KeyStore, binding: BoxBinding): Promise<Box> {
  const sealed = await findUrn(h, binding.review);
  if (!sealed) throw new TenstarError('not_found', `Review ${binding.review} has no open ballot box.`);
  return openBox(keys.load(binding.review, 'working'), binding, sealed);
}

/** Compares the content with the roll: a row for every voter and subject, a receipt for every voter, category by category. */
function checked({ roll, electors }: FrozenRoll, { sections, receipts }: BoxContent): UrnReading {
  const voters = electors.filter(({ voted }) => voted);
  const awaited = electors.filter(({ voted, excused }) => voted || !excused);
  const [expected, eligible] = [countRaters(roll, voters), countRaters(roll, awaited)];
  const subjects = [...roll.subjects, { person: BRANCH_SUBJECT, graded: false }].map(({ person, graded }, section) => {
    const rows = sections[section] ?? [];
    const found = emptyCounts();
    for (const { category } of rows) found[category]++;
    const wanted = expected[section];
    if (!wanted || !sameCounts(found, wanted)) throw miscount();
    return { subject: person, graded, rows, eligible: eligible[section] ?? emptyCounts() };
  });
  if (
    sections.length !== subjects.length ||
    new Set(receipts).size !== voters.length ||
    receipts.length !== voters.length
  )
    throw miscount();
  return { subjects, receipts, electors: electors.length, cast: voters.length };
}
const miscount = () =>
  new TenstarError(
    'seal_broken',
    'The ballot box does not hold exactly the ballots of those who voted. Do not tally: restore the database from the newest backup.',
  );

/**
 * Counts what is in the box, in memory, and changes nothing. Called at the close, inside the transaction that tallies.
 * @throws {TenstarError} `seal_broken` when box and roll do not agree, `key_missing`, `not_found`
 */
export async function readUrn(h: Reader, keys: KeyStore, binding: BoxBinding): Promise<UrnReading> {
  const box = await openStored(h, keys, binding);
  try {
    return checked(await frozenRoll(h, binding.review), readBox(box));
  } finally {
    wipeBox(box);
  }
}

/**
 * Ends the ballot once its tally stands: the rows, shuffled once more, go under a fresh recount key; the receipts are published;
 * the box goes. Call `destroyWorkingKey` after the commit.
 */
export async function closeUrn(
  tx: Writer,
  keys: KeyStore,
  binding: BoxBinding,
  below: Below = secureBelow(),
): Promise<UrnReading> {
  const { review } = binding;
  if (await findRecount(tx, review)) throw new TenstarError('bug', 'This review has been tallied already.');
  const box = await openStored(tx, keys, binding);
  try {
    const reading = checked(await frozenRoll(tx, review), readBox(box));
    shuffleBox(box, below);
    freshKey(keys, review, 'recount');
    await insertRecount(tx, review, sealBox(keys.load(review, 'recount'), binding, box));
    await insertReceipts(tx, review, reading.receipts);
    await deleteUrn(tx, review);
    return reading;
  } finally {
    wipeBox(box);
  }
}

/** Reads the kept rows again, for an objection or a check of the tally (F15). @throws as `readUrn` */
export async function readRecount(h: Reader, keys: KeyStore, binding: BoxBinding): Promise<UrnReading> {
  const sealed = await findRecount(h, binding.review);
  if (!sealed) throw new TenstarError('not_found', `The ballots of review ${binding.review} are not kept any more.`);
  const box = openBox(keys.load(binding.review, 'recount'), binding, sealed);
  try {
    return checked(await frozenRoll(h, binding.review), readBox(box));
  } finally {
    wipeBox(box);
  }
}

/** After the commit of `closeUrn`: from here on nothing opens the boxes that the log or a backup may still hold. */
export async function destroyWorkingKey(db: Database, keys: KeyStore, review: string): Promise<void> {
  await db.write(async (tx) => {
    if (!(await findUrn(tx, review))) keys.destroy(review, 'working');
  });
}

/** Thirty days after a result is final (F16). @returns false when there was nothing left to destroy */
export async function destroyRecount(db: Database, keys: KeyStore, review: string): Promise<boolean> {
  const deleted = await db.write((tx) => deleteRecount(tx, review));
  await db.write(async (tx) => {
    if (!(await findRecount(tx, review))) keys.destroy(review, 'recount');
  });
  return deleted;
}

/**
 * At start-up: destroys every key whose box is gone, which a crash may have left. A ballot whose tally was refused still has its
 * box and keeps its key. Keys of reviews this database does not know are left alone: DATABASE_URL may name the wrong one, or an old
 * copy, and the ballots of the right one would be lost for good. @returns what was destroyed
 */
export function sweepKeys(db: Database, keys: KeyStore): Promise<{ review: string; purpose: KeyPurpose }[]> {
  return db.write(async (tx) => {
    const needed = {
      working: new Set(await reviewsWithUrn(tx)),
      recount: new Set(await reviewsWithRecount(tx)),
      opinions: new Set(await reviewsWithOpinionBox(tx)),
    };
    const held = keys.list();
    const known = new Set(
      await knownReviews(
        tx,
        held.map(({ review }) => review),
      ),
    );
    return held.filter(
      ({ review, purpose }) => known.has(review) && !needed[purpose].has(review) && keys.destroy(review, purpose),
    );
  });
}
