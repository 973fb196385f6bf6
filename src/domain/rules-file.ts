/** RULES_FILE: the rules of the scheme, which a year adopts, and the office's own days, which hold at once. */
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import { problemSentences } from './problems.ts';
import { defaultRules, type Rules, rulesSchema } from './rules.ts';
import type { CalendarDay } from './work-calendar.ts';

const date = z.iso.date({ error: 'must be a date such as "2027-03-08"' });
const calendarSchema = z
  .strictObject({
    /** Days off besides weekends and official holidays. */
    days_off: z.array(date).default([]),
    /** Days worked although they are weekends or holidays. */
    workdays: z.array(date).default([]),
  })
  .refine((it) => !it.days_off.some((day) => it.workdays.includes(day)), {
    error: 'must not name a day that is also in calendar.days_off',
    path: ['workdays'],
  });
const fileSchema = rulesSchema.extend({ calendar: calendarSchema.prefault({}) });

/** @throws {TenstarError} `input_invalid`, naming every problem with its path, one sentence a line. */
export function parseRulesFile(data: unknown): { rules: Rules; ownDays: readonly CalendarDay[] } {
  const result = fileSchema.safeParse(data);
  if (!result.success) {
    const known = { ...defaultRules, calendar: { days_off: [], workdays: [] } };
    throw new TenstarError('input_invalid', problemSentences(result.error, data, known).join('\n'));
  }
  const { calendar, ...rules } = result.data;
  const days = (dates: readonly string[], isOffDay: boolean) => dates.map((day) => ({ name: '', date: day, isOffDay }));
  return { rules, ownDays: [...days(calendar.days_off, true), ...days(calendar.workdays, false)] };
}
