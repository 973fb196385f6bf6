import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Translate } from '../../src/i18n.ts';
import { latestEndedQuarter, today } from '../../src/domain/period.ts';
import { periodName } from '../../src/period-name.ts';
import { en, forge, kindOf, reviewOf, t, toastOf, told } from '../support/journey.ts';
import type { ClickOutcome } from '../support/playground.ts';
import { castBallot, fillSelfReview } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

/** Everybody reads English, and so do the groups. */
const PEOPLE: readonly Pick<Member, 'no' | 'branch' | 'roles' | 'status'>[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader;leading_group' },
  ...['E04', 'E05', 'E06', 'E07'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E08', branch: 'B001', status: 'probationary' },
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'office' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
];
const MEMBERS: readonly Member[] = PEOPLE.map((person) => ({ ...person, name: `Ann ${person.no}`, locale: 'en' }));
const B001 = MEMBERS.filter((member) => member.branch === 'B001').map((member) => member.no);
const PERIOD = periodName(en, latestEndedQuarter(today(Date.now(), 'Asia/Shanghai')));

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  /** Answers to clicks, which are seen once and then replaced. */
  const answers: ClickOutcome[] = [];

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
      ],
      members: MEMBERS,
      env: { DEFAULT_LOCALE: 'en' },
      anyHour: true,
    });
    const { click } = world.client;
    world.client.click = async (...args) => {
      const answer = await click(...args);
      answers.push(answer);
      return answer;
    };
  }, 60_000);
  afterAll(() => world?.stop());

  const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
  /** Names of branches and districts, Chinese names of commands, words for the language itself. */
  const NAMES = /[A-Z]\d+(?:支部|片区|小组|处)|\/[\u4e00-\u9fff]+(?: 中文)?/g;
  function* strings(value: unknown): Generator<string> {
    if (typeof value === 'string') yield value;
    else if (Array.isArray(value)) for (const item of value) yield* strings(item);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* strings(item);
  }
  const plain = (text: string): string =>
    text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  const chineseIn = (value: unknown): string[] =>
    [...strings(value)].map(plain).filter((text) => CHINESE.test(text.replace(NAMES, '')));

  describe('a member who reads English', () => {
    test('fills in the self-review; what is missing is named in English', async () => {
      const console = await world.as('E01').ask('/review open', { button: 'start_meeting' });
      expect(console.title).toBe(en('review.console.title', { period: PERIOD }));
      const card = await world.as('E06').ask('/selfreview', { form: 'self_review' });
      expect(card.text).toContain('Political Steadfastness Star');
      const bare = await forge(
        world,
        'E06',
        { a: 'self_review', r: reviewOf(console) },
        { form: { achievements: 'Done as planned' } },
      );
      expect(toastOf(bare)).toMatch(/^warning: Still missing: Political Steadfastness Star, /);
      for (const no of ['E01', 'E02', 'E04', 'E05', 'E06', 'E08']) {
        const own = await world.as(no).ask('/selfreview', { form: 'self_review' });
        expect(
          toastOf(
            await own.press(
              'submit',
              fillSelfReview(own, () => 9, 'Done as planned'),
            ),
          ),
        ).toBe(`success: ${en('review.self.saved')}`);
      }
      const branch = await world.as('E01').card({ form: 'branch_review' });
      await branch.press(
        'submit',
        fillSelfReview(branch, () => 9, 'Done as planned'),
      );
    });

    test('signs in and hears each step', async () => {
      let console = await world.as('E01').ask('/review', { button: 'due_list' });
      await console.press('due_list');
      console = await world.as('E01').ask('/review', { button: 'excuse_list' });
      const excuses = (await console.press('excuse_list')).card;
      await excuses.press('excuse_save', { excuse_E07: 'duty_travel' });
      await (await world.as('E01').ask('/review meeting', { button: 'agenda_next' })).press('remind');
      for (const no of B001.filter((it) => it !== 'E07')) {
        const card = await world.inChat(no, 'branch:B001', { button: 'sign_in' });
        expect(toastOf(await card.press('sign_in'))).toBe(`success: ${en('review.sign_in.ok')}`);
      }
      for (let i = 0; i < 5; i++) console = await world.as('E01').ask('/review agenda', { button: 'refresh' });
      const started = await world.as('E01').ask('/review', { button: 'start_ballot' });
      await started.press('start_ballot', undefined, { confirmed: false });
      expect(kindOf(await started.press('start_ballot'))).toBe('success');
    });

    test('votes: every page, the check, the receipt, and once only', async () => {
      const first = await world.as('E06').ask('/ballot', { button: 'ballot_next' });
      expect(first.title).toBe(en('ballot.title', { branch: 'B001支部', period: PERIOD }));
      expect(toastOf(await first.press('ballot_next', {}))).toMatch(/^warning: No mark yet for: /);
      const { receipt } = await castBallot(world, 'E06', (subject) => (subject === 'E07' ? 6 : 10));
      expect((await world.as('E06').ask('/ballot')).text).toContain(en('ballot.already_text'));
      for (const no of ['E01', 'E02', 'E03', 'E04', 'E05'])
        await castBallot(world, no, (subject, _star, i) => (subject === 'E06' && i === 2 ? 'x' : 10));
      await (await world.as('E01').ask('/review extend', { button: 'remind' })).press('remind');
      expect(await told(world, 'E06', `/verify ${receipt}`, 'en')).toBe(en('notice.verify_no'));
      for (const no of ['E07', 'E08', 'C01']) await castBallot(world, no, () => 9);
      const closing = await world.as('E01').ask('/review', { button: 'close_ballot' });
      await closing.press('close_ballot', undefined, { confirmed: false });
      expect(toastOf(await closing.press('close_ballot'))).toBe(`success: ${en('review.closed_ok')}`);
      expect(await told(world, 'E06', `/verify ${receipt}`, 'en')).toBe(
        en('notice.verify_yes', { branch: 'B001支部', period: PERIOD }),
      );
    });

    test('is heard, sees the result with its reasons, objects and gets an answer', async () => {
      const decide = async (fields: Record<string, string>) => {
        let card = await world.as('E02').ask('/review confirm', { form: 'confirmation' });
        if (!card.fields('confirmation').includes('barred_E06')) card = (await card.press('confirm_next', {})).card;
        return card.press('confirm_results', fields);
      };
      await decide({ outstanding_E06: 'dedication' }); // no reason: refused
      const heard = await decide({
        outstanding_E06: 'dedication',
        barred_E06: 'task_not_serious',
        reason_E06: 'Two tasks late',
      });
      expect(toastOf(heard), JSON.stringify(heard.blocked)).toBe(
        `info: ${en('result.confirm_hearing', { names: 'Ann E06', days: '3 working days' })}`,
      );
      await world.as('E01').ask('/review', { button: 'refresh' });
      await world.as('E06').ask('/me', { button: 'hearing_1' });
      const hearing = await world.as('E06').card({ form: 'hearing' });
      await hearing.press('submit', { statement: 'I was on duty travel' });
      expect(toastOf(await decide({}))).toBe(`success: ${en('result.confirmed')}`);
      const publish = await world.as('E01').ask('/review', { button: 'publish_results' });
      await publish.press('publish_results', undefined, { confirmed: false });
      await publish.press('publish_results');
      const mine = await world.as('E06').card({ button: 'object' });
      expect(mine.text).toContain('Two tasks late');
      await mine.press('acknowledge');
      const overview = await world.as('E03').ask('/results', { button: 'person_E06' });
      await overview.press('person_E06');
      const objection = await world.as('E06').ask('/object', { form: 'objection' });
      expect(kindOf(await objection.press('submit', { text: 'Please look again' }))).toBe('success');
      await world.as('E06').ask('/results', { text: en('result.under_review') });
      const forCase = (await (await world.as('E03').card({ button: 'open_case' })).press('open_case')).card;
      await forCase.press('reject', { answer: 'We looked again' });
      await (await world.as('E06').card({ button: 'appeal' })).press('appeal');
      await world.as('E06').ask('/me', { title: en('result.me_title') });
    });

    test('officers read the league, progress, jobs and messages', async () => {
      for (const text of ['/league', '/status', '/results B001', '/jobs', '/outbox', '/help'])
        await world.as('F01').ask(text);
      await world.as('F02').say('/league', { chat: world.chat('district:D1') });
      await world.as('F02').nextCard({ title: /League|league|ranking|D1/ }, { chat: world.chat('district:D1') });
    });

    test('refusals and mistakes are answered in English too', async () => {
      const say = [
        'hello',
        '/revew',
        '/nonsense',
        '/review',
        '/verify',
        '/verify K7Q2-M9TD',
        '/lang xx',
        '/league',
        '/results B009',
        '/jobs',
        '/bind',
        '/bind E05',
      ];
      for (const text of say) await world.as('E06').ask(text);
      for (const text of [
        '/review open 2026-Q9',
        '/review ballot',
        '/review frob',
        '/remind',
        '/bind F99',
        '/bind E07',
      ])
        await world.as('E01').ask(text);
      await world.as('E06').say('/me', { chat: world.chat('branch:B001') });
      await world.as('E06').nextCard({}, { chat: world.chat('branch:B001') });
    });

    test('not a word of Chinese was sent, but for names', async () => {
      const sent = await world.client.sent({ limit: 10_000 });
      expect(sent.length).toBeGreaterThan(50);
      const found = [...sent.flatMap(({ card, text }) => chineseIn([card, text])), ...answers.flatMap(chineseIn)];
      expect([...new Set(found)]).toEqual([]);
    });
  });

  describe('help', () => {
    const lines = (say: Translate, without: readonly string[], usage: boolean) =>
      commands
        .filter((command) => !without.includes(command.name))
        .map((command) =>
          say('command.line', {
            zh: command.zh[0] ?? command.name,
            name: command.name,
            usage: usage && command.usage !== undefined ? ` ${command.usage}` : '',
            what: say(`command.what.${command.name}`),
          }),
        );
    const OFFICE = ['league', 'leading', 'jobs', 'outbox'];
    const BRANCH = ['review', 'status', 'remind', 'summary', 'activity', 'export', 'guidance'];

    test.each([
      { who: 'a member', no: 'E06', without: [...BRANCH, ...OFFICE] },
      { who: 'a secretary', no: 'E01', without: OFFICE },
      {
        who: 'a leader',
        no: 'E03',
        without: ['league', 'jobs', 'outbox', ...BRANCH.filter((name) => name !== 'export')],
      },
      { who: 'a colleague', no: 'C01', without: ['selfreview', 'object', 'commit', ...BRANCH, ...OFFICE] },
      { who: 'a liaison officer', no: 'F02', without: ['review', 'remind', 'summary', 'leading', 'jobs', 'outbox'] },
      { who: 'the office', no: 'F01', without: ['review', 'remind', 'summary'] },
    ])('$who sees every command of their own and no other, in both languages', async ({ no, without }) => {
      const mine = lines(en, without, true);
      const others = lines(en, [], true).filter((line) => !mine.includes(line));
      const english = await world.as(no).ask('/help', { title: en('command.title') });
      for (const line of mine) expect(english.text).toContain(line);
      for (const line of others) expect(english.text).not.toContain(line);
      expect(await told(world, no, '/lang 中文')).toBe(t('notice.lang_set'));
      const chinese = await world.as(no).ask('/帮助', { title: t('command.title') });
      for (const line of lines(t, without, false)) expect(chinese.text).toContain(line);
      expect(chinese.text).toContain(t('command.privacy', { days: '30 天', years: '3 年' }));
      expect(await told(world, no, '/语言 english', 'en')).toBe(en('notice.lang_set'));
    });

    test('the first lines, as they are read', async () => {
      const first = (text: string, n: number) => text.split('\n').slice(0, n).join('\n');
      const english = await world.as('E05').ask('/help');
      expect(first(english.text, 6)).toMatchInlineSnapshot(`
      "Commands
      Type them in our private chat, or in a group after @me. Nothing personal is shown in a group; it is sent to you privately.
      Everybody
      • /help (/帮助): the commands
      • /me (/我的): what I owe, my stars, who looked at my results
      • /check (/自查): weekly self-check"
    `);
      await told(world, 'E05', '/lang zh');
      expect(first((await world.as('E05').ask('/help')).text, 6)).toMatchInlineSnapshot(`
      "可用的命令
      在单聊里直接发送；在群里请先 @我。群里不显示个人信息，会私信发给您。
      所有人
      • /帮助（/help）：查看命令
      • /我的（/me）：我的待办、我的星、谁看过我的结果
      • /自查（/check）：每周自查"
    `);
    });
  });
});
