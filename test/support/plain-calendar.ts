/**
 * A calendar written down twice: once here, plainly, for what a test expects; once as the notice the bot reads. Says also when jobs
 * are due, from their cron fields and the rules of days off, without asking the code that decides it in the bot.
 */
import { Temporal } from 'temporal-polyfill';
import { defaultRules } from '../../src/domain/rules.ts';
import type { Job } from '../../src/job.ts';

export interface PlainCalendar {
  /** ISO dates without work, weekends apart. */
  off: readonly string[];
  /** Saturdays and Sundays that are worked. */
  worked: readonly string[];
}

const HOUR_MS = 3_600_000;
const ZONE_HOURS = 8; // Asia/Shanghai, all year
/** A moment as people there write it, `2027-10-09T15:00`, as Unix ms. */
export const moment = (text: string): number => Date.parse(`${text}:00+08:00`);
/** The other way round; seconds are left out. */
export const local = (at: number): string => new Date(at + ZONE_HOURS * HOUR_MS).toISOString().slice(0, 16);
const next = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

export const isWorkday = ({ off, worked }: PlainCalendar, date: string): boolean =>
  worked.includes(date) || (Temporal.PlainDate.from(date).dayOfWeek < 6 && !off.includes(date));
/** Between nine and six on a working day. */
export function inHours(calendar: PlainCalendar, at: number): boolean {
  const [date = '', time = ''] = local(at).split('T');
  return time >= '09:00' && time < '18:00' && isWorkday(calendar, date);
}
export function* datesBetween(from: string, to: string): Generator<string> {
  for (let date = from; date <= to; date = next(date)) yield date;
}

/** The notices that HOLIDAYS_FILE holds, a year each. */
export const noticesOf = ({ off, worked }: PlainCalendar): object[] =>
  Object.entries(Object.groupBy([...off, ...worked].toSorted(), (date) => date.slice(0, 4))).map(
    ([year, dates = []]) => ({
      year: Number(year),
      days: dates.map((date) => ({ name: 'test', date, isOffDay: off.includes(date) })),
    }),
  );

type Schedule = Pick<Job<never>, 'name' | 'schedule' | 'workdayRule' | 'days'>;
/** Whether a job runs at set hours, not every hour or every few minutes. */
export const atSetHours = ({ schedule }: Schedule): boolean => /^\d+ \d+ /.test(schedule);
const fits = (field: string, value: number): boolean => field === '*' || field.split(',').map(Number).includes(value);

/** Every moment of a job at a set hour from one date to another, both included; as Unix ms, in order. */
export function momentsOf(
  calendar: PlainCalendar,
  { schedule, workdayRule, days }: Schedule,
  from: string,
  to: string,
): number[] {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.split(' ');
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const named = days?.(defaultRules.dates);
  const found = new Set<string>();
  for (const date of datesBetween(from, to)) {
    const { month: m, day: d, dayOfWeek } = Temporal.PlainDate.from(date);
    if (!fits(month, m) || !fits(day, d) || !fits(weekday, dayOfWeek % 7)) continue;
    if (named?.includes(date.slice(5)) === false) continue;
    let runs = date;
    if (workdayRule === 'workday' && !isWorkday(calendar, date)) continue;
    if (workdayRule === 'next_workday') while (!isWorkday(calendar, runs)) runs = next(runs);
    if (runs <= to) found.add(runs);
  }
  return [...found].toSorted().map((date) => moment(`${date}T${time}`));
}
