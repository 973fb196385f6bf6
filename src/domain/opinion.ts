/** Opinions: what a form may hold, how long forms are taken, who groups what (R79, R81, P24, A49, F7, F17). Pure. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DatesOf, opinionWindow } from './dates.ts';
import { BRANCH_SUBJECT } from './marks.ts';
import { addDays } from './period.ts';
import type { Role } from './roster.ts';
import type { Rules } from './rules.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Longest remark, in UTF-16 units: every slot of the box has room for exactly this. */
export const REMARK_MAX = 200;
/** Colleagues one form may speak about, beside the branch. */
export const PEOPLE_MAX = 8;
export const GROUPED_MAX = 800;
export const ANSWER_MAX = 400;

export const OPINION_STATES = ['open', 'grouping', 'passed_on', 'unopened'] as const;
export const opinionStateSchema = z.enum(OPINION_STATES);
export type OpinionState = z.infer<typeof opinionStateSchema>;

/** What somebody wrote about one subject: an employee number, or `branch`. There is no author in it. */
export interface Remark {
  subject: string;
  text: string;
}
/** A form as it came back. `rows` are the colleagues on it by name of field, `who`/`about` the one being added. */
export interface OpinionForm {
  branch: string;
  rows: readonly Remark[];
  who: string | null;
  about: string;
}
export type FormProblem = 'who_missing' | 'unknown_person' | 'too_long' | 'too_many';

const ROW = 'about_';
/** Name of the field about one colleague. */
export const rowField = (person: string): string => `${ROW}${person}`;

/** Line ends of one kind, no control characters, no space around: what is left is what was meant. */
export const cleanText = (raw: string): string =>
  raw
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim();

/** Reads a form; a field left empty is absent. Rows come in the order of the fields. */
export function readForm(form: Readonly<Record<string, string>>): OpinionForm {
  const rows = Object.entries(form)
    .filter(([name]) => name.startsWith(ROW))
    .map(([name, value]) => ({ subject: name.slice(ROW.length), text: cleanText(value) }))
    .filter(({ text }) => text !== '');
  return {
    branch: cleanText(form['branch'] ?? ''),
    rows,
    who: form['who'] || null,
    about: cleanText(form['about'] ?? ''),
  };
}

/** The form with the colleague being added among its rows; a choice without a text, or a second text about the same person, is no loss. */
export function takeRow(form: OpinionForm, max: number = PEOPLE_MAX): OpinionForm {
  const { who, about, rows } = form;
  if (who === null || about === '') return form;
  const known = rows.find(({ subject }) => subject === who);
  if (known === undefined && rows.length >= max) return form;
  const added =
    known === undefined
      ? [...rows, { subject: who, text: about }]
      : rows.map((row) => (row === known ? { ...row, text: `${row.text}\n${about}` } : row));
  return { ...form, rows: added, who: null, about: '' };
}

/**
 * What a form says, ready for the box. Everything is optional: an empty form is a form given.
 * @param subjects people this giver may speak about
 */
export function remarksOf(form: OpinionForm, subjects: ReadonlySet<string>): Verdict<Remark[], FormProblem> {
  if (form.about !== '' && form.who === null) return no('who_missing');
  const { rows, branch, about } = takeRow(form, Number.POSITIVE_INFINITY);
  if (about !== '') return no('who_missing');
  if (rows.length > PEOPLE_MAX) return no('too_many');
  if (rows.some(({ subject }) => !subjects.has(subject))) return no('unknown_person');
  const remarks = [...(branch === '' ? [] : [{ subject: BRANCH_SUBJECT, text: branch }]), ...rows];
  return remarks.some(({ text }) => text.length > REMARK_MAX) ? no('too_long') : yes(remarks);
}

/**
 * Whether the box may be opened: with fewer forms than a tally needs ballots (F4, `anonymity.min_total`) a remark would point at
 * its author, so the box is destroyed unread.
 */
export const enoughForms = (given: number, rules: Rules): boolean => given >= rules.anonymity.min_total;

export interface Post {
  employeeNo: string;
  roles: readonly Role[];
}
const GROUPERS: readonly Role[] = ['secretary', 'deputy_secretary', 'committee'];

/** Who groups, the first in line first (A49): the secretary; without one a deputy, without one a committee member, in roster order. */
export const grouperOrder = (people: readonly Post[]): string[] => [
  ...new Set(
    GROUPERS.flatMap((role) => people.filter(({ roles }) => roles.includes(role)).map(({ employeeNo }) => employeeNo)),
  ),
];

/** Who reads and groups what was said about `subject`: nobody does it in a case of their own (F17). Null: nobody is left. */
export const grouperOf = (order: readonly string[], subject: string): string | null =>
  order.find((person) => person !== subject) ?? null;

/** Days a form is taken after it was sent, unless the year gives all forms of a quarter fewer. */
const FORM_DAYS = 7;

/** Last day on which forms sent on `date` are taken: to the end of the quarter's days, if it is among them (J14, J23). ISO dates. */
export function lastFormDay(date: string, dates: DatesOf): string {
  const window = opinionWindow(dates, date);
  if (window === null) return addDays(date, FORM_DAYS);
  const length = Temporal.PlainDate.from(window.from).until(window.to).days;
  const own = addDays(date, Math.min(FORM_DAYS, length));
  return own > window.to ? own : window.to;
}

/** The quarter whose opinions the calendar has gathered on `date` (J14, J23), or null on other days. */
export const gatheredQuarter = (date: string, dates: DatesOf): string | null =>
  opinionWindow(dates, date)?.period ?? null;
