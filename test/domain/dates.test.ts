/** The dates of a year: what a file may say, and what jobs and use cases read from it (domain.md section 2). */
import { describe, expect, it } from 'vitest';
import { datesSchema, JOB_DAYS, opinionWindow, quarterDates, reviewsOver } from '../../src/domain/dates.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import { TenstarError } from '../../src/errors.ts';

const dates = () => defaultRules.dates;

describe('the section "dates" of the rules', () => {
  it('has the dates of the scheme', () => {
    expect(defaultRules.dates).toMatchObject({
      rules_review: ['12-01', '12-20'],
      plan: '01-05',
      roster_check: ['01-05', '01-10'],
      commitment: {
        drafting: ['01-06', '01-20'],
        reminders: ['01-13', '01-18'],
        approved_by: '01-31',
        meeting: ['02-01', '02-28'],
      },
      summary: { opens_on: 25, due_on: 5 },
      leading_group: ['02-01', '07-01', '12-01'],
      q1: { guidance: '03-15', opinions: ['03-18', '03-25'], self_review: '03-28', review: ['04-01', '04-12'] },
      q2: { guidance: '06-15', opinions: ['06-18', '06-25'], self_review: '06-28', review: ['07-01', '07-12'] },
      q3: { guidance: '09-15', opinions: ['09-18', '09-25'], self_review: '09-28', review: ['10-09', '10-20'] },
      q4: { guidance: '12-01', opinions: ['12-01', '12-10'], self_review: '12-15', review: ['12-16', '12-28'] },
    });
  });
  it('changes one date and keeps the others', () => {
    expect(mergeRules({ dates: { q2: { guidance: '06-10' } } }).dates).toEqual({
      ...defaultRules.dates,
      q2: { ...defaultRules.dates.q2, guidance: '06-10' },
    });
  });

  it.each([
    [{ plan: '02-29' }, 'dates.plan must be a day such as "06-30".'],
    [{ plan: '6 June' }, 'dates.plan must be a day such as "06-30".'],
    [{ plan: 105 }, 'dates.plan must be a day in quotation marks, such as "06-30".'],
    [{ rules_review: ['12-20', '12-01'] }, 'dates.rules_review must be two days, the earlier one first.'],
    [{ leading_group: [] }, 'dates.leading_group must be at least 1 entries long.'],
    [{ leading_group: ['07-01', '02-01'] }, 'dates.leading_group must be days in their order, each once.'],
    [
      { commitment: { reminders: ['01-06'] } },
      'dates.commitment.reminders must come after the first day of commitment.drafting.',
    ],
    [{ summary: { opens_on: 29 } }, 'dates.summary.opens_on must be at most 28.'],
    [{ summary: { due_on: 26 } }, 'dates.summary.due_on must be an earlier day of the month than summary.opens_on.'],
    [{ q1: { guidance: '04-15' } }, 'dates.q1.guidance must lie in the quarter, 01-01 to 03-31.'],
    [{ q3: { opinions: ['09-28', '10-02'] } }, 'dates.q3.opinions must lie in the quarter, 07-01 to 09-30.'],
    [
      { q4: { self_review: '12-30' } },
      'dates.q4.self_review must lie between the first day of opinions and the last day of review.',
    ],
    [{ q5: {} }, '"dates.q5" is not known; did you mean "dates.q1"?'],
    [
      { commitment: { draftin: ['01-06', '01-20'] } },
      '"dates.commitment.draftin" is not known; did you mean "dates.commitment.drafting"?',
    ],
  ])('%j: %s', (section, sentence) => {
    expect(() => mergeRules({ dates: section })).toThrow(new TenstarError('input_invalid', sentence));
  });
});

describe('the days of jobs', () => {
  it.each([
    ['rulesReview', ['12-01', '12-20']],
    ['plan', ['01-05']],
    ['rosterCheck', ['01-05', '01-10']],
    ['commitmentCall', ['01-06', '01-13', '01-18']],
    ['leadingGroup', ['02-01', '07-01', '12-01']],
    ['guidance', ['03-15', '06-15', '09-15', '12-01']],
    ['opinions', ['03-18', '06-18', '09-18', '12-01']],
  ] as const)('%s', (job, days) => expect(JOB_DAYS[job](defaultRules.dates)).toEqual(days));
  it('of the monthly summary are twelve', () => {
    const own = datesSchema.parse({ summary: { opens_on: 20, due_on: 8 } });
    expect(JOB_DAYS.summaryOpen(own)).toHaveLength(12);
    expect(JOB_DAYS.summaryOpen(own)[1]).toBe('02-20');
    expect(JOB_DAYS.summaryClose(own)[11]).toBe('12-08');
  });
});

describe('questions about a quarter', () => {
  it.each([
    ['2026-03-18', { period: '2026-Q1', from: '2026-03-18', to: '2026-03-25' }],
    ['2026-12-10', { period: '2026-Q4', from: '2026-12-01', to: '2026-12-10' }],
    ['2026-12-11', null],
    ['2026-10-09', null],
  ])('on %s opinions are gathered in %j', (date, window) => expect(opinionWindow(dates, date)).toEqual(window));
  it('reviews are over on the last day of their window, in the year the quarter belongs to', () => {
    expect(reviewsOver(dates, '2026-Q3')).toBe('2026-10-20');
    expect(reviewsOver(dates, '2026-Q4')).toBe('2026-12-28');
    expect(quarterDates(dates, '2027-Q2').self_review).toBe('06-28');
  });
  it('each year has its own', () => {
    const later = datesSchema.parse({ q3: { review: ['10-12', '10-30'] } });
    expect(reviewsOver((year) => (year === 2027 ? later : defaultRules.dates), '2027-Q3')).toBe('2027-10-30');
  });
});
