/** The button that casts, tapped twice, on clients that show the second answer; and tapped again when the first answer came too late. */
import { createClient } from '@libsql/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  castSealed,
  closeAndPublish,
  openBallots,
  publishedReceipts,
  type Sealed,
  type SealedBallots,
  sealedBallots,
} from '../support/ballot-play.ts';
import { castFilled, fillBallot } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'committee' },
  ...['E03', 'E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001' })),
];
/** Longer than either platform waits for an answer. */
const TOO_LONG_MS = 3_400;

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let ballots: SealedBallots;
  let another: Sealed;
  const receipts: string[] = [];
  beforeAll(async () => {
    world = await World.start({ platform, branches: [{ code: 'B001', unit: 'U1' }], members: MEMBERS });
    await openBallots(
      world,
      'E01',
      'B001',
      MEMBERS.map(({ no }) => no),
    );
    ballots = await sealedBallots(world, 'B001');
  }, 60_000);
  beforeEach(() => world.client.faults({ reset: true }));
  afterAll(() => world?.stop());

  const seal = (no: string) => ballots.seal(no, (_subject, _star, i) => i);

  test.each([
    ['at once', 'E01', 0],
    ['while the first is under way or just answered', 'E02', 5],
    ['right after', 'E03', 300],
  ])('%s: the card stays with the receipt', async (_when, no, double_tap_ms) => {
    const check = await fillBallot(world, no, (_subject, _star, i) => i);
    await world.client.faults({ double_taps: 1, double_tap_ms });
    const { toast, receipt } = await castFilled(check);
    expect(['success', 'warning']).toContain(toast); // whichever of the two answers is shown
    expect(receipt).not.toBe('');
    expect((await check.now()).text).toContain(receipt);
    receipts.push(receipt);
  });

  test('again when the answer came too late to be shown', async () => {
    const sealed = await seal('E04');
    another = await seal('E04');
    const lock = await createClient({ url: String(world.env['DATABASE_URL']) }).transaction('write');
    const first = castSealed(world, ballots, sealed);
    await sleep(TOO_LONG_MS);
    await lock.rollback();
    expect(await first).toEqual({ toast: 'none', receipt: '' });
    const second = await castSealed(world, ballots, sealed);
    expect(second.toast).toBe('success');
    receipts.push(second.receipt);
  });

  test('another ballot of somebody who has voted shows no receipt', async () => {
    expect(await castSealed(world, ballots, another)).toEqual({ toast: 'warning', receipt: '' });
  });

  test('each receipt was shown to one person, is counted, and was nowhere on disk or in the log before', async () => {
    for (const no of ['E05', 'E06']) receipts.push((await castSealed(world, ballots, await seal(no))).receipt);
    expect(new Set(receipts).size).toBe(MEMBERS.length);
    for (const { name, bytes } of world.traces())
      for (const receipt of receipts)
        expect(bytes.includes(receipt) || bytes.includes(receipt.replace('-', '')), name).toBe(false);
    await closeAndPublish(world, 'E01');
    expect(await publishedReceipts(world)).toEqual(receipts.toSorted());
  });
});
