/**
 * Working days of Chinese offices: holidays and make-up working days as announced year by year. The packaged data end with the
 * last notice; the next one, and an office's own days, are laid over them.
 */
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import { problemSentences } from './problems.ts';
import type { Rules } from './rules.ts';

const day = z.strictObject({ name: z.string(), date: z.iso.date(), isOffDay: z.boolean() });
/** A notice of the year's holidays: days off, and weekend days worked instead. */
export const noticeSchema = z.strictObject({ year: z.int().min(2000).max(2200), days: z.array(day) });
export type HolidayNotice = z.infer<typeof noticeSchema>;
export type CalendarDay = z.infer<typeof day>;

/** What the domain asks of a calendar. Dates are ISO, instants Unix ms. */
export interface WorkCalendar {
  isWorkday: (date: string) => boolean;
  /** The date `n` working days after `date`; 0 gives `date` itself, a negative number counts back. */
  addWorkdays: (date: string, n: number) => string;
  /** `date` itself when it is a working day, else the next one. */
  nextWorkday: (date: string) => string;
  /** How many working days lie after `from`, up to and including `to`. */
  workdaysBetween: (from: string, to: string) => number;
  /** Whether the notice for that year is known. Without it only weekends and the holidays fixed by date are days off. */
  official: (year: number) => boolean;
  /** Whether a message that nobody waits for may leave now: `from` ≤ time < `to`, on working days if the rules say so. */
  withinHours: (messages: Rules['messages'], now: number) => boolean;
  /** `now` when a message may leave, else the first moment one may. */
  nextAllowedInstant: (messages: Rules['messages'], now: number) => number;
}

/** Statutory holidays that fall on the same date every year: the only ones known before the notice. */
const FIXED_OFF = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);
const DAY_MS = 86_400_000;
const MAX_STEP = 4_000; // days; a calendar that is off for ten years is a mistake in the overlay

const number = (date: string): number => {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) throw new TenstarError('input_invalid', `${date} is not a date; write it as 2026-10-09.`);
  return time / DAY_MS;
};
const iso = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);
/** 1970-01-01 was a Thursday. */
const weekend = (n: number): boolean => (n + 4) % 7 === 0 || (n + 4) % 7 === 6;

/** Checks a notice someone supplied. @throws {TenstarError} `input_invalid` naming every problem, one sentence a line. */
export function parseNotice(input: unknown): HolidayNotice {
  const result = noticeSchema.safeParse(input);
  if (result.success) return result.data;
  const example: HolidayNotice = { year: 2026, days: [] };
  throw new TenstarError('input_invalid', problemSentences(result.error, input, example).join('\n'));
}

/** The holidays of the next year are announced in November. */
const ANNOUNCED_FROM_MONTH = 12;
/** Years whose notice should be there on a date: its own, and from December on the next. */
export function noticeYears(date: string): number[] {
  const year = Number(date.slice(0, 4));
  return Number(date.slice(5, 7)) >= ANNOUNCED_FROM_MONTH ? [year, year + 1] : [year];
}

export interface CalendarOptions {
  zone: string;
  /** Notices newer than the packaged data, or replacing a year of them. */
  notices?: readonly HolidayNotice[];
  /** The office's own days, which win over everything. */
  ownDays?: readonly CalendarDay[];
}

/** @returns the calendar of offices in `zone`. */
export function workCalendar({ zone, notices = [], ownDays = [] }: CalendarOptions): WorkCalendar {
  const replaced = new Set(notices.map((notice) => notice.year));
  const works = new Map<string, boolean>();
  const years = new Set<number>(replaced);
  for (const [dates, working] of [
    [data.holidays, false],
    [data.workdays, true],
  ] as const) {
    for (const date of Object.keys(dates)) {
      const year = Number(date.slice(0, 4));
      years.add(year);
      if (!replaced.has(year)) works.set(date, working);
    }
  }
  for (const { date, isOffDay } of [...notices.flatMap((notice) => notice.days), ...ownDays])
    works.set(date, !isOffDay);

  const worksOn = (n: number): boolean => {
    const date = iso(n);
    const set = works.get(date);
    if (set !== undefined) return set;
    if (!years.has(Number(date.slice(0, 4))) && FIXED_OFF.has(date.slice(5))) return false;
    return !weekend(n);
  };
  const step = (from: number, direction: 1 | -1): number => {
    for (let n = from + direction; Math.abs(n - from) < MAX_STEP; n += direction) if (worksOn(n)) return n;
    throw new TenstarError(
      'input_invalid',
      'The calendar has no working day within ten years; check the days the office has set.',
    );
  };
  const clock = (now: number) => Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const opensOn = (date: Temporal.PlainDate, messages: Rules['messages']): boolean =>
    !messages.working_days_only || worksOn(number(date.toString()));
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

  const nextWorkday = (date: string): string => {
    const here = number(date);
    return worksOn(here) ? date : iso(step(here, 1));
  };
  const withinHours = (messages: Rules['messages'], now: number): boolean => {
    const here = clock(now);
    const minute = here.hour * 60 + here.minute;
    return minute >= minutes(messages.from) && minute < minutes(messages.to) && opensOn(here.toPlainDate(), messages);
  };
  return {
    isWorkday: (date) => worksOn(number(date)),
    addWorkdays(date, n) {
      let here = number(date);
      for (let left = Math.abs(n); left > 0; left--) here = step(here, n > 0 ? 1 : -1);
      return iso(here);
    },
    nextWorkday,
    workdaysBetween(from, to) {
      let count = 0;
      for (let n = number(from) + 1; n <= number(to); n++) if (worksOn(n)) count++;
      return count;
    },
    official: (year) => years.has(year),
    withinHours,
    nextAllowedInstant(messages, now) {
      if (withinHours(messages, now)) return now;
      const here = clock(now);
      let date = here.toPlainDate();
      if (here.hour * 60 + here.minute >= minutes(messages.from)) date = date.add({ days: 1 });
      if (!opensOn(date, messages)) date = Temporal.PlainDate.from(nextWorkday(date.toString()));
      return date.toZonedDateTime({ timeZone: zone, plainTime: messages.from }).epochMilliseconds;
    },
  };
}
