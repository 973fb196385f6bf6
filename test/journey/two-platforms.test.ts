/**
 * One branch whose people are on Feishu, on DingTalk or on both: one person is one elector, is written to where they were last, and
 * both groups see what the branch sees.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { PlatformName } from '../../src/platform/platform.ts';
import { closeAndPublish, forAll, resultsOfBranch } from '../support/ballot-play.ts';
import { kindOf, query, t } from '../support/journey.ts';
import { everythingSentOnce } from '../support/outbox-check.ts';
import { Player } from '../support/playground.ts';
import { castFilled, fillBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, nameOf, World } from '../support/world.ts';

/** E04 and L01 use both; the rest one. */
const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary', on: 'dingtalk' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary', on: 'lark' },
  { no: 'E03', branch: 'B001', roles: 'committee', on: 'lark' },
  { no: 'E04', branch: 'B001' },
  { no: 'E05', branch: 'B001', on: 'dingtalk' },
  { no: 'E06', branch: 'B001', on: 'lark' },
  ...(['dingtalk', 'lark', 'dingtalk'] as const).map(
    (on, i): Member => ({ no: `C0${i + 1}`, branch: 'B001', status: 'colleague', on }),
  ),
  { no: 'L01', branch: 'B001', roles: 'leader;liaison:D1' },
];
const PEOPLE = MEMBERS.map(({ no }) => no);
const BOTH: readonly PlatformName[] = ['lark', 'dingtalk'];

let world: World;
beforeAll(async () => {
  // A working day within message hours, so that reminders leave at once.
  world = await World.start({
    platform: 'both',
    branches: [{ code: 'B001', unit: 'U1' }],
    members: MEMBERS,
    startsAt: '2026-10-15T10:00+08:00',
  });
}, 60_000);
afterAll(() => world?.stop());

/** How many cards with this in the title somebody has on each platform. */
async function cardsOf(no: string, title: RegExp): Promise<Record<PlatformName, number>> {
  const count = async (platform: PlatformName) => {
    const messages = await world.as(no, platform).messages();
    return messages.filter(({ card }) => card !== undefined && title.test(JSON.stringify(card))).length;
  };
  return { lark: await count('lark'), dingtalk: await count('dingtalk') };
}

test('accounts are found by telephone number on both', async () => {
  const rows = await query(
    world,
    z.object({ person: z.string(), platforms: z.string() }),
    `SELECT person, group_concat(platform, ' ') AS platforms FROM (SELECT person, platform FROM identity ORDER BY platform) GROUP BY person`,
  );
  expect(Object.fromEntries(rows.map(({ person, platforms }) => [person, platforms]))).toEqual(
    Object.fromEntries(MEMBERS.map(({ no, on }) => [no, on ?? 'dingtalk lark'])),
  );
});

test('a second account is tied to the person by a code, on DingTalk as on Feishu', async () => {
  const { people } = await world.client.seed({
    people: [{ name: nameOf({ no: 'E06', branch: '' }), mobile: '19900000006', platforms: ['dingtalk'] }],
  });
  const stranger = new Player(world.client, { id: people[0]?.id ?? '', name: 'E06' }, 'dingtalk');
  const answer = async (text: string) => (await stranger.ask(text, { title: t('common.app') })).text;
  expect(await answer('/我的')).toContain(t('notice.stranger'));
  await world.as('E01').ask('/绑定 E06', { text: /已有账号/ });
  const issued = await world.as('E06').ask('/绑定 E06', { text: /验证码：/ });
  const code = /验证码：(\w+)/.exec(issued.text)?.[1] ?? '';
  expect(await answer('/绑定 E06 23456789')).toContain(t('notice.bind_wrong'));
  expect(await answer(`/绑定 E06 ${code}`)).toContain(t('notice.bind_ok', { name: nameOf({ no: 'E06', branch: '' }) }));
  // From here on the person is known there, and written to there once they have used it.
  expect(await preferred('E06')).toBe('lark');
  expect((await stranger.ask('/我的')).text).not.toContain(t('notice.stranger'));
  expect(await preferred('E06')).toBe('dingtalk');
  await world.as('E06').ask('/我的'); // back on Feishu
});

