import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  comparePeriods,
  latestEndedQuarter,
  nextPeriod,
  parsePeriod,
  periodKind,
  periodOf,
  periodRange,
  previousPeriod,
  shiftPeriod,
  today,
} from '../../src/domain/period.ts';
import { readPeriod } from '../../src/domain/period-text.ts';

describe('periods', () => {
  it.each([
    ['2026-W41', '2026-10-05', '2026-10-11', '2026-W40'],
    ['2026-W01', '2025-12-29', '2026-01-04', '2025-W52'],
    ['2027-W01', '2027-01-04', '2027-01-10', '2026-W53'],
    ['2026-10', '2026-10-01', '2026-10-31', '2026-09'],
    ['2024-02', '2024-02-01', '2024-02-29', '2024-01'],
    ['2026-01', '2026-01-01', '2026-01-31', '2025-12'],
    ['2026-Q3', '2026-07-01', '2026-09-30', '2026-Q2'],
    ['2026-Q1', '2026-01-01', '2026-03-31', '2025-Q4'],
    ['2026', '2026-01-01', '2026-12-31', '2025'],
  ])('%s runs from %s to %s, after %s', (period, from, to, before) => {
    expect(periodRange(period)).toEqual({ from, to });
    expect(previousPeriod(period)).toBe(before);
    expect(nextPeriod(before)).toBe(period);
  });
  it.each([
    '',
    '2026-Q5',
    '2026-13',
    '2026-00',
    '2026-W54',
    '2025-W53',
    '2026-W00',
    '2026Q3',
    '26-Q3',
    '2026-Q3 ',
    '0000',
  ])('%j is no period', (text) => {
    expect(parsePeriod(text)).toBeNull();
    expect(() => periodKind(text)).toThrow(/is not a period/);
  });
  it.each([
    ['2026-10-09', '2026-Q3'],
    ['2026-10-01', '2026-Q3'],
    ['2026-09-30', '2026-Q2'],
    ['2027-01-01', '2026-Q4'],
  ])('on %s the quarter that ended last is %s', (date, want) => expect(latestEndedQuarter(date)).toBe(want));
  it('today depends on the zone', () => {
    const now = Date.parse('2026-10-09T17:00:00Z');
    expect([today(now, 'UTC'), today(now, 'Asia/Shanghai')]).toEqual(['2026-10-09', '2026-10-10']);
  });
  it('sorts by beginning, the shorter first', () => {
    expect(['2026', '2026-Q1', '2025-12', '2026-01', '2026-W01'].toSorted(comparePeriods)).toEqual([
      '2025-12',
      '2026-W01',
      '2026-01',
      '2026-Q1',
      '2026',
    ]);
  });

  const kind = fc.constantFrom('week', 'month', 'quarter', 'year' as const);
  const date = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('2000-01-01', days));
  test.prop([kind, date, fc.integer({ min: -120, max: 120 })])(
    'every date lies in its period, and periods follow without a gap',
    (of, day, steps) => {
      const period = periodOf(of, day);
      const { from, to } = periodRange(period);
      expect(from <= day && day <= to).toBe(true);
      expect(periodRange(nextPeriod(period)).from).toBe(addDays(to, 1));
      expect(shiftPeriod(shiftPeriod(period, steps), -steps)).toBe(period);
      expect(readPeriod(period, '2026-10-09')).toEqual({ ok: true, value: period });
    },
  );
});

describe('periods as people type them, on 9 October 2026', () => {
  it.each([
    ['2026Q3', '2026-Q3'],
    ['2026-q3', '2026-Q3'],
    ['2026 Q3', '2026-Q3'],
    ['Q3 2026', '2026-Q3'],
    ['Q3', '2026-Q3'],
    ['２０２６Ｑ３', '2026-Q3'],
    ['2026年三季度', '2026-Q3'],
    ['2026年第3季度', '2026-Q3'],
    ['三季度', '2026-Q3'],
    ['第四季度', '2026-Q4'],
    ['上季度', '2026-Q3'],
    ['上一季度', '2026-Q3'],
    ['上一个季度', '2026-Q3'],
    ['本季度', '2026-Q4'],
    ['这个季度', '2026-Q4'],
    ['last quarter', '2026-Q3'],
    ['10月', '2026-10'],
    ['十一月', '2025-11'],
    ['2026年十二月份', '2026-12'],
    ['2026/9', '2026-09'],
    ['202609', '2026-09'],
    ['上个月', '2026-09'],
    ['W41', '2026-W41'],
    ['w50', '2025-W50'],
    ['第41周', '2026-W41'],
    ['上周', '2026-W40'],
    ['2026年', '2026'],
    ['2026年度', '2026'],
    ['去年', '2025'],
    ['今年', '2026'],
  ])('%s is %s', (typed, want) => expect(readPeriod(typed, '2026-10-09')).toEqual({ ok: true, value: want }));
  it.each(['', '季度', 'Q5', '第五季度', '13月', '2026-W54', 'B001', '26Q3', '上', '2026-10-09', '9999999'])(
    '%j is none',
    (typed) => expect(readPeriod(typed, '2026-10-09')).toEqual({ ok: false, reason: 'not_a_period' }),
  );
  it('a quarter that has not begun this year is last year’s', () => {
    expect(readPeriod('Q4', '2026-01-08')).toEqual({ ok: true, value: '2025-Q4' });
    expect(readPeriod('W53', '2027-01-02')).toEqual({ ok: true, value: '2026-W53' });
  });
  test.prop([fc.string()])('whatever is typed is read or refused', (typed) => {
    const read = readPeriod(typed, '2026-10-09');
    if (read.ok) expect(parsePeriod(read.value)).not.toBeNull();
  });
});
