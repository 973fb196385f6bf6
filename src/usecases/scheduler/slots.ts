/** The moments a job is scheduled for: its cron fields, in a time zone, with its working-day rule applied. */
import { createTask, parse, validate } from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import { TenstarError } from '../../errors.ts';
import type { Job } from '../../job.ts';

/** What a schedule asks of the work calendar; dates are ISO. */
export interface Workdays {
  isWorkday(date: string): boolean;
  /** `date` itself when it is a working day, else the next one. */
  nextWorkday(date: string): string;
}

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

const HORIZON_DAYS = 731;
/** A slot can be put off by the longest run of days off, with room to spare. */
const LONGEST_SHIFT_DAYS = 31;

/** @throws {TenstarError} `bug` for a schedule node-cron does not accept. */
export function createSlots(
  job: Pick<Job<never>, 'name' | 'schedule' | 'workdayRule'>,
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

  const at = (date: Temporal.PlainDate, time: Temporal.PlainTime): number =>
    date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const noon = Temporal.PlainTime.from('12:00');
  const today = (now: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();

  /** The day on which the job scheduled for `date` runs; null when it does not. Never earlier for a later `date`. */
  function runDay(date: Temporal.PlainDate): Temporal.PlainDate | null {
    if (!matcher.match(new Date(at(date, noon)))) return null;
    if (job.workdayRule === 'any' || workdays.isWorkday(date.toString())) return date;
    return job.workdayRule === 'workday' ? null : Temporal.PlainDate.from(workdays.nextWorkday(date.toString()));
  }
  const momentsOf = (date: Temporal.PlainDate): number[] => {
    const day = runDay(date);
    return day === null ? [] : times.map((time) => at(day, time));
  };

  return {
    newest(now) {
      for (let back = 0, date = today(now); back <= HORIZON_DAYS; back++, date = date.subtract({ days: 1 })) {
        const moment = momentsOf(date).findLast((m) => m <= now);
        if (moment !== undefined) return moment;
      }
      return null;
    },
    next(now) {
      let date = today(now).subtract({ days: LONGEST_SHIFT_DAYS });
      for (let i = 0; i <= HORIZON_DAYS; i++, date = date.add({ days: 1 })) {
        const moment = momentsOf(date).find((m) => m > now);
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
