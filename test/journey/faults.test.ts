/** A whole review while the platform is at its worst: nothing is lost, nothing is doubled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  castSealed,
  closeAndPublish,
  forAll,
  openBallots,
  publishedReceipts,
  refusedCalls,
  resultsOfBranch,
  sealedBallots,
} from '../support/ballot-play.ts';
import { auditActs } from '../support/journey.ts';
import { everythingSentOnce, outboxOf } from '../support/outbox-check.ts';
import { fileSelfReview, type MarkOf } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  ...['E02', 'E03'].map((no) => ({ no, branch: 'B001', roles: 'committee' })),
  ...['E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001', roles: 'leader' })),
  ...['E07', 'E08'].map((no) => ({ no, branch: 'B001' })),
  ...Array.from(
    { length: 12 },
    (_, i): Member => ({ no: `C${String(i + 1).padStart(2, '0')}`, branch: 'B001', status: 'colleague' }),
  ),
];
const PEOPLE = MEMBERS.map(({ no }) => no);
const mark: MarkOf = (_subject, _star, i) => (i < 5 ? 9 : 7);

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      env: { LOG_LEVEL: 'info' },
    });
  }, 60_000);
  afterAll(() => world?.stop());

  test('rate limits, errors, a lost token, lost and late answers, cut connections, a slow network, events twice and out of order', async () => {
    for (const player of world.players.values()) player.patienceMs = 60_000;
    await world.client.faults({
      seed: 7,
      rate_429: 0.06,
      rate_5xx: 0.06,
      reset_before: 0.04,
      reset_after: 0.06,
      timeout_after: 0.05,
      timeout_ms: 400,
      latency_ms: 60,
      push_latency_ms: 40,
      store_ms: 20,
      duplicate_events: 0.5,
      reorder_events: 0.3,
      reorder_ms: 200,
      json_style: 'escaped',
      click_patch: 'revert',
    });
    await openBallots(world, 'E01', 'B001', PEOPLE.slice(0, 16), () =>
      forAll(PEOPLE.slice(0, 8), (no) => fileSelfReview(world, no, 9), 4),
    );
    // Whoever votes before the ballot's answer is known leaves a message without a row behind: the row is forgotten with the vote.
    await everythingSentOnce(world, 60_000);
    const ballots = await sealedBallots(world, 'B001');
    const casts = await forAll(PEOPLE, async (no) => castSealed(world, ballots, await ballots.seal(no, mark)));
    expect([...casts.values()].map(({ toast }) => toast)).toEqual(PEOPLE.map(() => 'success'));
    await world.client.revokeTokens();
    await closeAndPublish(world, 'E01');
    await everythingSentOnce(world, 60_000);
    expect((await publishedReceipts(world)).length).toBe(PEOPLE.length);
    expect([...casts.values()].map(({ receipt }) => receipt).sort()).toEqual(await publishedReceipts(world));
  }, 120_000);

  test('each card came once to each, each step was taken once, and the result is exact', async () => {
    const rows = await outboxOf(world);
    const recipients = (card: string) =>
      rows
        .filter((row) => row.card === card && row.state === 'sent')
        .map(({ recipient }) => recipient)
        .sort();
    expect(recipients('ballot')).toEqual([...PEOPLE].sort());
    expect(recipients('my_result')).toEqual(PEOPLE.slice(0, 8));
    expect(recipients('results_branch')).toEqual([world.chat('branch:B001')]);
    expect(recipients('results_district')).toEqual([world.chat('district:D1')]);
    const acts = (await auditActs(world)).map((line) => line.split(' ')[0] ?? '');
    for (const act of [
      'review_opened',
      'meeting_started',
      'ballot_opened',
      'ballot_closed',
      'tally_made',
      'results_confirmed',
      'results_published',
    ])
      expect(
        acts.filter((it) => it === act),
        act,
      ).toHaveLength(1);
    expect(acts.filter((act) => act === 'agenda_ticked')).toHaveLength(5);
    const { counts, members } = await resultsOfBranch(world, 'B001');
    expect(counts).toEqual({ due: 20, present: 16, electors: 20, cast: 20, valid: 20 });
    for (const { stars } of members)
      expect(stars.map(({ score }) => score)).toEqual([
        '9.00',
        '9.00',
        '9.00',
        '9.00',
        '9.00',
        '7.20',
        '7.20',
        '7.20',
        '7.20',
        '7.20',
      ]);
  });

  test('the faults did happen', async () => {
    const faults = Object.values(await refusedCalls(world)).flatMap((calls) => Object.entries(calls));
    expect(new Set(faults.map(([kind]) => kind)).size).toBeGreaterThan(2);
    expect(faults.reduce((sum, [, times]) => sum + times, 0)).toBeGreaterThan(5);
    expect((await world.client.deliveries(1_000)).filter(({ attempt }) => attempt > 1).length).toBeGreaterThan(0);
  });
});
