/** Whole meetings and many ballots at once, and what comes out of them: for journeys about the ballot. */
import { z } from 'zod';
import { sealDraft } from '../../src/ballot/draft.ts';
import { createKeyStore } from '../../src/ballot/keys.ts';
import { ballotLines, type Elector } from '../../src/ballot/roll.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { latestEndedQuarter, today } from '../../src/domain/period.ts';
import { type BranchResult, resultsSchema } from '../../src/domain/results-json.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { reviewsOfBranch } from '../../src/store/reviews.ts';
import { subjectsOf } from '../../src/store/subjects.ts';
import { readCard, type ShownCard } from './playground.ts';
import { type Cast, type MarkOf, receiptIn, runMeeting } from './review-play.ts';
import type { World } from './world.ts';

/** The quarter that `/评议 开启` opens. */
export const PERIOD = latestEndedQuarter(today(Date.now(), 'Asia/Shanghai'));

/** Opens a review and brings it to open ballots; self-reviews can be filed in `prepare`. @returns the secretary's console */
export async function openBallots(
  world: World,
  secretary: string,
  branch: string,
  present: readonly string[],
  prepare: () => Promise<unknown> = () => Promise.resolve(),
): Promise<ShownCard> {
  await world.as(secretary).ask('/评议 开启', { button: 'start_meeting' });
  await prepare();
  return runMeeting(world, secretary, branch, present);
}

/** The ballot that was sent when the ballots were opened. */
export const sentBallot = (world: World, no: string): Promise<ShownCard> =>
  world.as(no).card((card) => card.forms.some(({ name }) => name.startsWith('ballot_')), { timeoutMs: 30_000 });

/** Does something for everybody, a few people at a time. */
export async function forAll<T>(
  people: readonly string[],
  act: (no: string) => Promise<T>,
  atOnce = 8,
): Promise<Map<string, T>> {
  const results = new Map<string, T>();
  const waiting = [...people];
  const work = async () => {
    for (let no = waiting.shift(); no !== undefined; no = waiting.shift()) results.set(no, await act(no));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Closes (unless that is done), confirms without decisions and publishes, each by its button. */
export async function closeAndPublish(world: World, secretary: string): Promise<void> {
  let card = await world.as(secretary).ask('/评议', { button: 'refresh' });
  const first = card.has('close_ballot') ? ['close_ballot'] : [];
  for (const button of [...first, 'confirm_results', 'confirm_results', 'publish_results']) {
    const pressed = await card.press(button);
    if (pressed.toast !== undefined && pressed.toast.type !== 'success')
      throw new Error(`${button} refused: ${pressed.toast.content}`);
    if (!pressed.replaced) throw new Error(`${button} led nowhere: ${JSON.stringify(pressed.toast ?? pressed)}`);
    card = pressed.card;
  }
}

/** What `tenstar results` prints about a branch. */
export async function resultsOfBranch(world: World, branch: string, period = PERIOD): Promise<BranchResult> {
  const printed = resultsSchema.parse(
    JSON.parse(await world.cliOk('results', '--period', period, '--branch', branch, '--format', 'json')),
  );
  const [result] = printed.branches;
  if (result === undefined) throw new Error(`no review of ${branch}`);
  return result;
}

/** Reads the bot's database from outside. */
export async function inDatabase<T>(world: World, read: (h: Database['read']) => Promise<T>): Promise<T> {
  const db = await openDatabase({ url: String(world.env['DATABASE_URL']), authToken: undefined });
  try {
    return await read(db.read);
  } finally {
    await db.close();
  }
}

/** The published list of receipts, as the database holds it. */
export const publishedReceipts = (world: World): Promise<string[]> =>
  inDatabase(world, async (h) =>
    (await h.all(z.object({ code: z.string() }), 'SELECT code FROM receipt ORDER BY code')).map(({ code }) => code),
  );

/** What the platform's interfaces answered other than yes, by how often. */
export async function refusedCalls(world: World): Promise<Record<string, Record<string, number>>> {
  const { calls } = await world.client.stats();
  const refused: Record<string, Record<string, number>> = {};
  for (const [api, codes] of Object.entries(calls)) {
    const bad = Object.entries(codes).filter(([code]) => code !== '0' && code !== 'ok');
    if (bad.length > 0) refused[api] = Object.fromEntries(bad);
  }
  return refused;
}

/** Ballots filled in without turning their pages: the draft is sealed here, with the bot's own key. For casts in quantity. */
export interface SealedBallots {
  review: string;
  electors: readonly Elector[];
  /** Subjects of a voter's ballot, in order, the branch last. */
  subjectsOf(no: string): string[];
  seal(no: string, mark: MarkOf): Promise<Sealed>;
}
/** A ballot that only has to be cast. It is cast from the card that was sent to the voter. */
export interface Sealed {
  no: string;
  messageId: string;
  draft: string;
}

/** The open ballot of a branch. */
export async function sealedBallots(world: World, branch: string): Promise<SealedBallots> {
  const keys = createKeyStore(String(world.env['KEYS_DIR']));
  const { review, roll } = await inDatabase(world, async (h) => {
    const [found] = (await reviewsOfBranch(h, branch)).filter(({ state }) => state === 'balloting');
    if (found === undefined) throw new Error(`${branch} has no open ballot`);
    const subjects = (await subjectsOf(h, found.id)).map((row) => ({ ...row, graded: row.graded === 1 }));
    return { review: found, roll: { electors: await electorsOf(h, found.id), subjects } };
  });
  const linesOf = (no: string) => {
    const elector = roll.electors.find(({ person }) => person === no);
    if (elector === undefined) throw new Error(`${no} is no elector of ${branch}`);
    return ballotLines(roll, elector);
  };
  return {
    review: review.id,
    electors: roll.electors,
    subjectsOf: (no) => linesOf(no).map(({ subject }) => subject),
    async seal(no, mark) {
      const { messageId } = await sentBallot(world, no);
      const lines = linesOf(no).map(({ subject }) => subject);
      const marks = lines.map((subject) => stars(subject).map((star, i) => mark(subject, star, i)));
      return {
        no,
        messageId,
        draft: sealDraft(
          keys,
          { review: review.id, rollNo: review.rollNo, person: no },
          { page: lines.length - 1, marks },
        ),
      };
    },
  };
}
const stars = (subject: string): string[] =>
  (subject === 'branch' ? defaultCatalogue.branch : defaultCatalogue.member).map(({ key }) => key);

/** One click. `toast` is `none` when no answer came. */
export async function castSealed(
  world: World,
  { review }: SealedBallots,
  { no, messageId, draft }: Sealed,
): Promise<Cast> {
  const action = { tag: 'button', name: 'ballot_cast', value: { a: 'ballot_cast', r: review, d: draft } };
  const { toast, card } = await world.client.forge(world.as(no).id, messageId, action);
  return {
    toast: toast?.type ?? 'none',
    receipt: receiptIn(readCard(card ?? {}).texts.join(' ')),
  };
}
