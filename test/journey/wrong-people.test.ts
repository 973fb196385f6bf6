import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../commands/index.ts';
import { type ActionName, actionSchema } from '../../src/action.ts';
import { forge, kindOf, query, reviewOf, snapshot, step, t, toastOf, told } from '../support/journey.ts';
import type { ShownCard } from '../support/playground.ts';
import { castBallot, fillBallot, runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'leader' },
  ...['E05', 'E06', 'E07', 'E08', 'E09'].map((no) => ({ no, branch: 'B001' })),
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'office' },
  { no: 'F03', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F04', branch: 'B002' },
];
const PRESENT = ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'C01'];
const OUTSIDE = ['F01', 'F02', 'F03', 'F04'];
const SENTENCES = {
  secretary: [t('notice.not_secretary')],
  committee: [t('notice.not_committee'), t('result.confirm_problem.not_committee')],
  scores: [t('notice.not_allowed_results'), t('notice.old_card')],
  case: [t('result.object_decide_problem.not_decider'), t('notice.old_card')],
  correction: [t('result.settle_problem.not_settler'), t('notice.old_card')],
} as const;

/** Who is wrong for an action of B001, and what they may be told; without a list of sentences any will do. */
const WRONG: Partial<Record<ActionName, { people: readonly string[]; said?: readonly string[] }>> = {
  ...Object.fromEntries(
    (
      [
        'start_meeting',
        'agenda_next',
        'start_ballot',
        'extend_ballot',
        'close_ballot',
        'reopen_ballot',
        'due_page',
        'due_save',
        'excuse_list',
        'excuse_save',
        'branch_review',
        'branch_review_open',
        'remind',
      ] as const
    ).map((a) => [a, { people: ['E03', 'E04', 'E05', 'C01', ...OUTSIDE], said: SENTENCES.secretary }]),
  ),
  ...Object.fromEntries(
    (['console', 'confirm_form', 'confirm_page', 'confirm_results', 'publish_results'] as const).map((a) => [
      a,
      { people: ['E04', 'E05', 'C01', ...OUTSIDE], said: SENTENCES.committee },
    ]),
  ),
  ...Object.fromEntries(
    (['opinion_desk', 'opinion_pick', 'opinion_group', 'opinion_save', 'opinion_pass_on'] as const).map((a) => [
      a,
      { people: ['E05', 'C01', ...OUTSIDE] },
    ]),
  ),
  person_result: { people: ['E05', 'C01', ...OUTSIDE], said: SENTENCES.scores },
  objection_decide: { people: ['E01', 'E05', 'E06', 'C01', 'F01', 'F03', 'F04'], said: SENTENCES.case },
  ...Object.fromEntries(
    (['recount', 'objection_open', 'step_aside'] as const).map((a) => [
      a,
      { people: ['E01', 'E05', 'E06', 'C01', 'F01', 'F03', 'F04'], said: SENTENCES.case },
    ]),
  ),
  ...Object.fromEntries(
    (['settle_form', 'settle_preview', 'settle'] as const).map((a) => [
      a,
      { people: ['E01', 'E02', 'E05', 'E06', 'C01', ...OUTSIDE], said: SENTENCES.correction },
    ]),
  ),
  self_review: { people: ['C01', ...OUTSIDE] },
  self_review_open: { people: ['C01', ...OUTSIDE] },
  ...Object.fromEntries(
    (
      [
        'my_result',
        'acknowledge',
        'objection_form',
        'objection_file',
        'hearing_open',
        'hearing_statement',
        'opinion_mine',
        'opinion_answer',
      ] as const
    ).map((a) => [a, { people: ['C01', ...OUTSIDE] }]),
  ),
  ...Object.fromEntries(
    (['sign_in', 'ballot_open', 'ballot_cast', 'opinion', 'opinion_open', 'opinion_add'] as const).map((a) => [
      a,
      { people: OUTSIDE },
    ]),
  ),
};

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let review: string;
  let objection = 'none';

  /** Values for an action: every field it knows, filled in. */
  const valueOf = (a: string) => ({
    a,
    r: review,
    d: 'AAAA',
    s: 'E05',
    p: a === 'person_result' ? 'E05' : 0,
    n: 0,
    o: objection,
    l: 1,
    w: 'own',
    g: 'none',
    y: 'none',
    c: 0,
  });
  const FORM = {
    text: '代填',
    answer: '代填',
    statement: '代填',
    grouped: '代填',
    due_E05: 'leave',
    excuse_E05: 'illness',
    achievements: '代填',
    shortcomings: '代填',
    direction: '代填',
    reason_E05: '代填',
    barred_E05: 'carries_no_task',
  };
  const ACTIONS = actionSchema.options.map((option) => option.shape.a.value);

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U2' },
      ],
      members: MEMBERS,
    });
    review = reviewOf(await world.as('E01').ask('/评议 开启', { button: 'start_meeting' }));
    await world.as('F01').ask('/评议 开启', { button: 'start_meeting' });
    for (const no of MEMBERS.map((member) => member.no)) await forge(world, no, {}); // everybody has a card to click from
  }, 60_000);
  afterAll(() => world?.stop());

  /** Every action by everybody who is wrong for it: a sentence, no form, nothing changed, nothing broken. */
  async function refusedToAll(): Promise<void> {
    const before = await snapshot(world);
    const faults: string[] = [];
    for (const [a, { people, said }] of Object.entries(WRONG))
      for (const no of people) {
        const answer = await forge(world, no, valueOf(a), {
          name: a === 'objection_decide' ? 'uphold' : a,
          form: FORM,
        });
        const sentence = answer.toast?.content ?? '';
        const inCard = a.startsWith('opinion_') && JSON.stringify(answer.card ?? {}).includes(t('opinion.not_asked'));
        const refused = inCard || (['warning', 'error'].includes(kindOf(answer)) && sentence !== t('notice.failed'));
        const fitting = said === undefined || said.includes(sentence);
        const form = JSON.stringify(answer.card ?? {}).includes('"tag":"form"');
        if (!refused || !fitting || form)
          faults.push(`${a} by ${no}: ${toastOf(answer)}${form ? ', with a form' : ''}`);
      }
    expect(faults).toEqual([]);
    expect(await snapshot(world)).toEqual(before);
  }

  describe('the wrong people', () => {
    test('while a review is prepared', refusedToAll);

    test('commands of others: an answer, and nothing changes', async () => {
      const before = await snapshot(world);
      const theirs = commands.filter((command) => command.group !== 'member');
      const people = ['E05', 'E06', 'C01'];
      await Promise.all(
        people.map(async (no) => {
          for (const { name } of theirs) await world.as(no).ask(`/${name}`);
        }),
      );
      expect(
        await Promise.all(['E01', ...people].map((no, i) => told(world, no, i % 2 === 0 ? '/jobs' : '/消息'))),
      ).toEqual(Array(4).fill(t('notice.not_office')));
      expect(await Promise.all(['E03', 'E04', 'F02', ...people].map((no) => told(world, no, '/催办')))).toEqual(
        Array(6).fill(t('notice.not_secretary')),
      );
      expect(await snapshot(world)).toEqual(before);
    });

    test('somebody who left is a stranger from then on, and not due any more', async () => {
      const due = async () => (await world.as('E01').ask('/评议', { button: 'refresh' })).text;
      expect(await due()).toMatch(/应到\D10\b/);
      const card = await world.as('E09').ask('/自评', { form: 'self_review' });
      const files = { branches: join(world.dir, 'branches.csv'), people: join(world.dir, 'people-left.csv') };
      writeFileSync(
        files.people,
        readFileSync(join(world.dir, 'people.csv'), 'utf8')
          .split('\n')
          .filter((line) => !line.startsWith('E09,'))
          .join('\n'),
      );
      await world.cliOk('import', '--branches', files.branches, '--people', files.people);
      const before = await snapshot(world);
      for (const text of ['/我的', '/自评', '/投票', '/结果']) {
        await world.as('E09').say(text);
        expect((await world.as('E09').nextCard({ title: t('common.app') })).text).toContain(t('notice.stranger'));
      }
      for (const a of ACTIONS) {
        const answer = await forge(world, 'E09', valueOf(a), { card, form: FORM });
        expect(toastOf(answer), a).toBe(`warning: ${t('notice.stranger_click')}`);
        expect(answer.card, a).toBeUndefined();
      }
      expect(await snapshot(world)).toEqual(before);
      expect(await due()).toMatch(/应到\D9\b/);
    });

    test('an account nobody knows can press what it likes', async () => {
      const stranger = await world.newcomer('S01', '陌生人');
      const card = await stranger.ask('你好');
      const before = await snapshot(world);
      for (const a of ACTIONS) {
        const answer = await world.client.forge(stranger.id, card.messageId, {
          tag: 'button',
          name: a,
          value: valueOf(a),
          form_value: FORM,
        });
        expect(toastOf(answer), a).toBe(`warning: ${t('notice.stranger_click')}`);
        expect(answer.card, a).toBeUndefined();
      }
      expect(await snapshot(world)).toEqual(before);
    });
  });

  describe('what no button carries', () => {
    test.each([
      { name: 'nothing', value: {} },
      { name: 'an unknown action', value: { a: 'make_me_secretary', r: 'R' } },
      { name: 'a list', value: [{ a: 'close_ballot' }] },
      { name: 'a text', value: 'close_ballot' },
      { name: 'a number', value: 7 },
      { name: 'null', value: null },
      { name: 'a page below zero', value: { a: 'due_page', r: 'R', p: -1 } },
      { name: 'a page of text', value: { a: 'due_page', r: 'R', p: '0' } },
      { name: 'a page too far', value: { a: 'due_page', r: 'R', p: 1e9 } },
      { name: 'no id', value: { a: 'close_ballot' } },
      { name: 'an id of another kind', value: { a: 'close_ballot', r: { $ne: 1 } } },
      { name: 'a long id', value: { a: 'close_ballot', r: 'R'.repeat(41) } },
      { name: 'an unknown id', value: { a: 'close_ballot', r: 'R' } },
      { name: 'a huge draft', value: { a: 'ballot_cast', r: 'R', d: 'A'.repeat(100_000) } },
      { name: 'the name of what every object has', value: { a: 'constructor' } },
    ])('$name: the card is out of date, nothing changes', async ({ value }) => {
      const before = await snapshot(world);
      const card = await world.as('E01').card({ button: 'refresh' });
      const answer = await world.client.forge(world.as('E01').id, card.messageId, { tag: 'button', name: 'x', value });
      expect(toastOf(answer)).toBe(`warning: ${t('notice.old_card')}`);
      expect(await snapshot(world)).toEqual(before);
    });

    test('forms of a thousand fields, names of any kind and nested values do no harm', async () => {
      const before = await snapshot(world);
      const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`due_X${i}`, 'leave']));
      for (const form of [
        many,
        { ['__proto__']: 'x', constructor: 'y', due_: 'leave' },
        { due_E05: { a: 1 }, due_E06: ['leave', 'x'], due_E07: 7 },
        { due_E05: 'x'.repeat(50_000) },
      ])
        expect(kindOf(await forge(world, 'E01', { a: 'due_save', r: review, p: 0 }, { form }))).toBe('success');
      expect(await snapshot(world)).toEqual(before);
    });
  });

  describe('ballots', () => {
    const valueOn = (card: ShownCard, a: string): { a: string; r: string; d: string } => {
      const found = new RegExp(`\\{[^{}]*"a":"${a}"[^{}]*\\}`).exec(JSON.stringify(card.json))?.[0];
      return z.object({ a: z.string(), r: z.string(), d: z.string() }).parse(JSON.parse(found ?? '{}'));
    };

    test('a draft belongs to one person, one review and one roll', async () => {
      await runMeeting(world, 'E01', 'B001', PRESENT);
      const page = await world.as('E05').ask('/投票', { button: 'ballot_next' });
      const next = valueOn(page, 'ballot_next');
      const full = valueOn(await fillBallot(world, 'E05', () => 9, page), 'ballot_cast');
      const before = await snapshot(world);
      const own = await world.as('E06').ask('/投票', { button: 'ballot_next' });
      for (const value of [
        next,
        full,
        { ...full, a: 'ballot_review' },
        { ...full, a: 'ballot_edit', s: 'E07' },
        { ...full, a: 'ballot_page', p: 0 },
        { ...full, a: 'ballot_back' },
      ]) {
        const answer = await forge(world, 'E06', value, { card: own });
        expect(toastOf(answer), value.a).toBe(`warning: ${t('ballot.stale')}`);
        expect(answer.card, value.a).toBeDefined();
        expect((await own.now()).has('ballot_next')).toBe(true);
      }
      const flipped = `${full.d.slice(0, 40)}${full.d[40] === 'A' ? 'B' : 'A'}${full.d.slice(41)}`;
      for (const d of [
        '',
        'AAAA',
        flipped,
        full.d.slice(0, -2),
        `${full.d}AA`,
        '🙂',
        full.d.repeat(2).slice(0, 2_000),
      ]) {
        const answer = await forge(world, 'E05', { ...full, d }, { card: page });
        expect(toastOf(answer), d.slice(0, 20)).toBe(`warning: ${t('ballot.stale')}`);
      }
      for (const r of ['R', 'none'])
        expect(toastOf(await forge(world, 'E05', { ...full, r }, { card: page }))).toBe(
          `warning: ${t('ballot.not_open')}`,
        );
      for (const no of OUTSIDE) expect(toastOf(await forge(world, no, full))).toBe(`error: ${t('ballot.not_elector')}`);
      // Not yet filled in: the page that misses something comes back, nothing is cast.
      const early = await forge(world, 'E05', { ...next, a: 'ballot_cast' }, { card: page });
      expect(kindOf(early)).toBe('info');
      expect(await snapshot(world)).toEqual(before);
    });

    test('a ballot goes in once, whatever is sent and however often', async () => {
      const check = await fillBallot(world, 'E05', () => 8);
      const value = valueOn(check, 'ballot_cast');
      const casts = await Promise.all(Array.from({ length: 5 }, () => forge(world, 'E05', value, { card: check })));
      expect(casts.map(kindOf).sort()).toEqual(['success', 'warning', 'warning', 'warning', 'warning']);
      const voted = await query(
        world,
        z.object({ n: z.number() }),
        'SELECT count(*) AS n FROM elector WHERE review = ? AND voted = 1',
        [review],
      );
      expect(voted).toEqual([{ n: 1 }]);
      const before = await snapshot(world);
      expect(toastOf(await forge(world, 'E05', value, { card: check }))).toBe(`warning: ${t('ballot.already')}`);
      expect(await snapshot(world)).toEqual(before);
    });

    test('while the ballot is open', refusedToAll);
  });

  describe('results', () => {
    test('once counted, confirmed and in their notice', async () => {
      await Promise.all(PRESENT.filter((no) => no !== 'E05').map((no) => castBallot(world, no, () => 9)));
      await step(world, 'E01', 'close_ballot');
      await refusedToAll();
      await forge(world, 'E03', { a: 'confirm_results', r: review, p: 0 });
      await step(world, 'E01', 'publish_results');
      const form = await world.as('E06').ask('/异议', { form: 'objection' });
      await form.press('submit', { text: '请核对' });
      [{ id: objection } = { id: '' }] = await query(
        world,
        z.object({ id: z.string() }),
        'SELECT id FROM objection',
        [],
      );
      expect(objection).not.toBe('');
      await refusedToAll();
    });

    test('nothing in all this was an accident of the program', () => {
      expect(world.bot.lines().filter((line) => Number(line['level']) >= 50)).toEqual([]);
    });
  });
});
