/** Every step of a review has a typed way, for those who see no buttons. */
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n.ts';
import { AGENDA, REVIEW_STATES } from '../../src/domain/review.ts';
import { STEP_WORDS, stepOfWord } from '../../src/domain/review-words.ts';
import { plainText } from '../../src/plain-text.ts';
import { allText } from '../support/opinion-world.ts';
import { messages, review, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

const GROUP = 'oc_branch';
const last = async (at: Stage, card: string) => (await messages(at, card)).at(-1);
const outcome = async (at: Stage): Promise<string> =>
  (JSON.parse((await last(at, 'sign_in_answer'))?.args ?? '{}') as { outcome: string }).outcome;
const inMeeting = async () => {
  const at = await stage();
  await at.click('S0', { a: 'start_meeting', r: at.r });
  return at;
};

describe('signing in', () => {
  it.each(['/signin', '/签到', '／签到'])('%s in private does what the button does', async (typed) => {
    const at = await inMeeting();
    await at.type('M01', typed);
    expect(await last(at, 'sign_in_answer')).toMatchObject({ recipient: 'M01' });
    expect(await outcome(at)).toBe('ok');
    expect((await at.click('M01', { a: 'sign_in', r: at.r })).toast?.type).toBe('info');
    await at.type('M01', typed);
    expect(await outcome(at)).toBe('again');
  });
  it('in the group the answer stays there and names who typed it, and nobody else', async () => {
    const at = await inMeeting();
    await at.type('M02', '/签到', GROUP);
    expect(await last(at, 'sign_in_answer')).toMatchObject({ recipient: GROUP });
    expect(await messages(at, 'notice')).toEqual([]);
    const args = JSON.parse((await last(at, 'sign_in_answer'))?.args ?? '{}') as Record<string, string>;
    expect(allText(await at.card('sign_in_answer', args, null))).toContain('某M02：已签到');
    expect(allText(await at.card('sign_in_answer', args, 'M02'))).not.toContain('某M02');
  });
  it('is refused to whom it does not concern, and before and after the meeting', async () => {
    const at = await stage();
    await at.type('M01', '/签到');
    expect(await outcome(at)).toBe('none');
    await at.click('S0', { a: 'start_meeting', r: at.r });
    await at.type('X0', '/签到', GROUP);
    expect(await outcome(at)).toBe('not_due');
    await at.type('X0', '/签到');
    expect(await outcome(at)).toBe('none');
    await at.use.db.script(`UPDATE review_due SET exempt = 'leave' WHERE person = 'M03'`);
    await at.type('M03', '/签到');
    expect(await outcome(at)).toBe('exempt');
  });
});

it('a whole review goes by words, to its publication', async () => {
  const at = await stage();
  const state = async () => (await review(at)).state;
  await at.type('S0', '/评议 会议');
  for (const person of ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'R01', 'R02', 'R03'])
    await at.type(person, '/签到');
  for (const _item of AGENDA) await at.type('S0', '/评议 议程');
  await at.type('S0', '/评议 投票');
  expect(await state()).toBe('balloting');
  await at.type('S0', '/review extend');
  expect((await review(at)).extensions).toBe(1);
  await vote(at);
  await at.type('S0', '/评议 关闭');
  expect(await state()).toBe('tallied');
  await at.type('S0', '/评议 确认');
  expect(await last(at, 'confirmation')).toMatchObject({ recipient: 'S0' });
  expect(await state()).toBe('tallied');
  await at.type('M01', '/评议 确认 是');
  expect(await state()).toBe('tallied');
  await at.type('K1', '/评议 确认 是');
  expect(await state()).toBe('confirmed');
  await at.type('S0', '/review publish');
  expect(await state()).toBe('notice');
});

it('"yes" keeps what was decided on the form, and says who must be heard first', async () => {
  const at = await stage();
  await toBallot(at);
  await vote(at);
  await at.click('S0', { a: 'close_ballot', r: at.r });
  const form = { barred_M01: 'carries_no_task', reason_M01: '任务未办' };
  await at.click('S0', { a: 'confirm_page', r: at.r, p: 1 }, form);
  await at.type('S0', '/review confirm yes');
  expect((await review(at)).state).toBe('tallied');
  expect(allText(await at.card('console', { review: at.r }, 'S0'))).toContain('某M01');
});

describe('without buttons a card says what to type', () => {
  it('the words for every step are read as that step', () => {
    for (const [step, { zh, en }] of Object.entries(STEP_WORDS))
      for (const word of [...zh, ...en]) expect(stepOfWord(word), word).toBe(step);
  });
  it.each(LOCALES)('the console, in %s: the words of the steps that are possible now', async (locale) => {
    const at = await stage();
    const shown = async () => plainText((await at.card('console', { review: at.r }, 'S0', locale)) ?? never());
    const word = (zh: string, en: string) => (locale === 'en' ? `/review ${en}` : `/评议 ${zh}`);
    expect(await shown()).toContain(word('会议', 'meeting'));
    for (const state of REVIEW_STATES) {
      await at.use.db.script(`UPDATE review SET state = '${state}', agenda_done = 0 WHERE id = '${at.r}'`);
      expect(await shown()).not.toMatch(/\{\{|undefined/);
    }
    await at.use.db.script(`UPDATE review SET state = 'balloting' WHERE id = '${at.r}'`);
    expect(await shown()).toContain(word('关闭', 'close'));
    expect(await shown()).toContain(word('延长', 'extend'));
  });
  it('the sign-in: the command', async () => {
    const at = await inMeeting();
    expect(plainText((await at.card('sign_in', { review: at.r }, 'M01')) ?? never())).toContain('/签到');
    expect(plainText((await at.card('sign_in', { review: at.r }, 'M01', 'en')) ?? never())).toContain('/signin');
  });
  it('a form: where it can be filled in', async () => {
    const at = await stage();
    const shown = async () => plainText((await at.card('self_review', { review: at.r }, 'M01')) ?? never());
    expect(await shown()).toContain('模板');
    const [lark] = at.use.platforms.values();
    if (lark !== undefined) at.use.platforms = new Map([...at.use.platforms, ['dingtalk', lark]]);
    expect(await shown()).toContain('飞书');
  });
});

function never(): never {
  throw new Error('no card');
}
