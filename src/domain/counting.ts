import { TenstarError } from '../errors.ts';
import { compare, fraction, parseFraction } from './fraction.ts';
import { CATEGORIES, type Category, type Mark, type RatingRow } from './marks.ts';
import type { Rules } from './rules.ts';
import type { CategorySum } from './score.ts';

/** A fraction from the rules, which have been checked already. */
export function setting(text: string) {
  const value = parseFraction(text);
  if (value === null)
    throw new TenstarError('bug', `The setting ${text} is not a number; the rules must be checked first.`);
  return value;
}

/** How many don't-knows one row may hold and still count (A10). */
export function abstainLimit(marks: number, rules: Rules): number {
  const share = setting(rules.ballot.max_abstain_share);
  return Number((share.n * BigInt(marks)) / share.d);
}

/** Whether a rater's row counts for the person: not more than half of it is 不了解 (A10, `ballot.max_abstain_share`). */
export function rowCounts(marks: readonly Mark[], rules: Rules): boolean {
  return marks.filter((mark) => mark === 'x').length <= abstainLimit(marks.length, rules);
}

/** What the counted rows of one person come to. */
export interface Count {
  /** Rows handed in, per category. */
  cast: Record<Category, number>;
  /** Rows that count (A10), per category. */
  valid: Record<Category, number>;
  /** Per star, in catalogue order: one sum for each category that exists for the person. */
  stars: CategorySum[][];
  /** Categories in which a high and a low mark were dropped for some star (A12). */
  trimmed: Category[];
}

interface Tray {
  sum: Int32Array;
  count: Int32Array;
  low: Int32Array;
  high: Int32Array;
}
const tray = (stars: number): Tray => ({
  sum: new Int32Array(stars),
  count: new Int32Array(stars),
  low: new Int32Array(stars).fill(10),
  high: new Int32Array(stars),
});

function put(into: Tray, marks: readonly Mark[]): void {
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i];
    if (typeof mark !== 'number') continue;
    into.sum[i] = (into.sum[i] ?? 0) + mark;
    into.count[i] = (into.count[i] ?? 0) + 1;
    into.low[i] = Math.min(into.low[i] ?? 10, mark);
    into.high[i] = Math.max(into.high[i] ?? 0, mark);
  }
}

const byCategory = <T>(make: () => T): Record<Category, T> => ({
  leadership: make(),
  committee: make(),
  members_and_colleagues: make(),
});

/**
 * Adds up one person's rows. The order of the rows makes no difference, and no row can be told from another afterwards.
 * @param eligible raters of each category who rate this person; 0 makes it no category (A6)
 * @throws {TenstarError} `bug` when there are more rows than raters or a row of the wrong length: a tally must not go on then (A15)
 */
export function countRows(
  rows: readonly RatingRow[],
  eligible: Readonly<Record<Category, number>>,
  stars: number,
  rules: Rules,
): Count {
  const [cast, valid, trays] = [byCategory(() => 0), byCategory(() => 0), byCategory(() => tray(stars))];
  const limit = abstainLimit(stars, rules);
  for (const { category, marks } of rows) {
    if (marks.length !== stars)
      throw new TenstarError('bug', `A rating row has ${marks.length} marks instead of ${stars}.`);
    cast[category]++;
    let unknown = 0;
    for (const mark of marks) if (mark === 'x') unknown++;
    if (unknown > limit) continue;
    valid[category]++;
    put(trays[category], marks);
  }
  const present = CATEGORIES.filter((category) => eligible[category] > 0);
  for (const category of CATEGORIES) {
    if (cast[category] > eligible[category]) {
      throw new TenstarError(
        'bug',
        `There are more rows than raters in ${category}: ${cast[category]} of ${eligible[category]}.`,
      );
    }
  }
  const trim = rules.trim.mode === 'one_high_one_low';
  const trimmed = new Set<Category>();
  const sumOf = (category: Category, star: number): CategorySum => {
    const { sum, count, low, high } = trays[category];
    const [total, marks] = [sum[star] ?? 0, count[star] ?? 0];
    if (!trim || marks < rules.trim.min_valid) return { category, sum: total, count: marks };
    trimmed.add(category);
    return { category, sum: total - (low[star] ?? 0) - (high[star] ?? 0), count: marks - 2 };
  };
  const sums = Array.from({ length: stars }, (_, star) => present.map((category) => sumOf(category, star)));
  return { cast, valid, stars: sums, trimmed: [...trimmed] };
}

/** Whether `part` of `whole` reaches the share, exactly; a whole of nothing reaches any. */
export function reachesShare(part: number, whole: number, share: string): boolean {
  return whole === 0 || compare(fraction(part, whole), setting(share)) >= 0;
}
