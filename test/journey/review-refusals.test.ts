import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latestEndedQuarter, previousPeriod, today } from '../../src/domain/period.ts';
import { AGENDA } from '../../src/domain/review.ts';
import { periodName } from '../../src/period-name.ts';
import {
  auditActs,
  forge,
  heardTwice,
  reviewOf,
  snapshot,
  step,
  t,
  tapTwice,
  toastOf,
  told,
} from '../support/journey.ts';
import { Player, type ShownCard } from '../support/playground.ts';
import { castBallot, runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'leader' },
  ...['E05', 'E06', 'E07', 'E08'].map((no) => ({ no, branch: 'B001' })),
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'office' },
  { no: 'F03', branch: 'B002' },
  { no: 'F04', branch: 'B002', roles: 'deputy_secretary' },
];
const NOT_THE_SECRETARY = ['E03', 'E05', 'C01', 'F01', 'F02'];
const NEWEST = latestEndedQuarter(today(Date.now(), 'Asia/Shanghai'));

const wrongState = (state: 'preparing' | 'meeting' | 'balloting' | 'closed' | 'tallied' | 'confirmed' | 'notice') =>
  t('notice.wrong_state', { state: t(`review.state.${state}`) });
/** Every step by its words and by the action of its button. */
const STEPS = [
  { words: ['会议', 'meeting'], button: 'start_meeting' },
  { words: ['议程', 'agenda'], button: 'agenda_next' },
  { words: ['投票', 'ballot'], button: 'start_ballot' },
  { words: ['延长', 'extend'], button: 'extend_ballot' },
  { words: ['关闭', 'close'], button: 'close_ballot' },
  { words: ['重开', 'reopen'], button: 'reopen_ballot' },
  { words: ['公布', 'publish'], button: 'publish_results' },
] as const;
type StepButton = (typeof STEPS)[number]['button'];
const action = (a: StepButton, r: string) => (a === 'agenda_next' ? { a, r, n: 0 } : { a, r });

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let stranger: Player;
  let review: string;
  /** Consoles as they were shown in earlier states. */
  const old: Record<string, ShownCard> = {};

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U2' },
      ],
      members: MEMBERS,
    });
    stranger = await world.newcomer('S01', '陌生人');
  }, 60_000);
  afterAll(() => world?.stop());

  /** Answers to what several people write, each in turn: answers to one person are paced, to several they are not. */
  async function inTurn(people: readonly string[], texts: readonly string[]): Promise<string[]> {
    const answers: string[] = Array.from({ length: texts.length }, () => '');
    await Promise.all(
      people.map(async (no, i) => {
        for (let k = i; k < texts.length; k += people.length) answers[k] = await told(world, no, texts[k] ?? '');
      }),
    );
    return answers;
  }

  /** In this state every step but `possible` is refused, by a word and by a button kept from another time; nothing changes. */
  async function refusedBut(possible: readonly StepButton[], state: Parameters<typeof wrongState>[0]): Promise<void> {
    const before = await snapshot(world);
    const refused = STEPS.filter(({ button }) => !possible.includes(button));
    const turn = states++; // every word is tried in every other state, so that each is tried in Chinese and in English
    const texts = refused.map(({ words: [chinese, english] }, i) =>
      (i + turn) % 2 === 0 ? `/评议 ${chinese}` : `/review ${english}`,
    );
    if (state !== 'tallied') texts.push(turn % 2 === 0 ? '/评议 确认' : '/review confirm');
    expect(await inTurn(['E01', 'E02'], texts)).toEqual(texts.map(() => wrongState(state)));
    for (const { button } of refused) {
      const forged = await forge(world, 'E01', action(button, review));
      expect(toastOf(forged), button).toBe(`warning: ${wrongState(state)}`);
      expect(JSON.stringify(forged.card), button).toContain(t(`review.state.${state}`));
    }
    expect(await snapshot(world)).toEqual(before);
  }
  let states = 0;

  /** Nobody but the secretary and the deputy of this branch may take this step. */
  async function onlyForSecretaries(button: StepButton): Promise<void> {
    const words = STEPS.find((it) => it.button === button)?.words ?? [];
    const before = await snapshot(world);
    for (const no of NOT_THE_SECRETARY)
      expect(toastOf(await forge(world, no, action(button, review))), no).toBe(`error: ${t('notice.not_secretary')}`);
    // The words of another branch's secretary are about that branch.
    const others = NOT_THE_SECRETARY.filter((no) => no !== 'F01');
    const answers = await Promise.all(others.map((no, i) => told(world, no, `/review ${words[i % 2]}`)));
    expect(answers).toEqual(others.map(() => t('notice.not_secretary')));
    const card = await stranger.ask('你好');
    const forged = await world.client.forge(stranger.id, card.messageId, {
      tag: 'button',
      name: button,
      value: action(button, review),
    });
    expect(toastOf(forged)).toBe(`warning: ${t('notice.stranger_click')}`);
    expect(await snapshot(world)).toEqual(before);
  }

  describe('before there is a review', () => {
    test('there is none', async () => {
      const texts = ['/评议', '/评议 关闭', '/review close', '/评议 确认', '/催办', '/review 公布'];
      expect(await inTurn(['E01', 'E02', 'F01'], texts)).toEqual(texts.map(() => t('notice.no_review')));
    });
    test.each(['/评议 开启', '/review open', `/评议 开始 ${NEWEST}`])(
      '%s is for the secretary and the deputy',
      async (text) => {
        const others = ['E03', 'E04', 'E05', 'C01', 'F02'];
        expect(await Promise.all(others.map((no) => told(world, no, text)))).toEqual(
          others.map(() => t('notice.not_secretary')),
        );
        await stranger.say(text);
        const answer = await stranger.nextCard({ title: t('common.app') });
        expect(answer.text).toContain(t('notice.stranger'));
      },
    );
    test('what is no quarter is not opened', async () => {
      const typed = ['2026-Q9', 'Q5', '2026-10', '2026-W41', '第九季度', '明年', '🙂', '2026-Q3-Q4', '../etc'];
      expect(
        await inTurn(
          ['E01', 'E02', 'F01', 'F04'],
          typed.map((period) => `/评议 开启 ${period}`),
        ),
      ).toEqual(typed.map(() => t('notice.bad_period')));
    });
  });

  describe('opening by period', () => {
    const year = Number(NEWEST.slice(0, 4));
    const n = Number(NEWEST.at(-1));
    const numeral = '一二三四'[n - 1] ?? '';

    test('without a period the latest quarter that has ended and has no review is opened, four back at most', async () => {
      let period = NEWEST;
      for (let i = 0; i < 4; i++) {
        const console = await world
          .as('F01')
          .ask(i % 2 === 0 ? '/评议 开启' : '/review open', { button: 'start_meeting' });
        expect(console.title).toContain(periodName(t, period));
        period = previousPeriod(period);
      }
      expect(await told(world, 'F01', '/评议 开启')).toBe(t('notice.nothing_to_open'));
      const console = await world.as('F01').ask(`/评议 开启 ${period}`, { button: 'start_meeting' });
      expect(console.title).toContain(periodName(t, period));
    });
    test('however the quarter is written, its review is there already', async () => {
      const fullWidth = NEWEST.replace(/[\dA-Z-]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      const typed = [
        NEWEST,
        NEWEST.toLowerCase(),
        `${year}Q${n}`,
        `${year}年${numeral}季度`,
        `${year}年 第${n}季度`,
        `Q${n} ${year}`,
        fullWidth,
      ];
      expect(
        await inTurn(
          ['F01', 'F04'],
          typed.map((period) => `/评议 开启 ${period}`),
        ),
      ).toEqual(typed.map(() => t('notice.review_exists', { period: periodName(t, NEWEST) })));
    });
    test('the newest review that is not final is the one the words are about', async () => {
      const console = await world.as('F01').ask('/评议', { button: 'start_meeting' });
      expect(console.title).toContain(periodName(t, NEWEST));
    });
  });

  test('too few people for a tally (A17): said before, and again at the close', async () => {
    const people = ['F01', 'F02', 'F03', 'F04'];
    const early = await world.as('F04').ask('/评议', { button: 'start_meeting' });
    expect(early.text).toContain(t('review.console.warn_too_small', { have: 3, need: 5 }));
    const console = await runMeeting(world, 'F01', 'B002', people);
    await Promise.all(people.map((no) => castBallot(world, no, () => 9)));
    const closed = await console.press('close_ballot');
    expect(toastOf(closed)).toBe(
      `warning: ${t('review.closed_refused', { why: t('review.refused.too_few_valid', { min: 5 }) })}`,
    );
    expect(closed.card.has('reopen_ballot')).toBe(true);
  });

  describe('step by step', () => {
    test('in preparation', async () => {
      old['preparing'] = await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
      review = reviewOf(old['preparing']);
      expect(await told(world, 'E01', '/评议 瞎写')).toBe(t('notice.review_word'));
      const looking = await world.as('E03').ask('/评议', { button: 'refresh' });
      for (const button of ['start_meeting', 'due_list', 'excuse_list', 'branch_review', 'remind']) {
        expect(old['preparing'].has(button), button).toBe(true);
        expect(looking.has(button), button).toBe(false); // shown to those who may press it
      }
      await refusedBut(['start_meeting'], 'preparing');
      await onlyForSecretaries('start_meeting');
      const early = await forge(world, 'E05', { a: 'sign_in', r: review });
      expect(toastOf(early)).toBe(`warning: ${t('review.sign_in.closed')}`);
    });

    test('two taps on "start meeting" start it once; the deputy may', async () => {
      const console = await world.as('E02').ask('/评议', { button: 'start_meeting' });
      const taps = await tapTwice(console, 'start_meeting');
      expect(taps.said).toEqual(
        heardTwice(platform, `success: ${t('review.meeting_done')}`, `warning: ${wrongState('meeting')}`),
      );
      expect(taps.card.has('agenda_next')).toBe(true);
      expect((await auditActs(world)).filter((act) => act === 'meeting_started E02')).toHaveLength(1);
    });

    test('the console of an earlier state answers with the current one', async () => {
      const late = await old['preparing']?.press('start_meeting');
      expect(late && toastOf(late)).toBe(`warning: ${wrongState('meeting')}`);
      expect(late?.card.has('agenda_next')).toBe(true);
      expect(late?.card.has('start_meeting')).toBe(false);
    });

    test('without a quorum there is no ballot, and the figures are told', async () => {
      const due = await world.as('E01').ask('/评议', { button: 'due_list' });
      const edit = (await due.press('due_list')).card;
      await edit.press('due_save', { due_E08: 'leave' });
      const exempt = await world.inChat('E08', 'branch:B001', { button: 'sign_in' });
      expect(toastOf(await exempt.press('sign_in'))).toBe(`warning: ${t('review.sign_in.exempt')}`);
      expect(toastOf(await forge(world, 'F03', { a: 'sign_in', r: review }))).toBe(
        `warning: ${t('review.sign_in.not_due')}`,
      );

      for (const no of ['E01', 'E02', 'E03', 'E04'])
        await (await world.inChat(no, 'branch:B001', { button: 'sign_in' })).press('sign_in');
      const again = await world.inChat('E01', 'branch:B001', { button: 'sign_in' });
      expect(toastOf(await again.press('sign_in'))).toBe(`info: ${t('review.sign_in.again')}`);
      const missing = t('notice.quorum_missing', { due: 8, present: 4, missing: 2 });
      expect(await told(world, 'E01', '/评议 投票')).toBe(missing);
      expect(await told(world, 'E02', '/review ballot')).toBe(missing);
      expect(toastOf(await forge(world, 'E01', { a: 'start_ballot', r: review }))).toBe(`warning: ${missing}`);
      await refusedBut(['agenda_next', 'start_ballot'], 'meeting');
      await onlyForSecretaries('agenda_next');
    });

    test('the agenda is ticked item by item; a second tap on the same card ticks nothing', async () => {
      const console = await world.as('E01').ask('/评议', { button: 'agenda_next' });
      old['agenda'] = console;
      const taps = await tapTwice(console, 'agenda_next');
      expect(taps.said).toEqual(
        heardTwice(
          platform,
          `success: ${t('review.agenda_ticked', { item: t('review.agenda.secretary_report') })}`,
          `warning: ${t('notice.agenda_moved_on')}`,
        ),
      );
      for (let i = 1; i < AGENDA.length; i++) {
        const card = await world.as('E02').ask(i % 2 === 0 ? '/评议 议程' : '/review agenda', { button: 'refresh' });
        expect(card.has('agenda_next')).toBe(i < AGENDA.length - 1);
        expect(card.has('start_ballot')).toBe(false);
      }
      expect(await told(world, 'E01', '/评议 议程')).toBe(t('notice.agenda_finished'));
      expect(await told(world, 'E01', '/评议 投票')).toBe(
        t('notice.quorum_missing', { due: 8, present: 4, missing: 2 }),
      );
    });

    test('once the quorum is there the ballot can open: not before, not for others, not twice', async () => {
      await (await world.inChat('E05', 'branch:B001', { button: 'sign_in' })).press('sign_in');
      expect((await world.as('E01').ask('/评议', { button: 'refresh' })).has('start_ballot')).toBe(false);
      await (await world.inChat('C01', 'branch:B001', { button: 'sign_in' })).press('sign_in');
      const ready = await world.as('E01').card({ button: 'start_ballot' }); // the secretary hears of it without asking
      await onlyForSecretaries('start_ballot');
      const asked = await ready.press('start_ballot', undefined, { confirmed: false });
      expect(JSON.stringify(asked.confirm)).toContain(t('review.confirm.start_ballot', { n: 9 }));
      const taps = await tapTwice(ready, 'start_ballot');
      expect(taps.said).toEqual(
        heardTwice(platform, `success: ${t('review.ballot_started', { n: 9 })}`, `warning: ${wrongState('balloting')}`),
      );
      expect(toastOf((await old['agenda']?.press('agenda_next')) ?? {})).toBe(`warning: ${wrongState('balloting')}`);
      await refusedBut(['close_ballot', 'extend_ballot'], 'balloting');
    });

    test('an extension moves the end of the window, once a tap, and leaves a trace', async () => {
      await onlyForSecretaries('extend_ballot');
      const console = await world.as('E01').ask('/评议', { button: 'extend_ballot' });
      const untilOf = (card: ShownCard) => card.view.texts.find((line) => line.startsWith('投票进行中')) ?? '';
      const taps = await tapTwice(console, 'extend_ballot');
      expect(taps.said.filter((said) => said.startsWith('success'))).toHaveLength(1);
      expect(untilOf(taps.card)).not.toBe(untilOf(console));
      expect((await auditActs(world)).filter((act) => act.startsWith('ballot_extended'))).toEqual([
        'ballot_extended E01',
      ]);
      const again = await world.as('E02').ask('/review extend', { button: 'extend_ballot' });
      expect(untilOf(again)).not.toBe(untilOf(taps.card));
    });

    test('a category without a ballot: the tally is refused (A7), those who voted stay voted, the others get a ballot again', async () => {
      for (const no of ['E01', 'E03', 'E05']) await castBallot(world, no, () => 8);
      old['roll1'] = await world.as('E04').card({ button: 'ballot_next' });
      await onlyForSecretaries('close_ballot');
      const console = await world.as('E01').ask('/评议', { button: 'close_ballot' });
      old['balloting'] = console;
      const dialog = await console.press('close_ballot', undefined, { confirmed: false });
      expect(JSON.stringify(dialog.confirm)).toMatch(/还有 6 人未投/);
      const taps = await tapTwice(console, 'close_ballot');
      const why = t('review.refused.category_without_ballot');
      expect(taps.said).toEqual(
        heardTwice(platform, `warning: ${t('review.closed_refused', { why })}`, `warning: ${wrongState('closed')}`),
      );
      expect(taps.card.buttons()).toContain('reopen_ballot');
      expect(taps.card.text).toContain(why);
      expect(await told(world, 'E06', '/投票')).toBe(t('notice.no_ballot'));
      expect(toastOf(await old['roll1'].press('ballot_next'))).toBe(`warning: ${t('ballot.not_open')}`);
      await refusedBut(['reopen_ballot'], 'closed');
      await onlyForSecretaries('reopen_ballot');
      const reopened = await taps.card.press('reopen_ballot');
      expect(reopened.toast?.type).toBe('success');
      expect(await auditActs(world)).toContain('ballot_reopened E01');
      expect((await world.as('E01').ask('/投票')).text).toContain(t('ballot.already_text'));
    });

    test('a page of the ballot before is exchanged for the current one', async () => {
      const stale = await old['roll1']?.press('ballot_next');
      expect(stale && toastOf(stale)).toBe(`warning: ${t('ballot.stale')}`);
      expect(stale?.replaced).toBe(true);
      expect(stale?.card.has('ballot_next')).toBe(true);
    });

    test('too few of the members and colleagues (A13)', async () => {
      await castBallot(world, 'E04', () => 8);
      await castBallot(world, 'E02', () => 8);
      await castBallot(world, 'E06', () => 9);
      const closed = await step(world, 'E01', 'close_ballot');
      expect(toastOf(closed)).toBe(
        `warning: ${t('review.closed_refused', { why: t('review.refused.valid_below_quorum', { share: '2/3' }) })}`,
      );
      expect((await world.as('E01').ask('/评议 重开', { button: 'close_ballot' })).has('extend_ballot')).toBe(true);
    });

    test('enough: counted, and nothing before it can be done again', async () => {
      await castBallot(world, 'E07', () => 9);
      await castBallot(world, 'C01', () => 9);
      expect((await world.as('E01').ask('/review close', { button: 'confirm_results' })).has('close_ballot')).toBe(
        false,
      );
      const late = await old['balloting']?.press('close_ballot');
      expect(late && toastOf(late)).toBe(`warning: ${wrongState('tallied')}`);
      expect(late?.card.has('confirm_results')).toBe(true);
      await refusedBut([], 'tallied');
      const form = await forge(world, 'E05', { a: 'confirm_form', r: review, p: 0 });
      expect(toastOf(form)).toBe(`error: ${t('notice.not_committee')}`);
      const confirmed = await forge(world, 'F01', { a: 'confirm_results', r: review, p: 0 });
      expect(toastOf(confirmed)).toBe(`error: ${t('result.confirm_problem.not_committee')}`);
    });

    test('confirmed once, published once', async () => {
      const console = await world.as('E03').ask('/评议', { button: 'confirm_results' });
      const form = (await console.press('confirm_results')).card;
      const taps = await tapTwice(form, 'confirm_results', {});
      expect(taps.said).toEqual(
        heardTwice(
          platform,
          `success: ${t('result.confirmed')}`,
          `warning: ${t('result.confirm_problem.wrong_state')}`,
        ),
      );
      expect(toastOf(await forge(world, 'E03', { a: 'confirm_form', r: review, p: 0 }))).toBe(
        `warning: ${t('result.confirm_problem.wrong_state')}`,
      );
      await refusedBut(['publish_results'], 'confirmed');
      for (const no of ['E05', 'C01', 'F01', 'F02'])
        expect(toastOf(await forge(world, no, { a: 'publish_results', r: review })), no).toBe(
          `error: ${t('notice.not_committee')}`,
        );
      const ready = await world.as('E01').ask('/评议', { button: 'publish_results' });
      const published = await tapTwice(ready, 'publish_results');
      expect(published.said.filter((said) => said.startsWith('success'))).toHaveLength(1);
      await refusedBut([], 'notice');
      const acts = await auditActs(world);
      for (const act of ['results_confirmed', 'results_published'])
        expect(acts.filter((it) => it.startsWith(act))).toHaveLength(1);
    });
  });
});
