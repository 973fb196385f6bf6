/**
 * Weeks `2026-W41` (ISO), months `2026-10`, quarters `2026-Q3` and years `2026`, as text everywhere; dates are `2026-10-09`.
 * A zone matters only in `today`.
 */
import { Temporal } from 'temporal-polyfill';
import { TenstarError } from '../errors.ts';

export type PeriodKind = 'week' | 'month' | 'quarter' | 'year';
/** `index` is the number of the week, month or quarter; 1 for a year. */
export interface Period {
  kind: PeriodKind;
  year: number;
  index: number;
}
/** First and last day, both included. */
export interface DateRange {
  from: string;
  to: string;
}

const CANONICAL = /^(\d{4})(?:-(?:W(\d\d)|Q([1-4])|(\d\d)))?$/;

/** The date in `zone` at `now` (Unix ms). */
export function today(now: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The date `days` after `date`. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** How many weeks the ISO year has: the week of 28 December is always its last. */
function weeksIn(year: number): number {
  return Temporal.PlainDate.from({ year, month: 12, day: 28 }).weekOfYear ?? 52;
}

const INDICES: Readonly<Record<PeriodKind, (year: number) => number>> = {
  week: weeksIn,
  month: () => 12,
  quarter: () => 4,
  year: () => 1,
};

/** Reads the canonical form; null for everything else, also for week 53 of a year that has 52. */
export function parsePeriod(text: string): Period | null {
  const [, digits, week, quarter, month] = CANONICAL.exec(text) ?? [];
  if (digits === undefined) return null;
  const year = Number(digits);
  if (week !== undefined) return inYear({ kind: 'week', year, index: Number(week) });
  if (quarter !== undefined) return inYear({ kind: 'quarter', year, index: Number(quarter) });
  return inYear(month === undefined ? { kind: 'year', year, index: 1 } : { kind: 'month', year, index: Number(month) });
}

function inYear(period: Period): Period | null {
  const { kind, year, index } = period;
  return year >= 1 && index >= 1 && index <= INDICES[kind](year) ? period : null;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The canonical form. */
export function formatPeriod({ kind, year, index }: Period): string {
  const start = String(year).padStart(4, '0');
  switch (kind) {
    case 'week':
      return `${start}-W${two(index)}`;
    case 'month':
      return `${start}-${two(index)}`;
    case 'quarter':
      return `${start}-Q${index}`;
    case 'year':
      return start;
  }
}

function read(text: string): Period {
  const period = parsePeriod(text);
  if (period === null)
    throw new TenstarError('input_invalid', `${text} is not a period; write 2026-Q3, 2026-10, 2026-W41 or 2026.`);
  return period;
}

/** The period of the review that is meant: a quarter itself, and for a year its Q4, the annual review (A22); null for others. */
export function reviewPeriod(text: string): string | null {
  const { kind, year } = read(text);
  if (kind === 'year') return formatPeriod({ kind: 'quarter', year, index: 4 });
  return kind === 'quarter' ? text : null;
}

/** The kind of a period. @throws {TenstarError} `input_invalid` for text that is not a period (so do all functions below). */
export function periodKind(text: string): PeriodKind {
  return read(text).kind;
}

/** The period `steps` further on; negative goes back. */
export function shiftPeriod(text: string, steps: number): string {
  let { kind, year, index } = read(text);
  index += steps;
  while (index < 1) {
    year -= 1;
    index += INDICES[kind](year);
  }
  while (index > INDICES[kind](year)) {
    index -= INDICES[kind](year);
    year += 1;
  }
  return formatPeriod({ kind, year, index });
}

export const previousPeriod = (text: string): string => shiftPeriod(text, -1);
export const nextPeriod = (text: string): string => shiftPeriod(text, 1);

/** First and last day. A week is Monday to Sunday. */
export function periodRange(text: string): DateRange {
  const { kind, year, index } = read(text);
  if (kind === 'week') {
    const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 }); // always in week 1
    const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: index - 1 });
    return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
  }
  const months = { month: 1, quarter: 3, year: 12 }[kind];
  const first = Temporal.PlainDate.from({ year, month: (index - 1) * months + 1, day: 1 });
  return { from: first.toString(), to: first.add({ months }).subtract({ days: 1 }).toString() };
}

/** The period of that kind a date lies in. */
export function periodOf(kind: PeriodKind, date: string): string {
  const day = Temporal.PlainDate.from(date);
  const index = { week: day.weekOfYear ?? 1, month: day.month, quarter: Math.ceil(day.month / 3), year: 1 }[kind];
  return formatPeriod({ kind, year: kind === 'week' ? (day.yearOfWeek ?? day.year) : day.year, index });
}

/** Negative, zero or positive, by first day; of two that begin together the shorter comes first. */
export function comparePeriods(a: string, b: string): number {
  const [x, y] = [periodRange(a), periodRange(b)];
  const [left, right] = x.from === y.from ? [x.to, y.to] : [x.from, y.from];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The quarter that ended last before `date`: `2026-Q3` on 9 October 2026. */
export function latestEndedQuarter(date: string): string {
  return previousPeriod(periodOf('quarter', date));
}
