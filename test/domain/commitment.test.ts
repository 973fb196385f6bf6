import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvers,
  checkSheet,
  COMMENT_MAX,
  type Decider,
  isBlank,
  ITEM_RESULT_MAX,
  ITEM_TEXT_MAX,
  openYears,
  readComment,
  readItem,
  writableYear,
} from '../../src/domain/commitment.ts';

const STARS = new Set(['dedication', 'teamwork']);
const TODAY = '2026-02-10';
const good = {
  star: 'dedication',
  text: '每月公开一次办件时限',
  result: '办件按期率不低于 95%',
  due: '2026-11-30 +0800',
};

describe('readItem', () => {
  it.each([
    ['reads what is complete', {}, { ok: true, value: { ...good, due: '2026-11-30' } }],
    ['makes one line of several', { text: ' 每月 \n 公开  一次 ' }, { ok: true }],
    ['takes today', { due: '2026-02-10' }, { ok: true }],
    ['takes the last day of the year', { due: '2026-12-31' }, { ok: true }],
    ['wants a star', { star: '' }, { ok: false, reason: 'star_missing' }],
    ['wants a star that exists', { star: 'charm' }, { ok: false, reason: 'star_missing' }],
    ['wants a text', { text: ' \n ' }, { ok: false, reason: 'text_missing' }],
    ['counts characters, not code units', { text: '😀'.repeat(ITEM_TEXT_MAX) }, { ok: true }],
    ['refuses a text that is too long', { text: '长'.repeat(ITEM_TEXT_MAX + 1) }, { ok: false, reason: 'text_long' }],
    ['wants a result', { result: '' }, { ok: false, reason: 'result_missing' }],
    [
      'refuses a result that is too long',
      { result: '长'.repeat(ITEM_RESULT_MAX + 1) },
      { ok: false, reason: 'result_long' },
    ],
    ['wants a date', { due: '' }, { ok: false, reason: 'due_missing' }],
    ['wants a date that exists', { due: '2026-02-30' }, { ok: false, reason: 'due_missing' }],
    ['refuses words for a date', { due: '年底' }, { ok: false, reason: 'due_missing' }],
    ['refuses a day that is over', { due: '2026-02-09' }, { ok: false, reason: 'due_past' }],
    ['refuses another year', { due: '2027-01-01' }, { ok: false, reason: 'due_other_year' }],
    ['refuses a private matter', { text: '每月家访两户群众' }, { ok: false, reason: 'topic', topic: 'home_visits' }],
    ['refuses a private result', { result: '改善家庭关系' }, { ok: false, reason: 'topic', topic: 'family' }],
  ])('%s', (_name, over, want) => {
    expect(readItem({ ...good, ...over }, STARS, 2026, TODAY)).toMatchObject(want);
  });

  it('never reads past its limits, whatever is typed', () => {
    const typed = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(typed, typed, typed, (text, result, due) => {
        const read = readItem({ star: 'teamwork', text, result, due }, STARS, 2026, TODAY);
        if (!read.ok) return true;
        const { value } = read;
        return (
          Array.from(value.text).length <= ITEM_TEXT_MAX &&
          Array.from(value.result).length <= ITEM_RESULT_MAX &&
          value.due.startsWith('2026-') &&
          !/\n/.test(value.text)
        );
      }),
    );
  });
});

describe('forms', () => {
  it.each([
    [{}, true],
    [{ star: 'dedication' }, true],
    [{ text: '  ', result: '', due: '' }, true],
    [{ text: '写' }, false],
    [{ due: '2026-11-30' }, false],
  ])('%j is blank: %s', (form, blank) => expect(isBlank(form)).toBe(blank));
  it.each([
    ['结果再具体些', { ok: true, value: '结果再具体些' }],
    ['   ', { ok: false, reason: 'comment_missing' }],
    [undefined, { ok: false, reason: 'comment_missing' }],
    ['长'.repeat(COMMENT_MAX + 1), { ok: false, reason: 'comment_long' }],
  ])('the comment %j', (typed, want) => expect(readComment(typed)).toEqual(want));
});

describe('checkSheet (A40)', () => {
  const items = (n: number, star = 'dedication') => Array.from({ length: n }, () => ({ star }));
  it.each([
    [2, { ok: false, reason: 'too_few', min: 3, have: 2 }],
    [3, { ok: true }],
    [10, { ok: true }],
    [11, { ok: false, reason: 'too_many', max: 10 }],
  ])('%i items', (n, want) => expect(checkSheet(items(n), [3, 10], [])).toEqual(want));
  it('wants an item for every individual star', () => {
    expect(checkSheet(items(3), [3, 10], ['dedication', 'teamwork'])).toEqual({
      ok: false,
      reason: 'star_without_item',
      star: 'teamwork',
    });
    expect(checkSheet([...items(3), { star: 'teamwork' }], [3, 10], ['dedication', 'teamwork'])).toEqual({ ok: true });
  });
});

describe('scheme years', () => {
  it.each([
    ['2026-01-01', [2025, 2026], [2026]],
    ['2026-03-31', [2025, 2026], [2026]],
    ['2026-04-01', [2026], [2026]],
    ['2026-11-30', [2026], [2026]],
    ['2026-12-01', [2026, 2027], [2026, 2027]],
  ])('on %s %j are open, %j may be written', (date, open, writable) => {
    expect(openYears(date)).toEqual(open);
    expect([2024, 2025, 2026, 2027, 2028].filter((year) => writableYear(year, date))).toEqual(writable);
  });
});

describe('approvers (A41, F17)', () => {
  const person = (employeeNo: string, over: Partial<Decider> = {}): Decider => ({
    employeeNo,
    committee: false,
    runsBranch: false,
    leadingGroup: false,
    office: false,
    ...over,
  });
  const secretary = person('S', { committee: true, runsBranch: true });
  const member = person('M');
  const committee = person('K', { committee: true });
  const leading = person('L', { leadingGroup: true });
  const office = person('O', { office: true });
  const all = [secretary, member, committee, leading, office];
  it.each([
    ['a member by the committee', 'M', all, ['S', 'K']],
    ['a committee member by the others of the committee', 'K', all, ['S']],
    ['a lone secretary by the leading group', 'S', [secretary, member, leading, office], ['L']],
    ['and without one by the office', 'S', [secretary, member, office], ['O']],
    ['the branch by the leading group', null, all, ['L']],
    ['the branch without one by the office', null, [secretary, committee, office], ['O']],
    [
      'the branch never by who wrote it',
      null,
      [person('S', { committee: true, runsBranch: true, leadingGroup: true, office: true }), office],
      ['O'],
    ],
    ['nobody, where there is nobody', null, [secretary, member], []],
  ])('%s', (_name, whose, people, want) => expect(approvers(whose, people)).toEqual(want));

  it('never is one’s own', () => {
    const decider = fc.record({
      employeeNo: fc.constantFrom('A', 'B', 'C', 'D'),
      committee: fc.boolean(),
      runsBranch: fc.boolean(),
      leadingGroup: fc.boolean(),
      office: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(decider), fc.constantFrom('A', 'B'), (people, whose) => {
        expect(approvers(whose, people)).not.toContain(whose);
        const running: string[] = people.filter((one) => one.runsBranch).map((one) => one.employeeNo);
        const others: string[] = people.filter((one) => !one.runsBranch).map((one) => one.employeeNo);
        for (const one of approvers(null, people)) expect(others.includes(one) || !running.includes(one)).toBe(true);
      }),
    );
  });
});
