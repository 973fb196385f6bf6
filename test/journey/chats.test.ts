import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditActs, forge, kindOf, query, reviewOf, snapshot, sql, step, t, toastOf } from '../support/journey.ts';
import { Player } from '../support/playground.ts';
import { castBallot, runMeeting } from '../support/review-play.ts';
import { lacks, type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader' },
  ...['E04', 'E05', 'E06', 'E07'].map((no) => ({ no, branch: 'B001' })),
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F03', branch: 'B002', roles: 'office' },
  { no: 'G01', branch: 'B003', roles: 'liaison:D2' },
];
const B001 = MEMBERS.filter((member) => member.branch === 'B001').map((member) => member.no);
const everybody = MEMBERS.map((member) => member.no);
const SETUP = { title: t('result.chat_title') };

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
        { code: 'B003', unit: 'U2', district: 'D2', group: 'G02' },
      ],
      members: MEMBERS,
      noChat: ['branch:B001', 'district:D1', 'branch:B003'],
    });
  }, 60_000);
  afterAll(() => world?.stop());

  const chats = () =>
    query(
      world,
      z.object({ id: z.string(), scope: z.string().nullable(), code: z.string().nullable(), active: z.number() }),
      'SELECT chat_id AS id, scope, code, active FROM chat',
    );
  const chatNow = async (id: string) => (await chats()).find((chat) => chat.id === id);

  describe('a new group', () => {
    let branch: string;
    let district: string;

    test('the bot asks what it is for, and only those entitled may say', async () => {
      branch = await world.newGroup('一支部群', everybody, 'E01');
      const card = await world.as('E01').card(SETUP, { chat: branch });
      expect(card.text).toContain(t('result.chat_intro'));
      const before = await chats();
      const tries: [string, Record<string, string>, string][] = [
        ['E04', { scope: 'branch', code: 'B001' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['E03', { scope: 'branch', code: 'B001' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['F01', { scope: 'branch', code: 'B001' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['G01', { scope: 'branch', code: 'B001' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['G01', { scope: 'district', code: 'D1' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['E01', { scope: 'district', code: 'D1' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['E01', { scope: 'city', code: '' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['F02', { scope: 'city' }, `error: ${t('result.chat_problem.not_allowed')}`],
        ['E01', { scope: 'branch', code: 'B999' }, `warning: ${t('result.chat_problem.unknown_code')}`],
        ['E01', { scope: 'branch' }, `warning: ${t('result.chat_problem.unknown_code')}`],
        ['E01', { scope: 'branch', code: '🙂' }, `warning: ${t('result.chat_problem.unknown_code')}`],
      ];
      for (const [no, form, said] of tries) {
        const shown = await world.as(no).card(SETUP, { chat: branch });
        expect(toastOf(await shown.press('submit', form)), `${no} ${JSON.stringify(form)}`).toBe(said);
      }
      expect((await card.press('submit', {})).blocked).toEqual(['scope']);
      expect(
        toastOf(await forge(world, 'E01', { a: 'chat_bind' }, { card, form: { scope: 'planet', code: 'B001' } })),
      ).toBe(`warning: ${t('result.chat_problem.bad_scope')}`);
      expect(await chats()).toEqual(before);
    });

    test('the secretary sets the branch’s own; the card says what it is now, and can not be turned to something else', async () => {
      const card = await world.as('E01').card(SETUP, { chat: branch });
      const set = await card.press('submit', { scope: 'branch', code: ' b001 ' });
      expect(toastOf(set)).toBe(`success: ${t('result.chat_saved')}`);
      expect(set.card.text).toContain(
        t('result.chat_bound', { scope: t('result.chat_scopes.branch'), name: 'B001支部' }),
      );
      expect(await chatNow(branch)).toEqual({ id: branch, scope: 'branch', code: 'B001', active: 1 });
      expect(await auditActs(world)).toContain('chat_bound E01');
      const turned = await forge(world, 'F01', { a: 'chat_bind' }, { card, form: { scope: 'branch', code: 'B002' } });
      expect(toastOf(turned)).toBe(`error: ${t('result.chat_problem.not_allowed')}`);
      expect((await chatNow(branch))?.code).toBe('B001');
    });

    test('a private chat is no group', async () => {
      const before = await snapshot(world);
      const forged = await forge(world, 'F03', { a: 'chat_bind' }, { form: { scope: 'city' } });
      expect(toastOf(forged)).toBe(`warning: ${t('notice.old_card')}`);
      expect(await snapshot(world)).toEqual(before);
    });

    test('the liaison officer sets the district’s', async () => {
      district = await world.newGroup('一片区群', everybody, 'F02');
      const card = await world.as('F02').card(SETUP, { chat: district });
      expect(toastOf(await card.press('submit', { scope: 'district', code: 'd1' }))).toBe(
        `success: ${t('result.chat_saved')}`,
      );
    });

    test('due list, sign-in and results are posted there', async () => {
      await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
      await world.as('E04').card({ title: t('review.due.title') }, { chat: branch });
      world.nameChat('branch:B001', branch);
      await runMeeting(world, 'E01', 'B001', B001);
      await Promise.all(B001.map((no) => castBallot(world, no, () => 8)));
      await step(world, 'E01', 'close_ballot');
      const form = (await step(world, 'E01', 'confirm_results')).card;
      await form.press('confirm_results', {});
      expect(kindOf(await step(world, 'E01', 'publish_results'))).toBe('success');
      const posted = await world.as('E04').card({ title: /公示/ }, { chat: branch });
      expect(posted.text).toContain('B001');
      const inDistrict = await world.as('F02').card({ title: /B001/ }, { chat: district });
      for (const no of B001) expect(JSON.stringify(inDistrict.json)).not.toContain(nameOf({ no, branch: 'B001' }));
    });

    test('removed from the group: the office hears of it, once, and nothing is posted there any more', async () => {
      await world.client.setBot(branch, false, world.as('E04').id);
      // Where nobody tells the bot, it notices by what it cannot post (parity rule `chat_lost_late`): that comes in private then.
      await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
      for (const no of ['E04', 'C01']) await world.as(no).card({ title: t('review.due.title') });
      const notice = await world.as('F03').card({ text: t('notice.chat_lost', { chat: '一支部群' }) });
      expect(notice.title).toBe(t('common.app'));
      expect((await chatNow(branch))?.active).toBe(0);
      await world.client.setBot(branch, false, world.as('E04').id);
      await world.client.dissolve(branch);
      await world.as('F03').ask('/帮助');
      const told = (await world.as('F03').messages()).filter((message) =>
        JSON.stringify(message.card ?? {}).includes('一支部群'),
      );
      expect(told).toHaveLength(1);
    });

    test('asked back, it remembers what the group is for', async () => {
      const again = await world.newGroup('一支部新群', everybody, 'F03');
      const card = await world.as('F03').card(SETUP, { chat: again });
      await card.press('submit', { scope: 'branch', code: 'B001' });
      await world.client.setBot(again, false);
      await world.client.setBot(again, true);
      if (lacks(platform, 'chat_lost_late')) await world.mention('E04', again);
      else
        await world.as('E04').client.waitFor('the bot to say what the group is', async () => {
          const newest = (await world.as('E04').messages(again)).at(-1);
          return JSON.stringify(newest?.card ?? {}).includes('B001支部');
        });
      expect(await chatNow(again)).toMatchObject({ scope: 'branch', code: 'B001', active: 1 });
      await world.client.setBot(again, false);
    });
  });

  describe('a branch without a group chat', () => {
    test('everything that would be posted comes in private', async () => {
      const console = await world.as('E01').ask('/评议', { button: 'start_meeting' });
      const r = reviewOf(console);
      // The other review is in its notice: a tap leads there and back.
      const other = (await console.press('other_1')).card;
      expect(other.text).toContain(t('review.state.notice'));
      expect((await other.press('other_1')).card.has('start_meeting')).toBe(true);
      await runMeeting(world, 'E01', 'none', B001);
      await Promise.all(B001.map((no) => castBallot(world, no, () => 9)));
      await step(world, 'E01', 'close_ballot');
      await forge(world, 'E01', { a: 'confirm_results', r, p: 0 });
      expect(kindOf(await step(world, 'E01', 'publish_results'))).toBe('success');
      for (const no of ['E04', 'C01']) await world.as(no).card({ title: /公示/ });
    });
  });

  describe('somebody the bot does not know', () => {
    let stranger: Player;
    const said = async (text: string, where: { chat?: string } = {}) => {
      await stranger.say(text, where);
      return (await stranger.nextCard({ title: t('common.app') }, where)).view.texts.join('\n');
    };
    const issue = async (by: string, no: string) => {
      const card = await world.as(by).ask(`/绑定 ${no}`, { title: t('common.app') });
      return /验证码：([0-9A-Z]{8})/.exec(card.text)?.[1] ?? card.view.texts.join('\n');
    };

    beforeAll(async () => {
      stranger = await world.newcomer('S01', '新号码');
    });

    test('hears how to be known, whatever is written', async () => {
      for (const text of ['你好', '/帮助', '/投票', '/评议 关闭', '🙂'])
        expect(await said(text)).toBe(t('notice.stranger'));
      expect(await said('/绑定')).toBe(t('notice.bind_usage'));
      expect(await said('/bind E07')).toBe(t('notice.bind_usage'));
      expect(await said('/bind E07 AAAA2222')).toBe(t('notice.bind_wrong'));
      expect(await said('/bind E99 AAAA2222')).toBe(t('notice.bind_wrong'));
    });

    test('codes come from the office; from the branch’s secretary only for whom no account reaches', async () => {
      for (const no of ['E04', 'E03', 'F01', 'F02'])
        expect(await issue(no, 'E07'), no).toBe(t('notice.bind_not_yours'));
      expect(await issue('E01', 'E99')).toBe(t('notice.bind_unknown_person'));
      for (const no of ['E01', 'E02'])
        expect(await issue(no, 'E07'), no).toBe(t('notice.bind_has_account', { name: '张E07', employee: 'E07' }));
      await sql(world, "UPDATE identity SET reachable = 0 WHERE person = 'E07'");
      for (const no of ['E01', 'E02', 'F03']) expect(await issue(no, 'E07'), no).toMatch(/^[0-9A-Z]{8}$/);
      expect(await issue('E01', 'E01')).toMatch(/^[0-9A-Z]{8}$/);
      await world
        .as('E01')
        .ask('/绑定', { text: t('notice.bind_already', { name: '张E01', branch: 'B001支部', employee: 'E01' }) });
    });

    test('a code typed into a group is not used up there', async () => {
      const code = await issue('E01', 'E07');
      const group = await world.newGroup('杂谈', ['S01', 'E01'], 'E01');
      expect(await said(`/绑定 E07 ${code}`, { chat: group })).toBe(t('notice.write_privately'));
      expect(await said('/帮助')).toBe(t('notice.stranger'));
    });

    test('five wrong tries void a code; an old one has run out', async () => {
      const code = await issue('E01', 'E07');
      for (let i = 0; i < 4; i++) expect(await said('/绑定 E07 WRONG222')).toBe(t('notice.bind_wrong'));
      expect(await said('/绑定 E07 WRONG222')).toBe(t('notice.bind_too_many'));
      expect(await said(`/绑定 E07 ${code}`)).toBe(t('notice.bind_wrong'));
      const late = await issue('E01', 'E07');
      await sql(world, 'UPDATE bind_code SET expires_at = ?', [Date.now() - 1]);
      expect(await said(`/绑定 E07 ${late}`)).toBe(t('notice.bind_expired'));
    });

    test('the right code, however it is written, ties the account to the person', async () => {
      const code = await issue('E01', 'E07');
      expect(await said(`／绑定　e07　${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`)).toBe(
        t('notice.bind_ok', { name: '张E07' }),
      );
      expect((await stranger.ask('/我的')).title).toBe(t('result.me_title'));
      expect(await auditActs(world)).toContain('identity_bound E07');
      // The account the person had before is unknown from now on.
      await world.as('E07').say('/我的');
      expect((await world.as('E07').nextCard({ title: t('common.app') })).text).toContain(t('notice.stranger'));
    });

    test('opening the private chat greets a known person, once; where that is not told, the first word is answered', async () => {
      const greeted = async (player: Player) =>
        (await player.messages()).filter((message) => JSON.stringify(message.card ?? {}).includes(t('command.title')))
          .length;
      const member = world.as('E05');
      if (lacks(platform, 'greeted_by_word')) {
        expect((await member.client.open(member.id)).delivered).toBe(false);
        expect((await member.ask('你好', { title: t('common.app') })).text).toContain(t('notice.not_a_command'));
        return;
      }
      await member.client.open(member.id);
      await member.card({ title: t('command.title') });
      await member.client.open(member.id);
      await member.client.menu(member.id, 'help');
      await member.ask('/我的', { title: t('result.me_title') });
      expect(await greeted(member)).toBe(1);
      const passerBy = await world.newcomer('S02', '路人');
      expect((await passerBy.client.open(passerBy.id)).status).toBe(200);
      expect(await passerBy.messages()).toEqual([]);
    });
  });

  test('a league typed in the chat of a branch comes privately: it is for the chats of districts and the city', async () => {
    const chat = world.chat('branch:B002');
    await world.as('F02').say('/排行', { chat });
    expect((await world.as('F02').nextCard({}, { chat })).text).toContain(t('notice.sent_privately'));
    await world.as('F02').card({ title: /排行/ });
    const posted = (await world.as('F01').messages(chat)).map(({ card }) => JSON.stringify(card ?? {}));
    expect(posted.filter((card) => card.includes('排行'))).toEqual([]);
  });
});
