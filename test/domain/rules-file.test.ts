/** RULES_FILE holds the rules, which a year adopts, and the office's own days, which hold at once. */
import { describe, expect, it } from 'vitest';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import { parseRulesFile } from '../../src/domain/rules-file.ts';
import { workCalendar } from '../../src/domain/work-calendar.ts';
import { TenstarError } from '../../src/errors.ts';

describe('parseRulesFile', () => {
  it('an empty file changes nothing', () => {
    expect(parseRulesFile({})).toEqual({ rules: defaultRules, ownDays: [] });
  });
  it('takes rules and own days apart, so that a day off is no change of the rules', () => {
    const file = parseRulesFile({
      quorum: { fraction: '3/4' },
      calendar: { days_off: ['2027-03-08'], workdays: ['2027-03-13'] },
    });
    expect(file.rules).toEqual(mergeRules({ quorum: { fraction: '3/4' } }));
    expect(file.ownDays).toEqual([
      { name: '', date: '2027-03-08', isOffDay: true },
      { name: '', date: '2027-03-13', isOffDay: false },
    ]);
  });
  it.each([
    [{ calendar: { days_off: ['2027-02-30'] } }, 'calendar.days_off[0] must be a date such as "2027-03-08".'],
    [{ calendar: { day_off: [] } }, '"calendar.day_off" is not known; did you mean "calendar.days_off"?'],
    [{ calender: {} }, '"calender" is not known; did you mean "calendar"?'],
    [
      { calendar: { days_off: ['2027-03-08'], workdays: ['2027-03-08'] } },
      'calendar.workdays must not name a day that is also in calendar.days_off.',
    ],
    [[], 'The whole must be a section in braces, not a list.'],
  ])('%j: %s', (data, sentence) => {
    expect(() => parseRulesFile(data)).toThrow(new TenstarError('input_invalid', sentence));
  });
});

it('own days win over the packaged calendar and over a notice', () => {
  const { ownDays } = parseRulesFile({
    calendar: { days_off: ['2026-10-09', '2027-01-04'], workdays: ['2026-10-01', '2027-01-01'] },
  });
  const notices = [{ year: 2027, days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] }];
  const calendar = workCalendar({ zone: 'Asia/Shanghai', notices, ownDays });
  expect(['2026-10-09', '2026-10-01', '2027-01-04', '2027-01-01'].map(calendar.isWorkday)).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(calendar.isWorkday('2026-10-08')).toBe(true);
  expect(calendar.official(2028)).toBe(false);
});
