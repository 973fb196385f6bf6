/** Which month is asked for and until when, over holidays and make-up days (R65, J9). */
import { describe, expect, it } from 'vitest';
import {
  askedMonth,
  closesOn,
  dueAfter,
  monthToOpen,
  namedIn,
  readSummary,
  remindOn,
  SUMMARY_MAX,
} from '../../src/domain/month.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { workCalendar } from '../../src/domain/work-calendar.ts';

const dates = () => defaultRules.dates;
const clock = { dates, calendar: workCalendar({ zone: 'Asia/Shanghai' }) };

describe('the days of a month', () => {
  it.each([
    { month: '2026-08', closes: '2026-09-07', reminds: '2026-09-02' }, // the 5th is a Saturday
    { month: '2026-09', closes: '2026-10-08', reminds: '2026-09-28' }, // the national holidays lie between
    { month: '2026-10', closes: '2026-11-05', reminds: '2026-11-02' },
    { month: '2026-12', closes: '2027-01-05', reminds: '2026-12-30' },
    { month: '2026-01', closes: '2026-02-05', reminds: '2026-02-02' },
  ])('$month closes on $closes and is reminded of on $reminds', ({ month, closes, reminds }) => {
    expect(closesOn(month, clock)).toBe(closes);
    expect(remindOn(month, clock)).toBe(reminds);
    expect(closes >= dueAfter(month, dates)).toBe(true);
  });

  it.each([
    ['2026-10-25', '2026-10'],
    ['2026-10-31', '2026-10'],
    ['2026-02-03', '2026-01'], // put off by a long holiday
    ['2026-10-24', '2026-09'],
  ])('an opening on %s is about %s', (date, month) => {
    expect(monthToOpen(date, dates)).toBe(month);
  });

  it.each([
    ['2026-10-08', false, '2026-09'], // the last day on which September is owed
    ['2026-10-09', false, '2026-10'],
    ['2026-10-08', true, '2026-10'],
    ['2026-10-26', false, '2026-10'],
    ['2027-01-05', false, '2026-12'],
  ])('on %s, last month filed: %s, %s is meant', (date, filed, month) => {
    expect(askedMonth(date, filed, clock)).toBe(month);
  });
});

describe('readSummary', () => {
  const good = { progress: ' 完成三项 ', problems: '进度偏慢', plan: '推进两项', measures: '每周检查' };
  it.each([
    [good, { ok: true, value: { ...good, progress: '完成三项' } }],
    [{}, { ok: false, reason: 'missing', fields: ['progress', 'problems', 'plan', 'measures'] }],
    [
      { ...good, problems: ' \n ' },
      { ok: false, reason: 'missing', fields: ['problems'] },
    ],
    [{ ...good, plan: '长'.repeat(SUMMARY_MAX) }, { ok: true }],
    [
      { ...good, plan: '😀'.repeat(SUMMARY_MAX + 1) },
      { ok: false, reason: 'long', fields: ['plan'] },
    ],
  ])('%#', (form: Record<string, string>, verdict) => {
    expect(readSummary(form)).toMatchObject(verdict);
  });
  it('finds the names of people, but not a single character that is one', () => {
    expect(namedIn('王小明的任务拖后', ['王小明', '李', '张三'])).toEqual(['王小明']);
    expect(namedIn('李子园小区的任务', ['李'])).toEqual([]);
  });
});
