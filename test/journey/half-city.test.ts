/**
 * A quarter of a small city, half of its branches on Feishu and half on DingTalk, leaders and some others on both; from the opening to
 * the league, while calls fail on both platforms, pushes come twice, and the bot is killed in the middle.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PlatformName } from '../../src/platform/platform.ts';
import { closeAndPublish, forAll, refusedCalls, resultsOfBranch } from '../support/ballot-play.ts';
import { query, t } from '../support/journey.ts';
import { everythingSentOnce, outboxOf } from '../support/outbox-check.ts';
import type { ShownCard } from '../support/playground.ts';
import { castFilled, fillBallot, fileSelfReview, type MarkOf, runMeeting } from '../support/review-play.ts';
import { type Branch, type Member, nameOf, World } from '../support/world.ts';

const PERIOD = '2026-Q3';
const BOTH: readonly PlatformName[] = ['lark', 'dingtalk'];
const BRANCHES: readonly (Branch & { chatOn: PlatformName })[] = [
  { code: 'B001', unit: 'U1', chatOn: 'lark' },
  { code: 'B002', unit: 'U1', chatOn: 'dingtalk' },
  { code: 'B003', unit: 'U2', chatOn: 'lark' },
  { code: 'B004', unit: 'U2', chatOn: 'dingtalk' },
];
/** Of each branch: the secretary S, a leader of the unit L and a member M1 on both, members M2 and M3 and colleagues C1 and C2 on its own. */
const MEMBERS: readonly Member[] = BRANCHES.flatMap(({ code, chatOn: on }, i): Member[] => {
  const no = (letter: string, n: number) => `${letter}${i + 1}${n}`;
  return [
    { no: no('S', 1), branch: code, roles: 'secretary', on },
    { no: no('L', 1), branch: code, roles: i === 0 ? 'leader;liaison:D1' : 'leader', on: 'both' },
    { no: no('M', 1), branch: code, on: 'both' },
    ...[2, 3].map((n): Member => ({ no: no('M', n), branch: code, on })),
    ...[1, 2].map((n): Member => ({ no: no('C', n), branch: code, status: 'colleague', on })),
  ];
});
const inBranch = (code: string) => MEMBERS.filter(({ branch }) => branch === code).map(({ no }) => no);
const members = (code: string) => inBranch(code).filter((no) => !no.startsWith('C'));
/** Everybody of the branch, and the leader of the unit’s other branch. */
const electorsOf = (code: string) => {
  const unit = BRANCHES.find((branch) => branch.code === code)?.unit;
  const other = BRANCHES.filter((branch) => branch.unit === unit && branch.code !== code).map((branch) => branch.code);
  return [...inBranch(code), ...other.flatMap((one) => inBranch(one).filter((no) => no.startsWith('L')))];
};
const secretaryOf = (code: string) => inBranch(code)[0] ?? '';
/** Nine for all but the last two stars. */
const mark: MarkOf = (_subject, _star, i) => (i < 8 ? 9 : 7);
/** After a kill the next process sends nothing before the lease of the killed one has run out, after ten seconds. */
const PATIENCE_MS = 60_000;

let world: World;
beforeAll(async () => {
  world = await World.start({
    platform: 'both',
    branches: BRANCHES,
    members: MEMBERS,
    startsAt: '2026-10-15T10:00+08:00',
    env: { LOG_LEVEL: 'info' },
  });
  for (const player of world.players.values()) player.patienceMs = PATIENCE_MS;
  await world.client.faults({
    seed: 11,
    rate_429: 0.05,
    rate_5xx: 0.04,
    reset_before: 0.03,
    reset_after: 0.04,
    timeout_after: 0.02,
    timeout_ms: 300,
    duplicate_events: 0.4,
  });
  await world.client.dingtalk({ space_fails: 0.05, duplicate_clicks: 0.2 });
}, 60_000);
afterAll(() => world?.stop());

const boot = async () => {
  await world.boot();
  for (const player of world.players.values()) player.patienceMs = PATIENCE_MS;
};
/** The ballot of a branch that was sent to somebody: to where they were last, which for those on both may be either. */
const ballotOf = (no: string, code: string): Promise<ShownCard> =>
  world.client.waitFor(
    `the ballot of ${no} in ${code}`,
    async () => {
      const { on = 'lark' } = MEMBERS.find((member) => member.no === no) ?? {};
      for (const platform of on === 'both' ? BOTH : [on]) {
        const found = await world
          .as(no, platform)
          .findCard((card) => card.title.includes(code) && card.forms.some(({ name }) => name.startsWith('ballot_')));
        if (found !== null) return found;
      }
      return null;
    },
    PATIENCE_MS,
  );

test('reviews are opened, self-reviews filed and meetings held, each branch on its own platform', async () => {
  await Promise.all(
    BRANCHES.map(async ({ code }) => {
      await world.as(secretaryOf(code)).ask('/评议 开启', { button: 'start_meeting' });
      await forAll(members(code), (no) => fileSelfReview(world, no, 9), 2);
    }),
  );
  // The last ballots are on their way when the bot is killed.
  const last = BRANCHES.map(({ code }) => runMeeting(world, secretaryOf(code), code, inBranch(code)));
  await Promise.all(last);
  await world.bot.kill();
  await boot();
  await everythingSentOnce(world, PATIENCE_MS);
}, 120_000);

