/** The moments a job is scheduled for: its cron fields, in a time zone, with its working-day rule applied. */
import { createTask, parse, validate } from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import type { Dates, DatesOf } from '../../domain/dates.ts';
import { TenstarError } from '../../errors.ts';
import type { Job } from '../../job.ts';
import type { Use } from '../../use.ts';

/** What a schedule asks of the work calendar; dates are ISO. */
export interface Workdays {
  isWorkday(date: string): boolean;
  /** `date` itself when it is a working day, else the next one. */
  nextWorkday(date: string): string;
  /** The dates of a year, for jobs whose days stand in the rules. */
  dates?: DatesOf;
}
/** The calendar jobs follow. */
export const jobCalendar = ({ calendar, years }: Pick<Use, 'calendar' | 'years'>): Workdays => ({
  isWorkday: calendar.isWorkday,
  nextWorkday: calendar.nextWorkday,
  dates: years.dates,
});

export interface Slots {
  /** The newest scheduled moment at or before `now`, Unix ms; null when there was none in the last two years. */
  newest(now: number): number | null;
  /** The first scheduled moment after `now`, Unix ms; null when there is none in the next two years. */
  next(now: number): number | null;
  /** The cron pattern that fires at every such moment, and perhaps at others. */
  readonly triggerPattern: string;
  /** A moment as the ledger writes it: ISO 8601 with the zone's offset. */
  text(moment: number): string;
}

const DAY_MS = 86_400_000;
const HORIZON_DAYS = 731;
/** A slot can be put off by the longest run of days off, with room to spare. */
const LONGEST_SHIFT_DAYS = 31;
/** Days about which something is kept: as far as anybody looks, back and ahead. */
const MOST_KNOWN = 3 * HORIZON_DAYS;
/** Days whose moments are kept. */
const MOST_DAYS = 8;

/** Days are counted from 1970-01-01. */
const number = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
/** Asked for again and again, by every job. */
const names = new Map<number, string>();
function iso(day: number): string {
  const known = names.get(day);
  if (known !== undefined) return known;
  if (names.size > MOST_KNOWN) names.clear();
  const name = new Date(day * DAY_MS).toISOString().slice(0, 10);
  names.set(day, name);
  return name;
}

/** @throws {TenstarError} `bug` for a schedule node-cron does not accept. */
export function createSlots(
  job: Pick<Job<never>, 'name' | 'schedule' | 'workdayRule' | 'days'>,
  zone: string,
  workdays: Workdays,
): Slots {
  const [minute, hour, ...dayFields] = job.schedule.split(' ');
  if (dayFields.length !== 3 || !validate(job.schedule))
    throw new TenstarError('bug', `The schedule of ${job.name} must have five cron fields.`);
  const { hour: hours, minute: minutes } = parse(job.schedule);
  const times = hours
    .flatMap((h) => minutes.map((m) => h * 60 + m))
    .sort((a, b) => a - b)
    .map((m) => Temporal.PlainTime.from({ hour: Math.floor(m / 60), minute: m % 60 }));
  const matcher = createTask(`0 12 ${dayFields.join(' ')}`, () => {}, { timezone: zone });
  void matcher.destroy(); // only its calendar is wanted, never its timer

  const at = (day: number, time: Temporal.PlainTime): number =>
    Temporal.PlainDate.from(iso(day)).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const noon = Temporal.PlainTime.from('12:00');
  const today = (now: number): number =>
    number(Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString());
  const works = (day: number): boolean => workdays.isWorkday(iso(day));

  /** Asking the matcher costs far more than everything else here, and a job of January is looked for all through the year. */
  const known = new Map<number, boolean>();
  function fires(day: number): boolean {
    const before = known.get(day);
    if (before !== undefined) return before;
    if (known.size > MOST_KNOWN) known.clear();
    const match = matcher.match(new Date(at(day, noon)));
    known.set(day, match);
    return match;
  }
  const { days } = job;
  const { dates } = workdays;
  if (days !== undefined && dates === undefined)
    throw new TenstarError('bug', `The days of ${job.name} stand in the rules, and nobody said which.`);
  const namedIn = new WeakMap<Dates, ReadonlySet<string>>();
  /** Whether the rules name this day; without `days` the schedule alone does. */
  function isNamed(day: number): boolean {
    if (days === undefined || dates === undefined) return true;
    const date = iso(day);
    const ofYear = dates(Number(date.slice(0, 4)));
    const named = namedIn.get(ofYear) ?? new Set(days(ofYear));
    namedIn.set(ofYear, named);
    return named.has(date.slice(5));
  }

  /** The day on which the job scheduled for `day` runs; null when it does not. Never earlier for a later `day`. */
  function runDay(day: number): number | null {
    if (!isNamed(day) || !fires(day)) return null;
    if (job.workdayRule === 'any' || works(day)) return day;
    return job.workdayRule === 'workday' ? null : number(workdays.nextWorkday(iso(day)));
  }
  /** A job of every few minutes has hundreds of moments a day, and is asked about the same day again and again. */
  const momentsOn = new Map<number, readonly number[]>();
  function momentsOf(scheduled: number): readonly number[] {
    const day = runDay(scheduled);
    if (day === null) return [];
    const before = momentsOn.get(day);
    if (before !== undefined) return before;
    if (momentsOn.size > MOST_DAYS) momentsOn.clear();
    const moments = times.map((time) => at(day, time));
    momentsOn.set(day, moments);
    return moments;
  }
  /** The first day whose run may lie on `day`: what was scheduled for days off before it is put off to it. */
  function firstFor(day: number): number {
    let first = day;
    if (job.workdayRule === 'next_workday') while (day - first < LONGEST_SHIFT_DAYS && !works(first - 1)) first -= 1;
    return first;
  }

  return {
    newest(now) {
      const from = today(now);
      for (let day = from; from - day <= HORIZON_DAYS; day--) {
        const moment = momentsOf(day).findLast((m) => m <= now);
        if (moment !== undefined) return moment;
      }
      return null;
    },
    next(now) {
      const from = firstFor(today(now));
      for (let day = from; day - from <= HORIZON_DAYS; day++) {
        const moment = momentsOf(day).find((m) => m > now);
        if (moment !== undefined) return moment;
      }
      return null;
    },
    triggerPattern: job.workdayRule === 'next_workday' ? `${minute} ${hour} * * *` : job.schedule,
    text: (moment) =>
      Temporal.Instant.fromEpochMilliseconds(moment)
        .toZonedDateTimeISO(zone)
        .toString({ timeZoneName: 'never', smallestUnit: 'second' }),
  };
}
