/** The monthly summary (R65, J9): which month is asked for, until when, and what must be filled in. */
import { type DatesOf, twoDigits, yearOf } from './dates.ts';
import { nextPeriod, parsePeriod, periodOf, previousPeriod } from './period.ts';
import { yes } from './verdict.ts';
import type { WorkCalendar } from './work-calendar.ts';

export const SUMMARY_FIELDS = ['progress', 'problems', 'plan', 'measures'] as const;
export type SummaryField = (typeof SUMMARY_FIELDS)[number];
export type SummaryText = Readonly<Record<SummaryField, string>>;
/** Characters of each field: what one input of a card takes. */
export const SUMMARY_MAX = 1_000;

const REMIND_BEFORE = 3; // working days

export const isMonth = (text: string): boolean => parsePeriod(text)?.kind === 'month';

/** The dates of the year, and the days that are worked. */
export interface MonthClock {
  dates: DatesOf;
  calendar: Pick<WorkCalendar, 'nextWorkday' | 'addWorkdays'>;
}
/** The day of the next month on which the summary is due, as it stands in the calendar; the close itself waits for a working day. */
export function dueAfter(month: string, dates: DatesOf): string {
  const next = nextPeriod(month);
  return `${next}-${twoDigits(dates(yearOf(next)).summary.due_on)}`;
}
/** The day on which a month closes. */
export const closesOn = (month: string, { dates, calendar }: MonthClock): string =>
  calendar.nextWorkday(dueAfter(month, dates));
/** The day on which those who owe are reminded. */
export const remindOn = (month: string, clock: MonthClock): string =>
  clock.calendar.addWorkdays(closesOn(month, clock), -REMIND_BEFORE);
/** The month that an opening on this day is about: after long holidays it may fall into the next month. */
export const monthToOpen = (date: string, dates: DatesOf): string => {
  const month = periodOf('month', date);
  return Number(date.slice(8)) >= dates(yearOf(date)).summary.opens_on ? month : previousPeriod(month);
};

/** The month a summary is about when none is named: last month's as long as it is owed, else this month's. */
export function askedMonth(date: string, lastIsFiled: boolean, clock: MonthClock): string {
  const month = periodOf('month', date);
  const last = previousPeriod(month);
  return !lastIsFiled && date <= closesOn(last, clock) ? last : month;
}

export type SummaryVerdict =
  | { ok: true; value: SummaryText }
  | { ok: false; reason: 'missing' | 'long'; fields: readonly SummaryField[] };

/** Reads the form `monthly_summary`. */
export function readSummary(form: Readonly<Record<string, string>>): SummaryVerdict {
  const text = (field: SummaryField) => (form[field] ?? '').trim();
  const missing = SUMMARY_FIELDS.filter((field) => text(field) === '');
  if (missing.length > 0) return { ok: false, reason: 'missing', fields: missing };
  const long = SUMMARY_FIELDS.filter((field) => Array.from(text(field)).length > SUMMARY_MAX);
  if (long.length > 0) return { ok: false, reason: 'long', fields: long };
  return yes({
    progress: text('progress'),
    problems: text('problems'),
    plan: text('plan'),
    measures: text('measures'),
  });
}

/** Names of people that a text for a group chat holds: what goes wrong is told without names there (F12). */
export const namedIn = (text: string, names: readonly string[]): string[] =>
  names.filter((name) => Array.from(name).length > 1 && text.includes(name));
