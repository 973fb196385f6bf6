/**
 * DingTalk without its card template (parity rule `text_without_template`): messages are ordinary text, and the people there vote on the
 * web, in the same review as everybody else.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forAll, openBallots, publishedReceipts, resultsOfBranch } from '../support/ballot-play.ts';
import { t, told } from '../support/journey.ts';
import { castBallot, type Mark } from '../support/review-play.ts';
import { Visitor } from '../support/web-ballot-world.ts';
import { type Member, World } from '../support/world.ts';

/** The leader is on DingTalk alone, and votes in both branches of the unit. */
const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary', on: 'lark' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary', on: 'lark' },
  ...['E03', 'E04', 'E05'].map((no): Member => ({ no, branch: 'B001', on: 'lark' })),
  { no: 'F01', branch: 'B002', roles: 'secretary', on: 'lark' },
  ...['F02', 'F03', 'F04'].map((no): Member => ({ no, branch: 'B002', on: 'lark' })),
  ...['C01', 'C02', 'C03'].map((no): Member => ({ no, branch: 'B001', status: 'colleague', on: 'lark' })),
  ...['C04', 'C05', 'C06'].map((no): Member => ({ no, branch: 'B002', status: 'colleague', on: 'lark' })),
  { no: 'L01', branch: 'B001', roles: 'leader', on: 'dingtalk' },
];
const present = (branch: string) =>
  MEMBERS.filter((member) => member.branch === branch && member.on === 'lark').map(({ no }) => no);
const mark = (_subject: string, _star: string, i: number): Mark => i % 11;

let world: World;
beforeAll(async () => {
  world = await World.start({
    platform: 'both',
    branches: [
      { code: 'B001', unit: 'U1', chatOn: 'lark' },
      { code: 'B002', unit: 'U1', chatOn: 'lark' },
    ],
    members: MEMBERS,
    env: { DINGTALK_CARD_TEMPLATE_ID: '' },
  });
  await openBallots(world, 'E01', 'B001', present('B001'));
  await openBallots(world, 'F01', 'B002', present('B002'));
}, 90_000);
afterAll(() => world?.stop());

const leader = () => world.as('L01', 'dingtalk');
const words = async (): Promise<string> =>
  (await leader().next(({ card, text }) => card === undefined && (text ?? '') !== '')).text ?? '';

test('the start says it, and the ballot comes as text that says what to type', async () => {
  await world.bot.untilLogged((line) => /DINGTALK_CARD_TEMPLATE_ID is not set/.test(line.msg));
  const texts = await world.client.waitFor('two ballots', async () => {
    const found = (await leader().messages()).filter(({ text }) => text?.includes(t('ballot.ask')));
    return found.length === 2 ? found : null;
  });
  for (const { text } of texts) expect(text).toContain(t('webballot.typed'));
  expect((await leader().messages()).some(({ card }) => card !== undefined)).toBe(false);
});

test('both ballots are cast from one link, one after the other', async () => {
  await leader().say('/投票');
  const link = /https?:\/\/\S+/.exec(await words())?.[0] ?? '';
  const list = await Visitor.at(world.bot.url, link.replace(/^https?:\/\/[^/]+/, world.bot.url));
  expect(list.text).toContain(t('webballot.list_many', { n: 2 }));
  const receipts: string[] = [];
  let page = list;
  for (const left of [1, 0]) {
    const form = await page.press('open.table');
    const check = await form.press(
      'check',
      form.all((_cell, i) => i % 11),
    );
    page = await check.press('cast', { sure: '1' });
    expect(page.text).toContain(left === 0 ? t('webballot.finished') : t('webballot.rest', { n: left }));
    receipts.push(page.receipt);
  }
  expect(new Set(receipts).size).toBe(2);
  await leader().say('/投票');
  expect(await words()).toContain(t('ballot.already_text'));

  // Everybody else votes on cards, into the same box.
  const others = new Map<string, string>();
  await forAll(present('B001'), async (no) => others.set(no, (await castBallot(world, no, mark)).receipt));
  const console = await world.as('E01').ask('/评议', { button: 'close_ballot' });
  expect((await console.press('close_ballot')).toast?.type).toBe('success');
  expect((await publishedReceipts(world)).filter((code) => receipts.includes(code))).toHaveLength(1);
  expect((await resultsOfBranch(world, 'B001')).counts).toMatchObject({ cast: present('B001').length + 1 });
  expect(await told(world, 'E05', `/核验 ${others.get('E04') ?? ''}`)).toContain('B001');
});
