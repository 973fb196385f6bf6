/** The bot is killed in the middle of everything: what was acknowledged stays, nothing happens twice (design.md section 10, "Durability"). */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  castSealed,
  closeAndPublish,
  forAll,
  inDatabase,
  openBallots,
  publishedReceipts,
  resultsOfBranch,
  type Sealed,
  type SealedBallots,
  sealedBallots,
} from '../support/ballot-play.ts';
import { everythingSentOnce, outboxOf } from '../support/outbox-check.ts';
import type { Cast, MarkOf } from '../support/review-play.ts';
import { lacks, type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'committee' },
  ...['E05', 'E06', 'E07'].map((no) => ({ no, branch: 'B001', roles: 'leader' })),
  ...Array.from(
    { length: 53 },
    (_, i): Member => ({ no: `C${String(i + 1).padStart(2, '0')}`, branch: 'B001', status: 'colleague' }),
  ),
];
const PEOPLE = MEMBERS.map(({ no }) => no);
/** 9 from everybody; the last 20 colleagues give the first star 6. */
const mark =
  (no: string): MarkOf =>
  (_subject, _star, i) =>
    i === 0 && PEOPLE.indexOf(no) >= 40 ? 6 : 9;

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let ballots: SealedBallots;
  let sealed: Sealed[];
  /** After a kill the next process sends nothing before the lease of the killed one has run out, after ten seconds. */
  const PATIENCE_MS = 40_000;

  /** Receipts of the casts that were answered with success. */
  const acknowledged = new Map<string, string>();

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      env: { LOG_LEVEL: 'info' },
    });
    for (const player of world.players.values()) player.patienceMs = PATIENCE_MS;
  }, 60_000);
  afterAll(() => world?.stop());

  /** Kills once this many messages with this word in them have arrived. */
  async function killAfter(messages: number, card: string): Promise<void> {
    await world.client.waitFor(
      'messages',
      async () => (await outboxOf(world)).filter((row) => row.card === card && row.state === 'sent').length >= messages,
      PATIENCE_MS,
    );
    await world.bot.kill();
  }

  test('killed while ballots are sent out: everybody gets one', async () => {
    const killed = killAfter(5, 'ballot');
    await openBallots(world, 'E01', 'B001', PEOPLE.slice(0, 45));
    await killed;
    await world.boot();
    await everythingSentOnce(world);
    const ballotRows = (await outboxOf(world)).filter(({ card }) => card === 'ballot');
    expect(ballotRows.map(({ recipient }) => recipient).sort()).toEqual([...PEOPLE].sort());
  }, 90_000);

  function note(no: string, { toast, receipt }: Cast): void {
    if (toast !== 'success') return;
    expect(acknowledged.has(no), `${no} was told twice that the ballot was cast`).toBe(false);
    acknowledged.set(no, receipt);
  }

  /** Everybody who was not told yet casts, at most 16; `stop` is called when `answers` of them have been answered. */
  async function burst(answers: number, stop: () => Promise<unknown>): Promise<Map<string, Cast>> {
    ballots ??= await sealedBallots(world, 'B001');
    sealed ??= await Promise.all(PEOPLE.map((no) => ballots.seal(no, mark(no))));
    const owed = sealed.filter(({ no }) => !acknowledged.has(no)).slice(0, 16);
    const results = new Map<string, Cast>();
    const casts = owed.map(async (ballot) => {
      const cast = await castSealed(world, ballots, ballot);
      results.set(ballot.no, cast);
      note(ballot.no, cast);
      if (results.size >= answers) await stop();
    });
    if (answers === 0) await stop();
    await Promise.all(casts);
    await stop();
    return results;
  }

  /** Who has voted, as the roll has it. */
  const voters = () =>
    inDatabase(
      world,
      async (h) =>
        new Set(
          (await h.all(z.object({ person: z.string() }), 'SELECT person FROM elector WHERE voted = 1')).map(
            ({ person }) => person,
          ),
        ),
    );

  describe('stopped in bursts of casts', () => {
    // 0: the kill comes right behind the requests.
    test.each([0, 1, 2, 4, 8])(
      'killed after %i answers',
      async (answers) => {
        const { bot } = world;
        await burst(answers, () => bot.kill());
        await world.boot();
      },
      30_000,
    );

    test('told to stop: it answers what it has taken, and ends well', async () => {
      const { bot } = world;
      const before = await voters();
      const codes = new Set<number | null>();
      const casts = await burst(1, async () => codes.add(await bot.stop()));
      expect([...codes]).toEqual([0]);
      expect(bot.lines().filter(({ level }) => Number(level) > 40)).toEqual([]);
      for (const no of await voters()) if (!before.has(no)) expect(casts.get(no)?.toast, no).toBe('success'); // none was cut off
      await world.boot();
    }, 30_000);

    test('those who were told nothing can cast, or have; those who were told cannot again', async () => {
      const cast = await forAll(
        PEOPLE,
        (no) => castSealed(world, ballots, sealed[PEOPLE.indexOf(no)] ?? { no, messageId: '', draft: '' }),
        16,
      );
      for (const [no, { toast }] of cast) {
        expect(['success', 'warning']).toContain(toast);
        if (acknowledged.has(no)) expect(toast).toBe('warning');
      }
      for (const [no, result] of cast) note(no, result);
      expect((await voters()).size).toBe(60);
    });
  });

  test('killed while the ballot is being closed: it is open or closed, with the keys that go with it', async () => {
    const keysDir = String(world.env['KEYS_DIR']);
    const keys = () => readdirSync(keysDir).flatMap((name) => /\.(working|recount)\.key$/.exec(name)?.[1] ?? []);
    const card = await world.as('E01').ask('/评议', { button: 'close_ballot' });
    const { bot } = world;
    const closing = card.press('close_ballot');
    // The new key is on disk before the tally is in the database, and the old one goes only afterwards.
    while (!keys().includes('recount')) await new Promise((resolve) => setImmediate(resolve));
    await bot.kill();
    await closing;
    await world.boot();
    // Closed already: then the button says so, or that the tap before was received.
    const said = lacks(platform, 'second_tap_received') ? ['success', 'warning', 'info'] : ['success', 'warning'];
    expect(said).toContain((await card.press('close_ballot')).toast?.type);
    expect(keys()).toEqual(['recount']);
    expect(await publishedReceipts(world)).toHaveLength(60);
  }, 30_000);

  test('killed while results are sent out: everybody gets each card once', async () => {
    const killed = killAfter(2, 'my_result');
    await closeAndPublish(world, 'E01');
    await killed;
    await world.boot();
    await everythingSentOnce(world);
  }, 90_000);

  test('the count is exact and every receipt is in the list', async () => {
    const { counts, members } = await resultsOfBranch(world, 'B001');
    expect(counts).toEqual({ due: 60, present: 45, electors: 60, cast: 60, valid: 60 });
    const receipts = await publishedReceipts(world);
    expect(receipts).toHaveLength(60);
    expect(receipts).toEqual(expect.arrayContaining([...acknowledged.values()]));
    // 53 colleagues rate E01: 33 nines and 20 sixes, 417 / 53.
    expect(members[0]?.stars[0]?.means).toMatchObject({
      members_and_colleagues: '7.86',
      leadership: '9.00',
      committee: '9.00',
    });
    expect(members[0]?.stars[1]?.means).toMatchObject({ members_and_colleagues: '9.00' });
  });
});