test('a leader on both platforms has one ballot in each branch, and casts it once, wherever it was opened', async () => {
  const opened = [];
  for (const platform of BOTH) {
    const choice = await world.as('L11', platform).ask('/投票', { button: 'ballot_open_2' });
    const button = choice.view.buttons.find(({ label }) => label.includes('B001'))?.name ?? '';
    opened.push((await choice.press(button)).card);
  }
  const [onFeishu, onDingTalk] = opened;
  if (onFeishu === undefined || onDingTalk === undefined) throw new Error('no ballots');
  const filled = await fillBallot(world, 'L11', mark, onDingTalk);
  expect((await castFilled(await fillBallot(world, 'L11', mark, onFeishu))).toast).toBe('success');
  expect((await castFilled(filled)).toast).toBe('warning');
}, 60_000);

test('everybody votes: leaders in both branches of their unit', async () => {
  for (const { code } of BRANCHES) {
    const voters = electorsOf(code).filter((no) => !(no === 'L11' && code === 'B001'));
    const toasts = await forAll(
      voters,
      async (no) => (await castFilled(await fillBallot(world, no, mark, await ballotOf(no, code)))).toast,
      4,
    );
    expect([...toasts.values()], code).toEqual(voters.map(() => 'success'));
  }
}, 120_000);

test('branches are closed and published; the bot is killed while results go out', async () => {
  for (const { code } of BRANCHES) await closeAndPublish(world, secretaryOf(code));
  await world.bot.kill();
  await boot();
  await everythingSentOnce(world, PATIENCE_MS);
}, 120_000);

describe('afterwards', () => {
  test.each(BRANCHES.map(({ code }) => code))('%s has counted one ballot for each elector', async (code) => {
    const { counts, members: sheets } = await resultsOfBranch(world, code, PERIOD);
    const electors = electorsOf(code).length;
    expect(counts).toEqual({ due: 7, present: 7, electors, cast: electors, valid: electors });
    expect(sheets.map((sheet) => sheet.level)).toEqual(members(code).map(() => 8));
  });

  test('results are in the group of the branch, and in the group of the district on both platforms, once each', async () => {
    const rows = (await outboxOf(world)).filter(({ state }) => state === 'sent');
    const recipients = (card: string) => rows.filter((row) => row.card === card).map(({ recipient }) => recipient);
    const groups = BRANCHES.map(({ code, chatOn }) => world.chat(`branch:${code}`, chatOn));
    const districts = BOTH.map((platform) => world.chat('district:D1', platform));
    // Who is on both sees the group; nobody needs it in private.
    expect(recipients('results_branch').toSorted()).toEqual(groups.toSorted());
    expect(recipients('results_district').toSorted()).toEqual(BRANCHES.flatMap(() => districts).toSorted());
    expect(recipients('my_result').toSorted()).toEqual(BRANCHES.flatMap(({ code }) => members(code)).toSorted());
    for (const { code, chatOn } of BRANCHES) {
      const card = await world
        .as(secretaryOf(code))
        .card({ title: /公示/ }, { chat: world.chat(`branch:${code}`, chatOn) });
      expect(JSON.stringify(card.json)).toContain(nameOf({ no: secretaryOf(code), branch: code }));
    }
  });

  test('the notices end, and the league of all branches comes to both groups of the district', async () => {
    // The bot follows the clock and does what is due on the way.
    await world.client.clock({ now: Date.parse(`${await dayAfterNotices()}T10:00:00+08:00`) });
    const title = t('result.league_title', {
      scope: 'D1片区',
      period: t('review.period.quarter', { year: 2026, n: 3 }),
    });
    for (const platform of BOTH) {
      const chat = world.chat('district:D1', platform);
      const card = await world.as('L11', platform).card({ title }, { chat });
      for (const { code } of BRANCHES) expect(JSON.stringify(card.json)).toContain(code);
      const messages = await world.as('L11', platform).messages(chat);
      expect(messages.filter(({ card: json }) => JSON.stringify(json ?? {}).includes(title))).toHaveLength(1);
    }
    const states = await query(world, z.object({ state: z.string() }), 'SELECT state FROM review');
    expect(states.map(({ state }) => state)).toEqual(BRANCHES.map(() => 'final'));
    const league = z
      .object({
        rows: z.array(z.object({ branch: z.string(), rank: z.number().nullable(), turnout: z.string().nullable() })),
      })
      .parse(JSON.parse(await world.cliOk('league', '--period', PERIOD, '--format', 'json')));
    expect(league.rows.map(({ branch }) => branch).toSorted()).toEqual(BRANCHES.map(({ code }) => code));
    expect(new Set(league.rows.map(({ turnout }) => turnout))).toEqual(new Set(['100.00']));
  }, 60_000);

  test('the faults did happen, on both', async () => {
    const calls = await refusedCalls(world);
    const kinds = (beginning: string) =>
      Object.entries(calls)
        .filter(([api]) => api.includes(beginning))
        .flatMap(([, codes]) => Object.keys(codes).filter((code) => code !== 'ok'));
    expect(new Set(kinds('/open-apis/im/')).size).toBeGreaterThan(2);
    expect(new Set(kinds('/v1.0/card/')).size).toBeGreaterThan(2);
    expect((await world.client.deliveries(5_000)).filter(({ attempt }) => attempt > 1).length).toBeGreaterThan(0);
  });
});

/** A date. */
async function dayAfterNotices(): Promise<string> {
  const [row] = await query(
    world,
    z.object({ day: z.string() }),
    "SELECT date(max(notice_until), '+1 day') AS day FROM review",
  );
  if (row === undefined) throw new Error('no notice');
  return row.day;
}
