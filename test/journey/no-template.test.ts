/**
 * DingTalk without its card template (parity rule `text_without_template`): messages are ordinary text, and the people there vote on the
 * web, in the same review as everybody else. A review goes to its end also where nobody sees a button.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENDA, type ReviewState } from '../../src/domain/review.ts';
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

/** The page behind the link in what the bot said. */
const visit = (at: World, said: string): Promise<Visitor> => {
  const link = /https?:\/\/\S+/.exec(said)?.[0] ?? '';
  return Visitor.at(at.bot.url, link.replace(/^https?:\/\/[^/]+/, at.bot.url));
};
/** Fills in the ballot on this page, one table for all, and casts it. */
async function castOnPage(page: Visitor, fill: (index: number) => number): Promise<Visitor> {
  const form = page.has('open.table') ? await page.press('open.table') : page;
  const check = await form.press(
    'check',
    form.all((_cell, i) => fill(i)),
  );
  return check.press('cast', { sure: '1' });
}

describe('one of many', () => {
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
    const list = await visit(world, await words());
    expect(list.text).toContain(t('webballot.list_many', { n: 2 }));
    const receipts: string[] = [];
    let page = list;
    for (const left of [1, 0]) {
      page = await castOnPage(page, (i) => i % 11);
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
});

describe('everybody on DingTalk, and no template', () => {
  const ALL: readonly Member[] = [
    { no: 'E01', branch: 'B001', roles: 'secretary' },
    { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
    { no: 'E03', branch: 'B001', roles: 'committee' },
    ...['E04', 'E05', 'E06'].map((no): Member => ({ no, branch: 'B001' })),
    ...['C01', 'C02', 'C03'].map((no): Member => ({ no, branch: 'B001', status: 'colleague' })),
    { no: 'L01', branch: 'B001', roles: 'leader' },
  ];
  const numbers = ALL.map(({ no }) => no);
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform: 'dingtalk',
      branches: [{ code: 'B001', unit: 'U1' }],
      members: ALL,
      env: { DINGTALK_CARD_TEMPLATE_ID: '' },
    });
  }, 90_000);
  afterAll(() => world?.stop());

  /** Writes, and reads the next text that says this. */
  async function said(no: string, typed: string, about: string, chat?: string): Promise<string> {
    const where = chat === undefined ? {} : { chat };
    await world.as(no).say(typed, where);
    return (await world.as(no).next(({ text }) => text?.includes(about) === true, where)).text ?? '';
  }
  const state = (name: ReviewState): string => t(`review.state.${name}`);

  test('opened, and each message says what to type', async () => {
    const console = await said('E01', '/评议 开启', state('preparing'));
    expect(console).toContain('/评议 会议');
    const form = await world.as('E04').next(({ text }) => text?.includes(t('review.self.why')) === true);
    expect(form.text).toContain(t('webballot.typed_form_nowhere'));
  });

  test('signed in by typing, in the group and in private, to the quorum', async () => {
    expect(await said('E01', '/评议 会议', state('meeting'))).toContain('/评议 议程');
    const group = world.chat('branch:B001');
    const call = await world.as('E02').next(({ text }) => text?.includes(t('review.sign_in.title')) === true, {
      chat: group,
    });
    expect(call.text).toContain(t('review.sign_in.typed'));
    for (const no of ['E01', 'E02', 'C01']) await said(no, '/签到', `张${no}：${t('review.sign_in.ok')}`, group);
    for (const no of numbers.filter((one) => !['E01', 'E02', 'C01'].includes(one)))
      await said(no, '/签到', t('review.sign_in.ok'));
    await said('E01', '/签到', t('review.sign_in.again'));
    for (const item of AGENDA) await said('E01', '/评议 议程', `☑ ${t(`review.agenda.${item}`)}`);
    expect(await said('E01', '/评议 投票', state('balloting'))).toContain('/评议 关闭');
  });

  test('everybody votes on the web; counted, confirmed and published by words', async () => {
    await forAll(
      numbers,
      async (no) => {
        const done = await castOnPage(await visit(world, await said(no, '/投票', '/ballot')), (i) => 8 + (i % 3));
        expect(done.receipt).not.toBe('');
      },
      3,
    );
    expect(await said('E01', '/评议 关闭', state('tallied'))).toContain('/评议 确认');
    expect(await said('E03', '/评议 确认', t('result.confirm_person', { name: '张E04', level: '' }).trim())).toContain(
      t('result.confirm_typed'),
    );
    expect(await said('E03', '/评议 确认 是', state('confirmed'))).toContain('/评议 公布');
    await said('E01', '/评议 公布', state('notice'));
    expect((await resultsOfBranch(world, 'B001')).counts).toMatchObject({
      cast: numbers.length,
      valid: numbers.length,
    });
    const own = await world.as('E04').next(({ text }) => text?.includes(t('result.total')) === true);
    expect(own.text).toContain('★');
    const inGroup = { chat: world.chat('branch:B001') };
    const posted = await world.as('E04').next(({ text }) => text?.includes('结果公示') === true, inGroup);
    expect(posted.text).toContain('张E05');
    expect(await said('E05', '/结果', t('result.total'))).toContain('★');
  });

  test('nobody was sent a card', async () => {
    for (const no of numbers)
      expect((await world.as(no).messages()).filter(({ card }) => card !== undefined)).toEqual([]);
  });
});
