/** The dates of a scheme year (domain.md section 2) as the rules name them, and the questions jobs ask of them. Pure. */
import { z } from 'zod';

const LAST_DAY = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** A day of every year, `06-30`; 29 February is none. */
const monthDay = z.string({ error: 'must be a day in quotation marks, such as "06-30"' }).refine(
  (text) => {
    const [, month = '', day = ''] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
    return Number(day) >= 1 && Number(day) <= (LAST_DAY[Number(month) - 1] ?? 0);
  },
  { error: 'must be a day such as "06-30"', abort: true },
);
const window = (from: string, to: string) =>
  z
    .tuple([monthDay, monthDay])
    .refine(([first, last]) => first <= last, { error: 'must be two days, the earlier one first' })
    .default([from, to]);
const inOrder = (days: readonly string[]): boolean => days.every((day, i) => i === 0 || (days[i - 1] ?? '') < day);
const days = (...defaults: string[]) =>
  z.array(monthDay).min(1).refine(inOrder, { error: 'must be days in their order, each once' }).default(defaults);
/** A day that every month has. */
const dayOfMonth = z.int().min(1).max(28);

export const QUARTERS = ['q1', 'q2', 'q3', 'q4'] as const;
type QuarterKey = (typeof QUARTERS)[number];
const quarter = (
  number: 1 | 2 | 3 | 4,
  at: { guidance: string; opinions: [string, string]; self: string; review: [string, string] },
) => {
  const [first, last] = [`${String(number * 3 - 2).padStart(2, '0')}-01`, `${String(number * 3).padStart(2, '0')}-31`];
  const inside = { error: `must lie in the quarter, ${first} to ${last.slice(0, 2)}-${LAST_DAY[number * 3 - 1]}` };
  return z
    .strictObject({
      /** Guidance goes out (J13, J22). */
      guidance: monthDay.default(at.guidance),
      /** Opinion forms are sent and taken (J14, J23). */
      opinions: window(...at.opinions),
      /** Self-reviews are due (J15, J24). */
      self_review: monthDay.default(at.self),
      /** Meetings and ballots (J16, J25). */
      review: window(...at.review),
    })
    .refine((it) => it.guidance >= first && it.guidance <= last, { ...inside, path: ['guidance'] })
    .refine((it) => it.opinions[0] >= first && it.opinions[1] <= last, { ...inside, path: ['opinions'] })
    .refine((it) => it.self_review >= it.opinions[0] && it.self_review <= it.review[1], {
      error: 'must lie between the first day of opinions and the last day of review',
      path: ['self_review'],
    })
    .prefault({});
};

export const datesSchema = z.strictObject({
  /** The rules of the next year are looked through (J1). */
  rules_review: window('12-01', '12-20'),
  /** The plan of the year is published (J2). */
  plan: monthDay.default('01-05'),
  /** Gaps of the roster are listed, on the first day and once more on the last (J3). */
  roster_check: window('01-05', '01-10'),
  /** Commitments are written (J4), reminded of, and approved (J5). */
  commitment: z
    .strictObject({
      drafting: window('01-06', '01-20'),
      reminders: days('01-13', '01-18'),
      approved_by: monthDay.default('01-31'),
      /** Commitment meetings (J6). */
      meeting: window('02-01', '02-28'),
    })
    .refine((it) => it.reminders.every((day) => day > it.drafting[0]), {
      error: 'must come after the first day of commitment.drafting',
      path: ['reminders'],
    })
    .prefault({}),
  /** Days of the month: the draft of the summary is sent, and next month it is due (J9). */
  summary: z
    .strictObject({ opens_on: dayOfMonth.default(25), due_on: dayOfMonth.default(5) })
    .refine((it) => it.due_on < it.opens_on, {
      error: 'must be an earlier day of the month than summary.opens_on',
      path: ['due_on'],
    })
    .prefault({}),
  /** Leading groups that have met too seldom are reminded (J12). */
  leading_group: days('02-01', '07-01', '12-01'),
  /** The work committee looks at the first half of the year (J21). */
  half_year: window('07-10', '07-20'),
  q1: quarter(1, { guidance: '03-15', opinions: ['03-18', '03-25'], self: '03-28', review: ['04-01', '04-12'] }),
  q2: quarter(2, { guidance: '06-15', opinions: ['06-18', '06-25'], self: '06-28', review: ['07-01', '07-12'] }),
  q3: quarter(3, { guidance: '09-15', opinions: ['09-18', '09-25'], self: '09-28', review: ['10-09', '10-20'] }),
  q4: quarter(4, { guidance: '12-01', opinions: ['12-01', '12-10'], self: '12-15', review: ['12-16', '12-28'] }),
});
export type Dates = z.infer<typeof datesSchema>;
/** The dates of a scheme year. */
export type DatesOf = (year: number) => Dates;

export const yearOf = (date: string): number => Number(date.slice(0, 4));
/** A day of the year as an ISO date. */
export const inYear = (year: number, day: string): string => `${year}-${day}`;

const keyOf = (quarterOfYear: number): QuarterKey => QUARTERS[quarterOfYear - 1] ?? 'q4';
/** The dates of a quarter, `2026-Q3`. */
export function quarterDates(datesOf: DatesOf, period: string): Dates[QuarterKey] {
  return datesOf(yearOf(period))[keyOf(Number(period.slice(-1)))];
}
/** The last day of the reviews of a quarter (J16, J25), an ISO date in the year the quarter belongs to. */
export const reviewsOver = (datesOf: DatesOf, period: string): string =>
  inYear(yearOf(period), quarterDates(datesOf, period).review[1]);

/** The quarter whose opinions are gathered on a date, with the window; null on other days. */
export function opinionWindow(datesOf: DatesOf, date: string): { period: string; from: string; to: string } | null {
  const year = yearOf(date);
  for (const [i, key] of QUARTERS.entries()) {
    const [from, to] = datesOf(year)[key].opinions.map((day) => inYear(year, day));
    if (from !== undefined && to !== undefined && date >= from && date <= to)
      return { period: `${year}-Q${i + 1}`, from, to };
  }
  return null;
}

/** `5` as `05`. */
export const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** Every month's day, as days of the year. */
const everyMonth = (day: number): string[] => LAST_DAY.map((_, i) => `${twoDigits(i + 1)}-${twoDigits(day)}`);
const quarters = (dates: Dates) => QUARTERS.map((key) => dates[key]);

/** The days on which scheduled jobs act, before a day off puts them off. */
export const JOB_DAYS = {
  rulesReview: (dates: Dates) => [...dates.rules_review],
  plan: (dates: Dates) => [dates.plan],
  rosterCheck: (dates: Dates) => [...dates.roster_check],
  commitmentCall: ({ commitment }: Dates) => [commitment.drafting[0], ...commitment.reminders],
  summaryOpen: ({ summary }: Dates) => everyMonth(summary.opens_on),
  summaryClose: ({ summary }: Dates) => everyMonth(summary.due_on),
  leadingGroup: (dates: Dates) => dates.leading_group,
  halfYear: (dates: Dates) => [dates.half_year[0]],
  guidance: (dates: Dates) => quarters(dates).map((one) => one.guidance),
  opinions: (dates: Dates) => quarters(dates).map((one) => one.opinions[0]),
} as const satisfies Record<string, (dates: Dates) => readonly string[]>;
