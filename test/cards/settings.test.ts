/** Cards say the rules a review was opened under, and the year is run by: with other settings no figure of the default is left. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/card.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { LOCALES } from '../../src/i18n.ts';
import { allText, buttonNames } from '../support/opinion-world.ts';
import { messages, type Stage, stage, toBallot, toNotice, vote } from '../support/review-stage.ts';

/** None of these figures is a default. */
const RULES = {
  weights: { self: 16, members_and_colleagues: 28, committee: 28, leadership: 28 },
  quorum: { fraction: '3/4', valid_ballot_fraction: '4/5' },
  anonymity: { min_total: 6 },
  outstanding: { min_score: '8.5' },
  objection: { decide_days: 17, appeal_days: 19 },
  hearing: { working_days: 4 },
  meeting: { notice_working_days: 8 },
  barred_stars: ['integrity'],
  retention: { raw_ballots_days: 41, raw_opinions_days: 43, sheets_years: 7 },
};
const DEFAULTS =
  /三年|三分之二|三个工作日|十日|(?<![\d.])(3 年|30 天|3 个工作日|10 天|9 分|10%|2\/3|五张)|three (years|working)|ten days|two thirds|five$|\b(3 years|30 days|3 working days|10 days|9 marks|10 %)/;

describe.each(LOCALES)('in %s', (locale) => {
  const zh = locale === 'zh-CN';
  const seen = new Map<string, string>();
  const look = async (
    at: Stage,
    card: string,
    person: string,
    args: Record<string, string | number> = { review: at.r },
  ) => {
    const text = allText(await at.card(card, args, person, locale));
    expect(text, card).not.toBe('');
    seen.set(card, text);
  };
  beforeAll(async () => {
    const at = await stage({ rules: RULES });
    const { r } = at;
    await look(at, 'help', 'M01', {});
    await look(at, 'commitment', 'M01', { year: 2026, whose: 'own', star: 0 });
    await look(at, 'self_review', 'M01');
    await look(at, 'branch_review', 'S0');
    await look(at, 'opinion', 'M01');
    await look(at, 'meeting_form', 'S0');
    await look(at, 'excuse_edit', 'S0', { review: r, page: 0 });
    const form = { date: '2026-10-12 +0800', time: '09:30', place: '会议室' };
    const { toast } = await at.click('S0', { a: 'meeting_notice', r }, form);
    expect(toast?.text).toContain('8 个工作日');
    await look(at, 'meeting_notice', 'M01');
    await toBallot(at);
    await look(at, 'ballot', 'M01');
    await vote(at, ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05']); // two thirds, which is not enough here
    const refused = await at.click('S0', { a: 'close_ballot', r });
    expect(refused.toast?.text).toContain('4/5');
    await look(at, 'console', 'S0');
    const done = await stage({ rules: RULES });
    await toBallot(done);
    await vote(done);
    await done.click('S0', { a: 'close_ballot', r: done.r });
    await look(done, 'confirmation', 'S0', { review: done.r, page: 0 });
    const asked = await done.click(
      'S0',
      { a: 'confirm_page', r: done.r, p: 1 },
      { barred_M01: 'carries_no_task', reason_M01: '未领任务' },
    );
    expect(asked.toast?.text).toContain('4 个工作日');
    await look(done, 'hearing', 'M01');
    expect(await messages(done, 'hearing')).toHaveLength(1);
    await done.click('M01', { a: 'hearing_statement', r: done.r }, { statement: '已说明' });
    await done.click('S0', { a: 'confirm_results', r: done.r, p: 0 });
    await done.click('S0', { a: 'publish_results', r: done.r });
    await look(done, 'objection_form', 'M01');
  });

  it.each([
    ['help', ['41 天', '7 年'], ['41 days', '7 years']],
    ['commitment', ['7 年'], ['7 years']],
    ['self_review', ['7 年'], ['7 years']],
    ['branch_review', ['7 年'], ['7 years']],
    ['opinion', ['43 天', '7 年', '6 份'], ['43 days', '7 years', '6 forms']],
    ['meeting_form', ['8 个工作日'], ['8 working days']],
    ['excuse_edit', ['16%'], ['16 %']],
    ['meeting_notice', ['3/4'], ['3/4']],
    ['ballot', ['41 天'], ['41 days']],
    ['console', ['4/5'], ['4/5']],
    ['confirmation', ['8.5 分', '4 个工作日', '廉洁'], ['8.5 marks', '4 working days', 'ntegrity']],
    ['hearing', ['7 年', '廉洁'], ['7 years', 'ntegrity']],
    ['objection_form', ['17 天', '19 天', '7 年'], ['17 days', '19 days', '7 years']],
  ] as const)('%s', (card, chinese, english) => {
    const text = seen.get(card) ?? '';
    const said = zh ? chinese : english;
    for (const words of said) expect(text).toContain(words);
    expect(text.split('\n').filter((line) => DEFAULTS.test(line))).toEqual([]);
  });
});

describe('settings that leave something out', () => {
  const marksOf = (card: Card | null) =>
    card?.blocks
      .flatMap((block) => (block.kind === 'form' ? block.fields : []))
      .flatMap((field) => (field.kind === 'select' ? [field.options.length] : [])) ?? [];
  it.each([
    [true, 12],
    [false, 11],
  ])('ballot.abstain %s: %i marks to choose from', async (abstain, marks) => {
    const at = await stage({ rules: { ballot: { abstain } } });
    await toBallot(at);
    const card = await at.card('ballot', { review: at.r }, 'M01');
    expect(new Set(marksOf(card))).toEqual(new Set([marks]));
    expect(allText(card).includes('不了解')).toBe(abstain);
    const sealed = card?.blocks.flatMap((block) => ('buttons' in block ? block.buttons : []))[0]?.action;
    if (sealed?.a !== 'ballot_next') throw new Error('no ballot');
    const unknown = Object.fromEntries(defaultCatalogue.member.map((star) => [star.key, 'x']));
    expect((await at.click('M01', sealed, unknown)).toast?.text).toBe(abstain ? undefined : '分数只能是 0 到 10。');
  });
  it.each([
    [true, true],
    [false, false],
  ])('feedback.acknowledge %s, activity_count.show %s', async (acknowledge, show) => {
    const at = await stage({ rules: { feedback: { acknowledge }, activity_count: { show } } });
    await toNotice(at);
    const card = await at.card('my_result', { review: at.r }, 'M01');
    expect(buttonNames(card).includes('acknowledge')).toBe(acknowledge);
    expect(allText(card).includes('2026 年参加会议和活动 1 次')).toBe(show);
    // Attendance is for the person's own eyes.
    expect(allText(await at.card('person_result', { review: at.r, person: 'M01' }, 'S0'))).not.toContain('参加会议');
  });
});
