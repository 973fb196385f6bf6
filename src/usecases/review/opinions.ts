/**
 * Opinions from the sending of the forms to the close (R79, J14, F7). Giving one is like casting: the roll is marked and the box
 * rewritten in one commit, the click itself is not remembered, and nothing is logged or audited, so that no trace joins a person,
 * a moment and a remark (design.md 12.16).
 */
import { Temporal } from 'temporal-polyfill';
import {
  addRemarks,
  emptyOpinions,
  openOpinions as openBox,
  readRemarks,
  sealOpinions,
  wipeOpinions,
} from '../../ballot/opinion-box.ts';
import type { KeyStore } from '../../ballot/keys.ts';
import { type Below, secureBelow } from '../../ballot/random.ts';
import {
  enoughForms,
  type FormProblem,
  grouperOf,
  lastFormDay,
  type OpinionForm,
  type OpinionState,
  type Remark,
  remarksOf,
} from '../../domain/opinion.ts';
import { addDays, today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { TenstarError } from '../../errors.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Database, Reader, Writer } from '../../store/db.ts';
import {
  countOpinions,
  deleteOpinionBox,
  findOpinionBox,
  findRound,
  hasGiven,
  insertOpinionBox,
  insertOpinionRoll,
  insertRound,
  markGiven,
  moveRound,
  replaceOpinionBox,
} from '../../store/opinions.ts';
import { findReview } from '../../store/reviews.ts';
import type { Use } from '../../use.ts';
import { sendToPeople } from '../notify.ts';
import { freshKey } from '../urn-lifecycle.ts';
import { rulesOf } from '../versions.ts';
import { groupersOf, opinionSubjects } from './opinion-paper.ts';

/** Makes roll, key and empty box, and sends everybody a form. `people`: members and colleagues of the branch (R79). */
export async function openOpinions(
  tx: Writer,
  use: Use,
  review: Pick<Review, 'id' | 'rules'>,
  people: readonly string[],
  now: number,
  notBefore = now,
): Promise<void> {
  if (people.length === 0) return;
  const rules = await rulesOf(tx, review.rules);
  const last = lastFormDay(today(now, use.config.timezone), use.years.dates);
  const until = Temporal.PlainDate.from(last).toZonedDateTime({
    timeZone: use.config.timezone,
    plainTime: rules.messages.to === '24:00' ? '23:59' : rules.messages.to,
  });
  await insertRound(tx, review.id, until.epochMilliseconds);
  await insertOpinionRoll(tx, review.id, people);
  freshKey(use.keys, review.id, 'opinions');
  const box = emptyOpinions(people.length);
  await insertOpinionBox(tx, review.id, sealOpinions(use.keys.load(review.id, 'opinions'), review.id, box));
  wipeOpinions(box);
  await appendAudit(tx, {
    at: now,
    actor: 'system',
    act: 'opinions_opened',
    object: review.id,
    detail: { asked: people.length },
  });
  await sendToPeople(
    tx,
    people,
    { card: 'opinion', args: { review: review.id } },
    { now, notBefore, once: `opinion:${review.id}` },
  );
}

export type GiveRefusal = 'not_asked' | 'already_given' | 'closed' | FormProblem;

/**
 * Puts one form into the box, once a person. Answers after the commit.
 * @throws {TenstarError} `key_missing`, `seal_broken`; then nothing was given
 */
export async function giveOpinion(
  use: Pick<Use, 'db' | 'keys' | 'sealed'>,
  { review: id, person, form, now }: { review: string; person: string; form: OpinionForm; now: number },
  below: Below = secureBelow(),
): Promise<Verdict<null, GiveRefusal>> {
  const given = await use.db.write(async (tx): Promise<Verdict<null, GiveRefusal>> => {
    const review = await findReview(tx, id);
    const before = await hasGiven(tx, id, person);
    if (review === null || before === null) return no('not_asked');
    const round = await findRound(tx, id);
    if (round?.state !== 'open' || now >= round.until) return no('closed');
    if (before) return no('already_given');
    const remarks = remarksOf(
      form,
      new Set((await opinionSubjects(tx, review, person)).map((subject) => subject.person)),
    );
    if (!remarks.ok) return remarks;
    if (!(await markGiven(tx, id, person))) return no('already_given');
    const box = openBox(use.keys.load(id, 'opinions'), id, await storedBox(tx, id));
    try {
      addRemarks(box, remarks.value, below);
      if (!(await replaceOpinionBox(tx, id, sealOpinions(use.keys.load(id, 'opinions'), id, box)))) throw missing(id);
      return yes(null);
    } finally {
      wipeOpinions(box);
    }
  });
  if (given.ok) use.sealed();
  return given;
}

const missing = (review: string) =>
  new TenstarError(
    'seal_broken',
    `Review ${review} gathers opinions but has no opinion box. Restore the database from a backup.`,
  );
async function storedBox(h: Reader, review: string): Promise<Uint8Array> {
  const box = await findOpinionBox(h, review);
  if (box === null) throw missing(review);
  return box;
}

/** Opens the box in memory. Only for those who group, and only once it is closed: `opinion-grouping.ts` asks for both first. */
export async function readOpinions(h: Reader, keys: KeyStore, review: string): Promise<Remark[]> {
  const box = openBox(keys.load(review, 'opinions'), review, await storedBox(h, review));
  try {
    return readRemarks(box);
  } finally {
    wipeOpinions(box);
  }
}

/**
 * Closes an open round: enough forms are left for those who group, fewer are destroyed unread. Closing twice is harmless.
 * Call `destroyOpinionKey` after the commit.
 * @returns the state it is in now; null when the review has no round
 */
export async function closeOpinions(
  tx: Writer,
  use: Use,
  review: Pick<Review, 'id' | 'branch' | 'rules'>,
  now: number,
  notBefore = now,
): Promise<OpinionState | null> {
  const { id } = review;
  const round = await findRound(tx, id);
  if (round?.state !== 'open') return round?.state ?? null;
  const rules = await rulesOf(tx, review.rules);
  const { asked, given } = await countOpinions(tx, id);
  const state = enoughForms(given, rules) ? 'grouping' : 'unopened';
  const order = await groupersOf(tx, review.branch);
  const [first] = order;
  const groupers = new Set(first === undefined ? [] : [first]);
  if (state === 'grouping') {
    for (const { subject } of await readOpinions(tx, use.keys, id)) {
      const grouper = grouperOf(order, subject);
      if (grouper !== null) groupers.add(grouper);
    }
  } else await deleteOpinionBox(tx, id);
  await moveRound(
    tx,
    id,
    'open',
    state,
    state === 'grouping' ? addDays(today(now, use.config.timezone), rules.opinion.forward_days) : null,
  );
  await appendAudit(tx, {
    at: now,
    actor: 'system',
    act: 'opinions_closed',
    object: id,
    detail: { asked, given, opened: state === 'grouping' },
  });
  await sendToPeople(
    tx,
    [...groupers],
    { card: 'opinion_desk', args: { review: id, page: 0 } },
    { now, notBefore, once: `opinion-desk:${id}` },
  );
  return state;
}

/** After the commit of whatever deleted the box: from here on nothing opens the copies that the log or a backup may still hold. */
export async function destroyOpinionKey(db: Database, keys: KeyStore, review: string): Promise<void> {
  await db.write(async (tx) => {
    if ((await findOpinionBox(tx, review)) === null) keys.destroy(review, 'opinions');
  });
}

/** For the end of the retention term (F16): raw texts that nobody has passed on go too. @returns false when there were none */
export async function destroyRawOpinions(db: Database, keys: KeyStore, review: string): Promise<boolean> {
  const deleted = await db.write(async (tx) => {
    for (const state of ['open', 'grouping'] as const) await moveRound(tx, review, state, 'passed_on', null);
    return deleteOpinionBox(tx, review);
  });
  await destroyOpinionKey(db, keys, review);
  return deleted;
}
