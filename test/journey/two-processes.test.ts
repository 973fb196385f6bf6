/** Two bots behind a balancer, on one database and one folder of keys: together they do everything once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  castSealed,
  closeAndPublish,
  forAll,
  openBallots,
  publishedReceipts,
  resultsOfBranch,
  type Sealed,
  type SealedBallots,
  sealedBallots,
} from '../support/ballot-play.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { auditActs } from '../support/journey.ts';
import { everythingSentOnce, outboxOf } from '../support/outbox-check.ts';
import { type Cast, castBallot, fileSelfReview, type MarkOf } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader' },
  { no: 'E04', branch: 'B001' },
  ...Array.from(
    { length: 30 },
    (_, i): Member => ({ no: `C${String(i + 1).padStart(2, '0')}`, branch: 'B001', status: 'colleague' }),
  ),
];
const PEOPLE = MEMBERS.map(({ no }) => no);
const mark: MarkOf = (_subject, _star, i) => (i < 5 ? 9 : 8);

/** How many vote before the secretary closes; the others do so at the same moment. */
const EARLY = 25;

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let other: BotProcess;
  let balancer: Balancer;
  let ballots: SealedBallots;
  let sealed: Sealed[];
  beforeAll(async () => {
    balancer = await startBalancer([]);
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      env: { LOG_LEVEL: 'info', PUBLIC_URL: balancer.url },
    });
    other = await startBotProcess({ ...world.env, PORT: '0' });
    balancer.targets = [world.bot.url, other.url];
    await world.deliverTo(balancer.url);
  }, 60_000);
  afterAll(async () => {
    await balancer?.close();
    await other?.stop();
    await world?.stop();
  });

  test('commands and clicks go to either; each card comes once', async () => {
    await openBallots(world, 'E01', 'B001', PEOPLE.slice(0, 28), () =>
      forAll(['E01', 'E02', 'E03', 'E04'], (no) => fileSelfReview(world, no, 8)),
    );
    await everythingSentOnce(world);
    const ballotRows = (await outboxOf(world)).filter(({ card }) => card === 'ballot');
    expect(ballotRows.map(({ recipient }) => recipient).sort()).toEqual([...PEOPLE].sort());
  }, 60_000);

  test('pages of one ballot are turned by either', async () => {
    expect((await castBallot(world, 'E04', mark)).toast).toBe('success');
  });

  test('everybody casts twice at the same time: one ballot each', async () => {
    ballots = await sealedBallots(world, 'B001');
    sealed = await Promise.all(PEOPLE.filter((no) => no !== 'E04').map((no) => ballots.seal(no, mark)));
    const answers = await Promise.all(
      sealed
        .slice(0, EARLY)
        .flatMap((ballot) => [castSealed(world, ballots, ballot), castSealed(world, ballots, ballot)]),
    );
    const of = (no: number): Cast[] => answers.slice(2 * no, 2 * no + 2);
    for (const [i, { no }] of sealed.slice(0, EARLY).entries())
      expect(
        of(i)
          .map(({ toast }) => toast)
          .sort(),
        no,
      ).toEqual(['success', 'warning']);
  }, 60_000);

  test('while the last are casting the secretary closes: who was told it is cast is counted, nobody else', async () => {
    const card = await world.as('E01').ask('/评议', { button: 'close_ballot' });
    const late = sealed.slice(EARLY);
    const [closed, ...casts] = await Promise.all([
      card.press('close_ballot'),
      ...late.map((ballot) => castSealed(world, ballots, ballot)),
    ]);
    expect(closed.toast?.type).toBe('success');
    for (const [i, { toast }] of casts.entries()) expect(['success', 'warning'], late[i]?.no).toContain(toast);
    const told = casts.filter(({ toast }) => toast === 'success').map(({ receipt }) => receipt);
    await closeAndPublish(world, 'E01');
    const again = await Promise.all(sealed.slice(0, 4).map((ballot) => castSealed(world, ballots, ballot)));
    expect(again.map(({ toast }) => toast)).toEqual(['warning', 'warning', 'warning', 'warning']);
    const { counts, members } = await resultsOfBranch(world, 'B001');
    const cast = 1 + EARLY + told.length;
    expect(counts).toEqual({ due: 34, present: 28, electors: 34, cast, valid: cast });
    const list = await publishedReceipts(world);
    expect(new Set(list).size).toBe(cast);
    expect(list).toEqual(expect.arrayContaining(told));
    const scores = members[3]?.stars.map(({ score }) => score);
    expect(scores).toEqual(Array.from({ length: 10 }, (_, i) => (i < 5 ? '8.90' : '8.00')));
  }, 60_000);

  test('one of them goes away while results are sent: the other sends the rest', async () => {
    const sender =
      world.bot.lines().findLast(({ msg }) => msg === 'outbox: sender changed')?.['sender'] === true
        ? world.bot
        : other;
    balancer.targets = [sender === world.bot ? other.url : world.bot.url];
    await sender.kill();
    await world.as('C01').say('/帮助');
    await everythingSentOnce(world);
    const acts = await auditActs(world);
    for (const act of ['ballot_opened', 'ballot_closed', 'tally_made', 'results_published'])
      expect(
        acts.filter((line) => line.startsWith(`${act} `)),
        act,
      ).toHaveLength(1);
    expect(await world.cliOk('audit', 'verify')).toMatch(/./);
  }, 60_000);
});
