import { compare, floor2, fraction, parseFraction } from './fraction.ts';
import type { Rules } from './rules.ts';

/** Most, fewest and middle number of stars in a branch, and how many people have each level (R110, R126). No names. */
export interface Distribution {
  /** People with a level; all other values are null when there are none. */
  graded: number;
  max: number | null;
  min: number | null;
  /** Two decimals: "5.50" for two middle people with 5 and 6 stars. */
  median: string | null;
  /** Mean number of stars, two decimals rounded down. */
  mean: string | null;
  /** Number of people by level, index 0 to 10. */
  levels: number[];
}

/** Counts levels; people without one (probationary, withheld) are left out. */
export function distribution(levels: readonly (number | null)[]): Distribution {
  const known = levels.filter((level) => level !== null).toSorted((a, b) => a - b);
  const counts = Array.from({ length: 11 }, (_, level) => known.filter((it) => it === level).length);
  const [min, max] = [known[0], known.at(-1)];
  if (min === undefined || max === undefined)
    return { graded: 0, max: null, min: null, median: null, mean: null, levels: counts };
  const upper = known[known.length >> 1] ?? 0;
  const lower = known[(known.length - 1) >> 1] ?? 0;
  const sum = known.reduce((a, b) => a + b, 0);
  return {
    graded: known.length,
    max,
    min,
    median: floor2(fraction(lower + upper, 2)),
    mean: floor2(fraction(sum, known.length)),
    levels: counts,
  };
}

/** A share of high results above what the rules call usual; a warning, never a limit (A36). */
export interface CapWarning {
  kind: 'member_high_share' | 'branch_high_share';
  high: number;
  of: number;
  /** What counts as high: this many stars or more. */
  from: number;
  /** The share of the rules, as text. */
  usual: string;
}

/** Warns when more than the usual share of levels is high (A36, `caps.high_from_stars`). */
export function capWarning(
  kind: CapWarning['kind'],
  levels: readonly (number | null)[],
  rules: Rules,
): CapWarning | null {
  const known = levels.filter((level) => level !== null);
  const high = known.filter((level) => level >= rules.caps.high_from_stars).length;
  const usual = kind === 'member_high_share' ? rules.caps.member_high_share_warn : rules.caps.branch_high_share_warn;
  const share = parseFraction(usual);
  const over = known.length > 0 && share !== null && compare(fraction(high, known.length), share) > 0;
  return over ? { kind, high, of: known.length, from: rules.caps.high_from_stars, usual } : null;
}
