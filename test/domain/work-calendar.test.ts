import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/period.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { parseNotice, workCalendar } from '../../src/domain/work-calendar.ts';

const calendar = workCalendar({ zone: 'Asia/Shanghai' });
const { messages } = defaultRules;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe('working days', () => {
  it.each([
    ['2026-10-09', true, 'a Friday'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'the last day of the holiday'],
    ['2026-10-10', true, 'a Saturday worked instead'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-09-20', true, 'a Sunday worked instead'],
    ['2026-09-25', false, 'a Friday off'],
    ['2026-02-14', true, 'a Saturday worked instead'],
    ['2026-02-28', true, 'a Saturday worked instead'],
    ['2026-05-09', true, 'a Saturday worked instead'],
    ['2026-01-04', true, 'a Sunday worked instead'],
    ['2026-01-02', false, 'a Friday in lieu'],
  ])('%s: %s (%s)', (date, want) => expect(calendar.isWorkday(date)).toBe(want));

  it.each([
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-09', 1, '2026-10-10'],
    ['2026-10-09', 5, '2026-10-15'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-11', 0, '2026-10-11'],
    ['2026-02-13', 2, '2026-02-24'],
  ])('%s and %i working days is %s', (date, n, want) => expect(calendar.addWorkdays(date, n)).toBe(want));
  it('finds the next working day', () => {
    expect([calendar.nextWorkday('2026-10-03'), calendar.nextWorkday('2026-10-10')]).toEqual([
      '2026-10-08',
      '2026-10-10',
    ]);
  });
  it('refuses what is not a date', () => expect(() => calendar.isWorkday('2026-13-40')).toThrow(/not a date/));

  const date = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days));
  test.prop([date, fc.integer({ min: 1, max: 40 })])('counting forth and back agrees', (from, n) => {
    const to = calendar.addWorkdays(from, n);
    expect(calendar.isWorkday(to)).toBe(true);
    expect(calendar.workdaysBetween(from, to)).toBe(n);
  });
});

describe('a year without a notice', () => {
  it('is not official, knows the holidays fixed by date, and nothing moved', () => {
    expect([2026, 2027].map(calendar.official)).toEqual([true, false]);
    expect(['2027-01-01', '2027-05-02', '2027-10-01', '2027-10-04'].map(calendar.isWorkday)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
  it('follows the next notice once it is loaded, and the office’s own days above all', () => {
    const notice = parseNotice({
      year: 2027,
      days: [
        { name: '国庆节', date: '2027-10-04', isOffDay: true },
        { name: '国庆节', date: '2027-10-09', isOffDay: false },
      ],
    });
    const next = workCalendar({
      zone: 'Asia/Shanghai',
      notices: [notice],
      ownDays: [{ name: '系统切换', date: '2027-10-05', isOffDay: true }],
    });
    expect(next.official(2027)).toBe(true);
    expect(['2027-10-04', '2027-10-05', '2027-10-06', '2027-10-09'].map(next.isWorkday)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
  it('a notice replaces the whole year', () => {
    const bare = workCalendar({ zone: 'Asia/Shanghai', notices: [{ year: 2026, days: [] }] });
    expect([bare.isWorkday('2026-10-05'), bare.isWorkday('2026-10-10')]).toEqual([true, false]);
  });
  it('names every problem of a notice', () => {
    expect(() => parseNotice({ year: '2027', days: [{ name: 'x', date: '2027-2-30', isOffDay: 1 }], day: [] })).toThrow(
      /^year must be .*\ndays\[0\]\.date .*\ndays\[0\]\.isOffDay must be true or false, not a number\.\n"day" is not known; did you mean "days"\?$/,
    );
  });
  it('a calendar without any working day is a mistake, not an endless search', () => {
    const ownDays = Array.from({ length: 5_000 }, (_, i) => ({
      name: '',
      date: addDays('2026-01-01', i),
      isOffDay: true,
    }));
    expect(() => workCalendar({ zone: 'UTC', ownDays }).nextWorkday('2026-01-02')).toThrow(/no working day/);
  });
});

describe('message hours', () => {
  it.each([
    ['2026-10-09T09:00', '2026-10-09T09:00', 'at once when it opens'],
    ['2026-10-09T17:59', '2026-10-09T17:59', 'at once just before it closes'],
    ['2026-10-09T18:00', '2026-10-10T09:00', 'the make-up Saturday'],
    ['2026-10-10T20:00', '2026-10-12T09:00', 'over the Sunday'],
    ['2026-10-09T03:00', '2026-10-09T09:00', 'the same morning'],
    ['2026-09-30T18:30', '2026-10-08T09:00', 'over the holiday'],
    ['2026-10-04T12:00', '2026-10-08T09:00', 'inside the holiday'],
  ])('%s leaves at %s: %s', (now, want) => {
    expect(calendar.nextAllowedInstant(messages, at(now))).toBe(at(want));
    expect(calendar.withinHours(messages, at(now))).toBe(now === want);
  });
  it('may leave on any day if the rules say so', () => {
    const daily = { ...messages, working_days_only: false };
    expect(calendar.nextAllowedInstant(daily, at('2026-10-03T19:00'))).toBe(at('2026-10-04T09:00'));
  });
  test.prop([fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-06-01T00:00') })])(
    'the next moment is allowed, and none between is',
    (now) => {
      const next = calendar.nextAllowedInstant(messages, now);
      expect(calendar.withinHours(messages, next)).toBe(true);
      expect(next).toBeGreaterThanOrEqual(now);
      if (next > now) expect(calendar.withinHours(messages, next - 1)).toBe(false);
    },
  );
});
