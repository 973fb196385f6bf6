/** Public commitments of members and branches (R49–R61, A40): what an item must say, and when a sheet may be handed in. */
import { z } from 'zod';
import { checkCriterion, type Topic } from './criterion.ts';
import { cleanLine, readDate } from './form.ts';
import { periodRange } from './period.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** R55. `draft` and `returned` are the owner's to change, the rest is not. */
export const COMMITMENT_STATES = ['draft', 'submitted', 'returned', 'approved', 'published'] as const;
export const commitmentStateSchema = z.enum(COMMITMENT_STATES);
export type CommitmentState = z.infer<typeof commitmentStateSchema>;
export const isEditable = (state: CommitmentState): boolean => state === 'draft' || state === 'returned';

/** Characters. Short, so that a whole sheet of twenty fits one card. */
export const ITEM_TEXT_MAX = 100;
export const ITEM_RESULT_MAX = 50;
export const COMMENT_MAX = 300;

export interface ItemText {
  /** Key of the star it stands under. */
  star: string;
  text: string;
  /** What will be there when it is done. */
  result: string;
  /** ISO date. */
  due: string;
}
export type ItemProblem =
  | 'star_missing'
  | 'text_missing'
  | 'text_long'
  | 'result_missing'
  | 'result_long'
  | 'due_missing'
  | 'due_past'
  | 'due_other_year';
/** A no about a criterion names the topic, for the reason and the neutral wording (F2). */
export type ItemVerdict =
  | { ok: true; value: ItemText }
  | { ok: false; reason: ItemProblem }
  | { ok: false; reason: 'topic'; topic: Topic };

const length = (text: string): number => Array.from(text).length;

/** Whether anything was typed besides the star, which a page fills in by itself. */
export const isBlank = (form: Readonly<Record<string, string>>): boolean =>
  ['text', 'result', 'due'].every((name) => cleanLine(form[name]) === '');

/**
 * Reads one item from a form: concrete, with a result, a star, and a date in the year (R54).
 * @param stars keys that may be chosen
 * @param today ISO date; nothing is promised for a day that is over
 */
export function readItem(
  form: Readonly<Record<string, string>>,
  stars: ReadonlySet<string>,
  year: number,
  today: string,
): ItemVerdict {
  const star = (form.star ?? '').trim();
  const text = cleanLine(form.text);
  const result = cleanLine(form.result);
  const due = readDate(form.due);
  if (!stars.has(star)) return no('star_missing');
  if (text === '') return no('text_missing');
  if (length(text) > ITEM_TEXT_MAX) return no('text_long');
  if (result === '') return no('result_missing');
  if (length(result) > ITEM_RESULT_MAX) return no('result_long');
  for (const words of [text, result]) {
    const verdict = checkCriterion(words);
    if (!verdict.ok) return { ok: false, reason: 'topic', topic: verdict.reason };
  }
  if (due === null) return no('due_missing');
  const { from, to } = periodRange(String(year));
  if (due < from || due > to) return no('due_other_year');
  if (due < today) return no('due_past');
  return yes({ star, text, result, due });
}

export type SheetProblem =
  | { ok: false; reason: 'too_few'; min: number; have: number }
  | { ok: false; reason: 'too_many'; max: number }
  | { ok: false; reason: 'star_without_item'; star: string };

/**
 * Whether a sheet may be handed in (A40).
 * @param range fewest and most items
 * @param individual stars of which each needs an item (A39)
 */
export function checkSheet(
  items: readonly Pick<ItemText, 'star'>[],
  [min, max]: readonly [number, number],
  individual: readonly string[],
): { ok: true } | SheetProblem {
  if (items.length < min) return { ok: false, reason: 'too_few', min, have: items.length };
  if (items.length > max) return { ok: false, reason: 'too_many', max };
  const star = individual.find((key) => !items.some((item) => item.star === key));
  return star === undefined ? { ok: true } : { ok: false, reason: 'star_without_item', star };
}

/**
 * Scheme years that are open on a date: the year itself; until the end of March also the one before, whose appraisal is under way
 * (J25); in December also the next one, whose commitments may be drafted.
 */
export function openYears(date: string): number[] {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  return [...(month <= 3 ? [year - 1] : []), year, ...(month === 12 ? [year + 1] : [])];
}
/** Years whose items may still be written. */
export const writableYear = (year: number, date: string): boolean =>
  openYears(date).includes(year) && year >= Number(date.slice(0, 4));

export interface Decider {
  employeeNo: string;
  /** Of the committee of the branch the sheet belongs to. */
  committee: boolean;
  /** Secretary or deputy of that branch: who writes the branch's own sheet. */
  runsBranch: boolean;
  /** Of the leading group of the branch's unit. */
  leadingGroup: boolean;
  office: boolean;
}
/**
 * Who approves a sheet (A41): a member's the branch committee, the branch's own the leading group of its unit, else the office;
 * never one's own (F17). Where nobody of the first body is left, the next one decides.
 * @param person whose sheet it is; null for the branch's own
 */
export function approvers(person: string | null, people: readonly Decider[]): string[] {
  const free = people.filter((one) => (person === null ? !one.runsBranch : one.employeeNo !== person));
  const bodies: ((one: Decider) => boolean)[] = [
    ...(person === null ? [] : [(one: Decider) => one.committee]),
    (one) => one.leadingGroup,
    (one) => one.office,
  ];
  for (const body of bodies) {
    const found = free.filter(body);
    if (found.length > 0) return found.map((one) => one.employeeNo);
  }
  return [];
}

/** @returns the comment of who returns a sheet (R55). */
export function readComment(typed: string | undefined): Verdict<string, 'comment_missing' | 'comment_long'> {
  const comment = (typed ?? '').trim();
  if (comment === '') return no('comment_missing');
  return length(comment) > COMMENT_MAX ? no('comment_long') : yes(comment);
}
