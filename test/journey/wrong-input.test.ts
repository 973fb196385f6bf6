import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SELF_TEXT_MAX } from '../../src/usecases/review/self-review.ts';
import { forge, kindOf, reviewOf, snapshot, t, toastOf, told } from '../support/journey.ts';
import type { ShownCard } from '../support/playground.ts';
import { fillSelfReview, runMeeting } from '../support/review-play.ts';
import { lacks, type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  ...['E02', 'E03', 'E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E07', branch: 'B001', locale: 'en' },
  { no: 'F01', branch: 'B002', roles: 'office' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
];

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let review: string;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
      ],
      members: MEMBERS,
    });
    review = reviewOf(await world.as('E01').ask('/评议 开启', { button: 'start_meeting' }));
  }, 60_000);
  afterAll(() => world?.stop());

  /** Several people ask at once: answers to one person are paced. */
  async function answers(people: readonly string[], texts: readonly string[]): Promise<string[]> {
    const found: string[] = Array.from({ length: texts.length }, () => '');
    await Promise.all(
      people.map(async (no, i) => {
        for (let k = i; k < texts.length; k += people.length) found[k] = await told(world, no, texts[k] ?? '');
      }),
    );
    return found;
  }
  const US = ['E02', 'E03', 'E04', 'E05', 'E06'];
  const initialOf = (card: ShownCard, name: string): unknown =>
    card.view.forms[0]?.fields.find((field) => field.name === name)?.initial;

  describe('what is typed', () => {
    test('what is no command is met with a way to find them', async () => {
      const texts = [
        '你好',
        'hello',
        '🙂🙂🙂',
        '评议 关闭',
        'x'.repeat(30_000),
        '话'.repeat(10_000),
        '<at id=all></at>',
        '1',
        '.',
      ];
      expect(await answers(US, texts)).toEqual(texts.map(() => t('notice.not_a_command')));
    });

    test.each([
      ['E02', '/评仪', 'did_you_mean', '评议'],
      ['E03', '/我地', 'did_you_mean', '我的'],
      ['E04', '/投飘', 'did_you_mean', '投票'],
      ['E05', '/评议开启', 'did_you_mean', '评议'],
      ['E06', '/结果2026-Q3', 'did_you_mean', '结果'],
      ['E02', '/revew', 'did_you_mean', 'review'],
      ['E03', '/SELFREVEIW', 'did_you_mean', 'selfreview'],
      ['E04', '/helpme', 'did_you_mean', 'help'],
    ] as const)('%s writes %s: the nearest command is named', async (no, text, key, command) => {
      expect(await told(world, no, text)).toBe(t(`notice.${key}`, { command }));
    });
    test('far from every command', async () => {
      const texts = [
        '/',
        '／',
        '//',
        '/ ',
        '/😀',
        '/天气预报',
        '/frobnicate',
        '/__proto__',
        '/constructor',
        `/${'z'.repeat(20_000)}`,
        '/1=1;drop table person',
      ];
      expect(await answers(US, texts)).toEqual(texts.map(() => t('notice.unknown_command')));
    });

    test('full width, odd spaces, capitals and quotes are read as they are meant', async () => {
      const texts = ['／我的', ' /我的', '/　我的', '／ＭＥ', '/Me', '\u200b/me', '/me 随便', '/我的\n换行'];
      for (const [i, text] of texts.entries())
        expect((await world.as(US[i % US.length] ?? '').ask(text)).title, text).toBe(t('result.me_title'));
      const console = await world.as('E01').ask('／评议　“催一下”', { title: t('common.app') });
      expect(console.text).toContain(t('notice.review_word'));
    });

    test('words that every object knows are no words of ours', async () => {
      for (const word of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty']) {
        expect(await told(world, 'E02', `/lang ${word}`), word).toBe(t('notice.lang_usage'));
        expect(await told(world, 'E01', `/review ${word}`), word).toBe(t('notice.review_word'));
      }
    });
  });

  describe('arguments', () => {
    test('languages there are none of', async () => {
      const texts = ['/lang', '/lang xx', '/语言 法语', '/lang fr', '/语言 🙂'];
      expect(await answers(US, texts)).toEqual(texts.map(() => t('notice.lang_usage')));
      expect(await told(world, 'E07', '/lang de', 'en')).toContain('/lang en');
    });
    test('receipts that are none', async () => {
      const usage = [
        '/verify',
        '/核验',
        '/verify 123',
        '/核验 ABCD-EFG',
        `/verify ${'A'.repeat(9_000)}`,
        '/核验 🙂🙂🙂🙂-🙂🙂🙂🙂',
      ];
      expect(await answers(US, usage)).toEqual(usage.map(() => t('notice.verify_usage')));
      expect(await told(world, 'E02', '/核验 ｋ７ｑ２ ｍ９ｔｄ')).toBe(t('notice.verify_no'));
    });
    test('periods and districts that are none: the office and the liaison officer hear what to write', async () => {
      const texts = [
        '/league 2026-Q9',
        '/排行 第九季度',
        '/status 2026-Q9',
        '/进度 abc',
        '/results 2026-Q9',
        '/结果 B999',
        '/league D9',
        '/league 2026-Q3 D9',
      ];
      expect(await answers(['F01'], texts)).toEqual(texts.map(() => t('notice.bad_scope')));
      expect(await answers(['F02'], texts)).toEqual(texts.map(() => t('notice.bad_scope')));
      expect(
        await answers(US, [
          '/league 2026-Q9',
          '/league',
          '/results B999',
          '/结果 2026-Q9',
          `/results ${'9'.repeat(9_000)}`,
        ]),
      ).toEqual([
        t('notice.not_allowed_league'),
        t('notice.not_allowed_league'),
        t('notice.bad_scope'),
        t('notice.bad_scope'),
        t('notice.bad_scope'),
      ]);
    });
    test('people there are none of', async () => {
      const texts = ['/绑定 E99', '/bind 🙂', `/bind ${'E'.repeat(5_000)}`, "/bind ' OR 1=1 --"];
      expect(await answers(['E01'], texts)).toEqual(texts.map(() => t('notice.bind_unknown_person')));
    });
  });

  describe('in a group', () => {
    test('personal answers come in private, and only when the bot is meant', async () => {
      const chat = world.chat('branch:B001');
      for (const text of ['/我的', '@bot /我的', '/我的 @bot']) {
        await world.as('E02').say(text, { chat });
        expect((await world.as('E02').nextCard({ title: t('result.me_title') })).title).toBe(t('result.me_title'));
      }
      expect((await world.as('E02').nextCard({}, { chat })).text).toContain(t('notice.sent_privately'));
      const unheard = await world.as('E03').say('/我的', { chat, mention: false });
      expect(unheard).toMatchObject({ delivered: false, reason: 'not_mentioned' });
      await world.as('E03').say('/提醒 @张E04', { chat });
      expect((await world.as('E03').nextCard({ title: t('common.app') })).text).toContain(t('notice.unknown_command'));
      await world.as('E04').say('大家好', { chat });
      expect((await world.as('E04').nextCard({ title: t('common.app') })).text).toContain(t('notice.not_a_command'));
      for (const message of await world.as('E05').messages(chat))
        expect(JSON.stringify(message.card ?? {})).not.toContain(t('result.me_title'));
    });
  });

  describe('the self-review', () => {
    const full = (card: ShownCard) => fillSelfReview(card, () => 8, '按计划完成');
    test('the client stops what is missing or too long', async () => {
      const card = await world.as('E02').ask('/自评', { form: 'self_review' });
      expect((await card.press('submit', {})).blocked).toHaveLength(13);
      const long = await card.press('submit', { ...full(card), direction: '长'.repeat(SELF_TEXT_MAX + 1) });
      if (lacks(platform, 'length_checked_late'))
        expect(toastOf(long)).toBe(`warning: ${t('review.self.too_long', { field: '努力方向', max: SELF_TEXT_MAX })}`);
      else expect(long.blocked).toEqual(['direction']);
      const eleven = await card.press('submit', { ...full(card), dedication: '11' });
      if (lacks(platform, 'choice_as_text'))
        expect(toastOf(eleven)).toBe(`warning: ${t('review.self.bad_mark', { star: '敬业奉献星' })}`);
      else expect(eleven.blocked).toEqual(['dedication']);
    });

    test.each([
      { name: 'a star', change: { teamwork: '' }, said: t('review.self.missing', { fields: '团结协作星' }) },
      {
        name: 'two stars and a text',
        change: { teamwork: '', integrity: '', shortcomings: ' ' },
        said: t('review.self.missing', { fields: '团结协作星、廉洁自律星、存在的不足' }),
      },
      {
        name: 'a mark out of range',
        change: { dedication: '11' },
        said: t('review.self.bad_mark', { star: '敬业奉献星' }),
      },
      { name: 'half a mark', change: { dedication: '8.5' }, said: t('review.self.bad_mark', { star: '敬业奉献星' }) },
      { name: 'no mark at all', change: { dedication: 'x' }, said: t('review.self.bad_mark', { star: '敬业奉献星' }) },
      {
        name: 'a long text',
        change: { direction: '长'.repeat(SELF_TEXT_MAX + 1) },
        said: t('review.self.too_long', { field: '努力方向', max: SELF_TEXT_MAX }),
      },
    ])('the bot refuses $name, and gives the form back as it was filled in', async ({ change, said }) => {
      const before = await snapshot(world);
      const card = await world.as('E03').card({ form: 'self_review' });
      const form = { ...full(card), achievements: '完成了“三会一课” **全部** <b>任务</b> 🙂', ...change };
      const refused = await forge(world, 'E03', { a: 'self_review', r: review }, { card, form });
      expect(toastOf(refused)).toBe(`warning: ${said}`);
      const again = await card.now();
      expect(initialOf(again, 'achievements')).toBe(form.achievements);
      expect(initialOf(again, 'political_steadfastness')).toBe('8');
      expect(await snapshot(world)).toEqual(before);
    });

    test('filed, changed until the ballot closes, not by others', async () => {
      const card = await world.as('E03').ask('/自评', { form: 'self_review' });
      expect(kindOf(await card.press('submit', full(card)))).toBe('success');
      const again = await world.as('E03').ask('/selfreview', { form: 'self_review' });
      expect(again.text).toContain(t('review.self.saved_title'));
      expect(kindOf(await again.press('submit', { dedication: '10', direction: '更进一步' }))).toBe('success');
      const kept = await world.as('E03').ask('/自评', { form: 'self_review' });
      expect([initialOf(kept, 'dedication'), initialOf(kept, 'direction'), initialOf(kept, 'achievements')]).toEqual([
        '10',
        '更进一步',
        '按计划完成',
      ]);
      const before = await snapshot(world);
      for (const no of ['F01', 'F02'])
        expect(toastOf(await forge(world, no, { a: 'self_review', r: review }, { form: full(card) }))).toBe(
          `error: ${t('review.self.not_member')}`,
        );
      expect(await told(world, 'F01', '/自评')).toBe(t('notice.no_review'));
      expect(await snapshot(world)).toEqual(before);
    });

    test('the branch’s own is the secretary’s to write', async () => {
      const card = await world.as('E01').card({ form: 'branch_review' });
      const form = fillSelfReview(card, () => 9, '支部工作按计划完成');
      const before = await snapshot(world);
      for (const no of ['E02', 'F01']) {
        expect(toastOf(await forge(world, no, { a: 'branch_review', r: review }, { form }))).toBe(
          `error: ${t('notice.not_secretary')}`,
        );
        expect(toastOf(await forge(world, no, { a: 'branch_review_open', r: review }))).toBe(
          `error: ${t('notice.not_secretary')}`,
        );
      }
      const bad = await forge(
        world,
        'E01',
        { a: 'branch_review', r: review },
        { card, form: { ...form, project_delivery: '' } },
      );
      expect(toastOf(bad)).toBe(`warning: ${t('review.self.missing', { fields: '工程项目落实星' })}`);
      expect(await snapshot(world)).toEqual(before);
      expect(initialOf(await card.now(), 'achievements')).toBe('支部工作按计划完成');
      expect(kindOf(await (await card.now()).press('submit', { project_delivery: '9' }))).toBe('success');
    });

    test('reasons for missing ones: categories only, for members only', async () => {
      const excuse = (form: object) => forge(world, 'E01', { a: 'excuse_save', r: review, p: 0 }, { form });
      const before = await snapshot(world);
      for (const form of [{ excuse_E04: '家里有事' }, { excuse_: 'illness' }, {}])
        expect(kindOf(await excuse(form))).toBe('success');
      for (const form of [{ excuse_F01: 'illness' }, { excuse_E99: 'other' }])
        expect(kindOf(await excuse(form))).toBe('warning');
      expect(await snapshot(world)).toEqual(before);
      await excuse({ excuse_E04: 'illness' });
      const list = (await forge(world, 'E01', { a: 'excuse_list', r: review, p: 99 })).card;
      expect(JSON.stringify(list)).toContain('excuse_E04');
      // Filing it after all takes the reason back.
      const card = await world.as('E04').ask('/自评', { form: 'self_review' });
      await card.press('submit', full(card));
      expect(JSON.stringify((await forge(world, 'E01', { a: 'excuse_list', r: review, p: 0 })).card)).not.toContain(
        'excuse_E04',
      );
    });

    test('the due list takes what it offers, and nothing else', async () => {
      const before = await snapshot(world);
      const save = (form: object) => forge(world, 'E01', { a: 'due_save', r: review, p: 0 }, { form });
      for (const form of [{ due_E04: '家里有事' }, { due_E04: 'off' }, { due_F01: 'leave' }, { due_E99: 'leave' }, {}])
        expect(kindOf(await save(form))).toBe('success');
      expect(await snapshot(world)).toEqual(before);
    });
  });

  describe('the ballot', () => {
    test('marks that are none, gaps, and a page left half filled', async () => {
      await runMeeting(world, 'E01', 'B001', ['E01', ...US]);
      const page = await world.as('E02').ask('/投票', { button: 'ballot_next' });
      const before = await snapshot(world);
      const stars = page.fields();
      const all = (mark: string) => Object.fromEntries(stars.map((star) => [star, mark]));
      expect(toastOf(await page.press('ballot_next', {}))).toBe(
        `warning: ${t('ballot.missing', { stars: starNames(page).join('、') })}`,
      );
      const half = await (await page.now()).press('ballot_next', { ...all('9'), teamwork: '' });
      expect(toastOf(half)).toBe(`warning: ${t('ballot.missing', { stars: '团结协作星' })}`);
      expect(initialOf(half.card, 'dedication')).toBe('9');
      const twelve = await half.card.press('ballot_next', { teamwork: '12' });
      if (lacks(platform, 'choice_as_text')) expect(toastOf(twelve)).toBe(`warning: ${t('ballot.bad_mark')}`);
      else expect(twelve.blocked).toEqual(['teamwork']);
      const value = JSON.parse(
        /"value":(\{[^{}]*"a":"ballot_next"[^{}]*\})/.exec(JSON.stringify(half.card.json))?.[1] ?? '{}',
      ) as object;
      for (const mark of ['12', '-1', '9.5', 'y', '９９', '1e1']) {
        const forged = await forge(world, 'E02', value, { card: half.card, form: { teamwork: mark } });
        expect(toastOf(forged), mark).toBe(`warning: ${t('ballot.bad_mark')}`);
      }
      const next = await (await page.now()).press('ballot_next', { teamwork: 'x' });
      expect(kindOf(next)).toBe('');
      const back = await next.card.press('ballot_back', { dedication: '7' });
      const forth = await back.card.press('ballot_next', {});
      expect(initialOf(forth.card, 'dedication')).toBe('7');
      expect(await snapshot(world)).toEqual(before);
    });
    const starNames = (card: ShownCard) => card.view.texts.filter((line) => line.endsWith('星'));
  });
});
