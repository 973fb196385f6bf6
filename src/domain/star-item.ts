/** What units hang on stars (R46, R47): a lecture, a model post, a service drive. An item is a name, stars, dates, and perhaps an owner. */
import { z } from 'zod';
import { cleanLine, readDate } from './form.ts';
import { checkCriterion, type Topic } from './criterion.ts';
import { no, yes } from './verdict.ts';

export const STAR_ITEM_LEVELS = ['branch', 'unit'] as const;
export const starItemLevelSchema = z.enum(STAR_ITEM_LEVELS);
export type StarItemLevel = z.infer<typeof starItemLevelSchema>;
export const starItemStateSchema = z.enum(['active', 'ended']);

/** Characters. */
export const ITEM_NAME_MAX = 40;
/** Going on at the same time in one branch, or in one unit. */
export const ITEMS_MAX = 30;
/** How far ahead an item may end: the year after the present one. */
const YEARS_AHEAD = 1;

export interface StarItemText {
  name: string;
  /** Star keys, of members or of branches; one or two. */
  stars: readonly string[];
  /** ISO dates, both included. */
  from: string;
  to: string;
  /** Employee number; null: nobody by name. */
  owner: string | null;
}
type StarItemProblem =
  | 'name_missing'
  | 'name_long'
  | 'star_missing'
  | 'from_missing'
  | 'to_missing'
  | 'to_before_from'
  | 'to_past'
  | 'to_far'
  | 'owner_unknown';
export type StarItemVerdict =
  | { ok: true; value: StarItemText }
  | { ok: false; reason: StarItemProblem }
  | { ok: false; reason: 'topic'; topic: Topic };

/**
 * Reads an item from its form: `name`, `star_1`, `star_2`, `from`, `to`, `owner`.
 * @param stars keys that may be chosen
 * @param owners employee numbers that may carry it
 * @param today ISO date
 */
export function readStarItem(
  form: Readonly<Record<string, string>>,
  stars: ReadonlySet<string>,
  owners: ReadonlySet<string>,
  today: string,
): StarItemVerdict {
  const name = cleanLine(form.name);
  if (name === '') return no('name_missing');
  if (Array.from(name).length > ITEM_NAME_MAX) return no('name_long');
  const verdict = checkCriterion(name);
  if (!verdict.ok) return { ok: false, reason: 'topic', topic: verdict.reason };
  const chosen = [form.star_1, form.star_2]
    .map((key) => (key ?? '').trim())
    .filter((key) => key !== '' && key !== 'none');
  if (chosen.length === 0 || chosen.some((key) => !stars.has(key))) return no('star_missing');
  const from = readDate(form.from);
  const to = readDate(form.to);
  if (from === null) return no('from_missing');
  if (to === null) return no('to_missing');
  if (to < from) return no('to_before_from');
  if (to < today) return no('to_past');
  if (Number(to.slice(0, 4)) > Number(today.slice(0, 4)) + YEARS_AHEAD) return no('to_far');
  const owner = (form.owner ?? '').trim();
  if (owner !== '' && owner !== 'none' && !owners.has(owner)) return no('owner_unknown');
  return yes({ name, stars: [...new Set(chosen)], from, to, owner: owner === '' || owner === 'none' ? null : owner });
}

/** Whether an item goes on, or is still to come. */
export const isCurrent = (item: { state: 'active' | 'ended'; to: string }, today: string): boolean =>
  item.state === 'active' && item.to >= today;
