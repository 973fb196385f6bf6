import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  cleanText,
  enoughForms,
  gatheredQuarter,
  grouperOf,
  grouperOrder,
  lastFormDay,
  PEOPLE_MAX,
  readForm,
  REMARK_MAX,
  remarksOf,
  takeRow,
} from '../../src/domain/opinion.ts';
import { no, yes } from '../../src/domain/verdict.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import type { Role } from '../../src/domain/roster.ts';

const subjects = new Set(['E1', 'E2', 'E3']);
const long = '好'.repeat(REMARK_MAX + 1);

describe('remarksOf', () => {
  it.each([
    { name: 'an empty form is a form given', form: {}, want: yes([]) },
    {
      name: 'the branch alone',
      form: { branch: ' 会议可以短一些\r\n ' },
      want: yes([{ subject: 'branch', text: '会议可以短一些' }]),
    },
    {
      name: 'branch, a row and the colleague being added',
      form: { branch: 'b', about_E1: 'one', who: 'E2', about: 'two' },
      want: yes([
        { subject: 'branch', text: 'b' },
        { subject: 'E1', text: 'one' },
        { subject: 'E2', text: 'two' },
      ]),
    },
    {
      name: 'two texts about one person become one',
      form: { about_E1: 'one', who: 'E1', about: 'two' },
      want: yes([{ subject: 'E1', text: 'one\ntwo' }]),
    },
    { name: 'a choice without a text says nothing', form: { who: 'E2' }, want: yes([]) },
    { name: 'an emptied row says nothing', form: { about_E1: '  ' }, want: yes([]) },
    { name: 'a text without a name is asked about', form: { about: 'two' }, want: no('who_missing') },
    { name: 'nobody outside the list, oneself included', form: { about_E9: 'x' }, want: no('unknown_person') },
    { name: 'the branch is not written about as a colleague', form: { about_branch: 'x' }, want: no('unknown_person') },
    { name: 'a long text', form: { branch: long }, want: no('too_long') },
    {
      name: 'a text of just the length',
      form: { branch: long.slice(1) },
      want: yes([{ subject: 'branch', text: long.slice(1) }]),
    },
    {
      name: 'more colleagues than fit',
      form: Object.fromEntries(Array.from({ length: PEOPLE_MAX + 1 }, (_, i) => [`about_P${i}`, 'x'])),
      want: no('too_many'),
    },
  ])('$name', ({ form, want }) => expect(remarksOf(readForm(form), subjects)).toEqual(want));

  test.prop([
    fc.dictionary(
      fc.constantFrom('branch', 'who', 'about', 'about_E1', 'about_E2', 'about_', 'x'),
      fc.string({ unit: 'binary' }),
    ),
  ])('never throws, and what it takes fits the box', (form) => {
    const verdict = remarksOf(readForm(form), subjects);
    if (!verdict.ok) return;
    for (const { subject, text } of verdict.value) {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(REMARK_MAX);
      expect(subject === 'branch' || subjects.has(subject)).toBe(true);
    }
  });
});

describe('takeRow', () => {
  it('moves a full last line up and empties it', () =>
    expect(takeRow(readForm({ who: 'E1', about: 'a' }))).toEqual({
      branch: '',
      rows: [{ subject: 'E1', text: 'a' }],
      who: null,
      about: '',
    }));
  it.each([{ who: 'E1' }, { about: 'a' }])('leaves a half line as it is: %j', (form) =>
    expect(takeRow(readForm(form))).toEqual(readForm(form)),
  );
  it('takes no more rows than fit', () => {
    const form = readForm({ about_E1: 'a', who: 'E2', about: 'b' });
    expect(takeRow(form, 1)).toEqual(form);
  });
});

describe('cleanText', () => {
  it('keeps lines and drops control characters', () => expect(cleanText('\u0000 a\r\nb\u0007\rc\t ')).toBe('a\nb\nc'));
});

describe('who groups', () => {
  const post = (employeeNo: string, ...roles: Role[]) => ({ employeeNo, roles });
  it.each([
    {
      name: 'the secretary first, then deputy, then committee',
      people: [post('K', 'committee'), post('M'), post('D', 'deputy_secretary'), post('S', 'secretary', 'committee')],
      want: ['S', 'D', 'K'],
    },
    { name: 'a deputy where there is no secretary', people: [post('M'), post('D', 'deputy_secretary')], want: ['D'] },
    { name: 'nobody without a post', people: [post('L', 'leader'), post('M')], want: [] },
  ])('$name', ({ people, want }) => expect(grouperOrder(people)).toEqual(want));
  it.each([
    { name: 'the secretary about anybody', order: ['S', 'D'], subject: 'M', want: 'S' },
    { name: 'the secretary about the branch', order: ['S', 'D'], subject: 'branch', want: 'S' },
    { name: 'the next in line about the secretary', order: ['S', 'D'], subject: 'S', want: 'D' },
    { name: 'nobody about the only one', order: ['S'], subject: 'S', want: null },
  ])('$name', ({ order, subject, want }) => expect(grouperOf(order, subject)).toBe(want));
});

const dates = () => defaultRules.dates;
describe('the calendar of opinions', () => {
  it.each([
    ['2026-03-18', '2026-03-25'],
    ['2026-09-21', '2026-09-28'],
    ['2026-10-09', '2026-10-16'],
    ['2026-12-01', '2026-12-10'],
    ['2026-12-08', '2026-12-15'],
    ['2026-12-28', '2027-01-04'],
  ])('forms sent on %s are taken to %s', (date, want) => expect(lastFormDay(date, dates)).toBe(want));
  it.each([
    ['2026-03-17', null],
    ['2026-03-18', '2026-Q1'],
    ['2026-06-25', '2026-Q2'],
    ['2026-09-26', null],
    ['2026-12-01', '2026-Q4'],
    ['2026-12-10', '2026-Q4'],
    ['2026-12-18', null],
    ['2026-10-20', null],
  ])('on %s it gathers for %s', (date, want) => expect(gatheredQuarter(date, dates)).toBe(want));
});

describe('enoughForms', () => {
  it('asks for as many as a tally needs ballots (F4)', () => {
    expect([4, 5].map((given) => enoughForms(given, defaultRules))).toEqual([false, true]);
    expect(enoughForms(5, mergeRules({ anonymity: { min_total: 6 } }))).toBe(false);
  });
});
