/** Tasks and the weekly self-check (R29, R63, R64, A48, J8): open on Friday at 15:00, closed on Monday at 10:00. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { cleanLine, readDate } from './form.ts';
import { checkCriterion, type Topic } from './criterion.ts';
import { addDays, periodOf, periodRange, today } from './period.ts';
import { no, type Verdict, yes } from './verdict.ts';
import type { WorkCalendar } from './work-calendar.ts';

export const CHECK_STATES = ['done', 'on_track', 'needs_help'] as const;
export const checkStateSchema = z.enum(CHECK_STATES);
export type CheckState = z.infer<typeof checkStateSchema>;

export const TASK_STATES = ['open', 'done', 'dropped'] as const;
export const taskStateSchema = z.enum(TASK_STATES);
export type TaskState = z.infer<typeof taskStateSchema>;

export const NOTE_MAX = 120;
export const TASK_TEXT_MAX = 100;

const CLOSES_AT = '10:00';
const OPENS_AT = '15:00';
const FRIDAY = 4; // days after Monday

const instant = (date: string, time: string, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;

/** The week a check opened at `now` (Unix ms) is about. */
export const weekOf = (now: number, zone: string): string => periodOf('week', today(now, zone));

/** When the check of a week closes, Unix ms: the Monday after it at 10:00, or the next working day. */
export function closesAt(week: string, zone: string, calendar: Pick<WorkCalendar, 'nextWorkday'>): number {
  return instant(calendar.nextWorkday(addDays(periodRange(week).to, 1)), CLOSES_AT, zone);
}

const WEEKS_AHEAD = 12;
/** When the next check opens, Unix ms: the next Friday that is a working day. Null when there is none for weeks. */
export function nextOpening(now: number, zone: string, calendar: Pick<WorkCalendar, 'isWorkday'>): number | null {
  const { from } = periodRange(weekOf(now, zone));
  for (let i = 0; i < WEEKS_AHEAD; i++) {
    const friday = addDays(from, i * 7 + FRIDAY);
    const at = instant(friday, OPENS_AT, zone);
    if (at > now && calendar.isWorkday(friday)) return at;
  }
  return null;
}

export interface CheckAnswer {
  task: string;
  state: CheckState;
  note: string;
}
export type CheckFormProblem =
  | { ok: false; reason: 'state_missing'; tasks: string[] }
  | { ok: false; reason: 'note_long'; task: string };

/** Reads the answers of a page: fields `task_<id>` and `note_<id>`. Every task of the page is answered, a note may be added. */
export function readCheck(
  form: Readonly<Record<string, string>>,
  tasks: readonly string[],
): { ok: true; value: CheckAnswer[] } | CheckFormProblem {
  const missing: string[] = [];
  const answers: CheckAnswer[] = [];
  for (const task of tasks) {
    const state = checkStateSchema.safeParse(form[`task_${task}`]);
    const note = cleanLine(form[`note_${task}`]);
    if (Array.from(note).length > NOTE_MAX) return { ok: false, reason: 'note_long', task };
    if (state.success) answers.push({ task, state: state.data, note });
    else missing.push(task);
  }
  return missing.length > 0 ? { ok: false, reason: 'state_missing', tasks: missing } : yes(answers);
}

/**
 * Whether missed weeks are raised with the person: at two in a row, at four, and so on.
 * @param answered the person's closed checks, newest first
 */
export function raiseMissed(answered: readonly boolean[]): boolean {
  const first = answered.indexOf(true);
  const missed = first === -1 ? answered.length : first;
  return missed > 0 && missed % 2 === 0;
}

export interface TaskText {
  owner: string;
  text: string;
  due: string;
}
export type TaskProblem = 'owner_missing' | 'task_missing' | 'task_long' | 'due_missing' | 'due_past';
export type TaskVerdict =
  | { ok: true; value: TaskText }
  | { ok: false; reason: TaskProblem }
  | { ok: false; reason: 'topic'; topic: Topic };

/** Reads a task the secretary adds. @param owners employee numbers that may carry it */
export function readTask(
  form: Readonly<Record<string, string>>,
  owners: ReadonlySet<string>,
  date: string,
): TaskVerdict {
  const owner = (form.owner ?? '').trim();
  const text = cleanLine(form.text);
  if (!owners.has(owner)) return no('owner_missing');
  if (text === '') return no('task_missing');
  if (Array.from(text).length > TASK_TEXT_MAX) return no('task_long');
  const verdict = checkCriterion(text);
  if (!verdict.ok) return { ok: false, reason: 'topic', topic: verdict.reason };
  const due = readTaskDue(form.due, date);
  return due.ok ? yes({ owner, text, due: due.value }) : due;
}
/** @param date today, ISO */
export function readTaskDue(typed: string | undefined, date: string): Verdict<string, 'due_missing' | 'due_past'> {
  const due = readDate(typed);
  if (due === null) return no('due_missing');
  return due < date ? no('due_past') : yes(due);
}