test('sign-in cards stand in both groups, and who signs in on one is present', async () => {
  await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
  for (const platform of BOTH)
    await world
      .as('L01', platform)
      .card({ title: t('review.due.title') }, { chat: world.chat('branch:B001', platform) });
  // The newest word counts: E04 files on DingTalk, and is written to there.
  await world.as('E04', 'dingtalk').ask('/我的');
  for (const no of ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'L01']) await fileSelfReview(world, no, 9);
  const console = await runMeeting(world, 'E01', 'B001', PEOPLE);
  expect(console.text).toContain(`${PEOPLE.length}`);
  expect(console.buttons()).toContain('close_ballot');
});

test('reminders go to where the person was last: by a word, or by a click that is no secret', async () => {
  await world.as('E04', 'dingtalk').ask('/我的');
  const before = await cardsOf('E04', /还没有投票|尚未投票|提醒/);
  const press = async () => {
    const console = await world.as('E01').ask('/评议', { button: 'remind' });
    expect(kindOf(await console.press('remind'))).toBe('success');
  };
  await press();
  await world.client.waitFor('a reminder on DingTalk', async () => {
    const now = await cardsOf('E04', /还没有投票|尚未投票|提醒/);
    return now.dingtalk === before.dingtalk + 1;
  });
  expect((await cardsOf('E04', /还没有投票|尚未投票|提醒/)).lark).toBe(before.lark);
  expect(await preferred('E04')).toBe('dingtalk');
  // A click in Feishu's group: from now on Feishu.
  const signIn = await world.as('E04', 'lark').card({ button: 'sign_in' }, { chat: world.chat('branch:B001', 'lark') });
  await signIn.press('sign_in');
  expect(await preferred('E04')).toBe('lark');
});

const preferred = async (no: string): Promise<string | null | undefined> =>
  (
    await query(
      world,
      z.object({ platform: z.string().nullable() }),
      'SELECT preferred_platform AS platform FROM person WHERE employee_no = ?',
      [no],
    )
  )[0]?.platform;

test('a ballot opened on both platforms is cast once, and casting says nothing about where', async () => {
  const mark = () => 9;
  const checks = [];
  for (const platform of BOTH) {
    const card = await world.as('E04', platform).ask('/投票', { title: /测评票/ });
    checks.push(await fillBallot(world, 'E04', mark, card));
  }
  const [onFeishu, onDingTalk] = checks;
  if (onFeishu === undefined || onDingTalk === undefined) throw new Error('no ballots');
  expect(await preferred('E04')).toBe('dingtalk'); // asked for there last
  expect((await castFilled(onFeishu)).toast).toBe('success');
  expect(await preferred('E04')).toBe('dingtalk'); // casting was a click on Feishu, and is not noted
  const second = await castFilled(onDingTalk);
  expect(second.toast).toBe('warning');
  expect(second.receipt).toBe('');
  const others = PEOPLE.filter((no) => no !== 'E04');
  const toasts = await forAll(others, async (no) => (await castFilled(await fillBallot(world, no, mark))).toast, 4);
  expect([...toasts.values()]).toEqual(others.map(() => 'success'));
}, 60_000);

test('results reach the groups of both platforms, and the ballot counts each person once', async () => {
  await closeAndPublish(world, 'E01');
  for (const platform of BOTH) {
    const branch = await world
      .as('L01', platform)
      .card({ title: /B001支部.*公示/ }, { chat: world.chat('branch:B001', platform) });
    expect(JSON.stringify(branch.json)).toContain(nameOf({ no: 'E04', branch: '' }));
    const district = await world
      .as('L01', platform)
      .card({ title: /B001/ }, { chat: world.chat('district:D1', platform) });
    expect(JSON.stringify(district.json)).not.toContain(nameOf({ no: 'E04', branch: '' }));
  }
  const { counts } = await resultsOfBranch(world, 'B001', '2026-Q3');
  expect(counts).toMatchObject({ electors: PEOPLE.length, cast: PEOPLE.length, valid: PEOPLE.length });
  await everythingSentOnce(world);
}, 60_000);
