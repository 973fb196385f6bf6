/**
 * The publication gate (F4, A17). Means of categories are shown only where every category is large enough; beside them stand
 * numbers that were computed from the same marks, so a checker looks for a second set of marks that would publish exactly the
 * same. Where there is none, the numbers would tell what is withheld, and they are withheld too.
 */
import { ceilDiv, compare, type Fraction, hundredths } from './fraction.ts';
import { type CategorySum, effectiveWeights, type SelfMark, type Weights } from './score.ts';

/** What is published of one star, exactly, and what it was computed from. */
export interface StarFacts {
  readonly self: SelfMark;
  /** Every category that has eligible raters for the person; one without a numeric mark has count 0. */
  readonly categories: readonly CategorySum[];
  readonly score: Fraction | null;
}

/** Whether the means of a star may be shown: all or nothing over the categories that exist (F4). */
export function meansMayShow(star: StarFacts, minCategory: number): boolean {
  return star.categories.every((it) => it.count >= minCategory);
}

/** `a / b` rounded down, exact for whole numbers below 2^53. */
const floorOf = (a: number, b: number): number => {
  const rest = a % b;
  return (a - rest) / b - (rest < 0 ? 1 : 0);
};
const ceilOf = (a: number, b: number): number => -floorOf(-a, b);
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** A category as the search sees it: one more mark changes the score by `step` units; the sum may fall by `down` and rise by `up`. */
interface Dial {
  step: number;
  down: number;
  up: number;
}

/** Whether the dials can be turned so that the score changes by a number of units between `low` and `high`. */
function reachable(dials: readonly Dial[], low: number, high: number): boolean {
  const [dial, ...others] = dials;
  if (dial === undefined) return low <= 0 && high >= 0;
  const { step, down, up } = dial;
  if (step === 0) return reachable(others, low, high);
  if (others.length === 0) return Math.max(ceilOf(low, step), -down) <= Math.min(floorOf(high, step), up);
  for (let k = 0; k <= Math.max(down, up); k++) {
    if (k <= up && reachable(others, low - step * k, high - step * k)) return true;
    if (k > 0 && k <= down && reachable(others, low + step * k, high + step * k)) return true;
  }
  return false;
}

/** Whether the dial can stand elsewhere, the others making up for it. */
function otherValue(dial: Dial, others: readonly Dial[], low: number, high: number): boolean {
  for (let k = 1; k <= Math.max(dial.down, dial.up); k++) {
    if (k <= dial.up && reachable(others, low - dial.step * k, high - dial.step * k)) return true;
    if (k <= dial.down && reachable(others, low + dial.step * k, high + dial.step * k)) return true;
  }
  return false;
}

/**
 * Whether the score of a star, beside the total, would give away the sum of a category. Every other star is held at its true
 * value: a second reading that differs in this star alone is enough, and none that does counts as giving it away. How many marks
 * each category has is taken as known.
 * @param total exact sum over the person's stars, or null when no total is published
 * @param cuts scores at which something published flips: the threshold of a star, the score an outstanding star needs
 * @param shows whether the score itself is published; without it only the cuts speak
 */
export function givesAway(
  star: StarFacts,
  total: Fraction | null,
  cuts: readonly Fraction[],
  weights: Weights,
  shows: 'score' | 'cuts' = 'score',
): boolean {
  const { score, self } = star;
  const rated = star.categories.filter((it) => it.count > 0);
  if (score === null || rated.length === 0) return false;
  const { self: own, rest, shared } = effectiveWeights(self, rated, weights);
  const common = rated.reduce((lcm, { count }) => (lcm / gcd(lcm, count)) * count, 1);
  // The score in whole units of 1 / units; a hundredth is `cent` units.
  const cent = shared * common;
  const units = 100 * cent;
  if (!Number.isSafeInteger(units * 1000)) return true; // no branch is that large; hide rather than compute inexactly
  const step = ({ category, count }: CategorySum): number => (weights[category] * rest * common) / count;
  const truth = rated.reduce((sum, it) => sum + step(it) * it.sum, (self ?? 0) * own * cent);
  const shown = floorOf(truth, cent);
  let low = shows === 'score' ? shown * cent - truth : -truth;
  let high = shows === 'score' ? (shown + 1) * cent - 1 - truth : 10 * units - truth;
  for (const cut of cuts) {
    const edge = Number(ceilDiv(cut.n * BigInt(units), cut.d)) - truth;
    if (edge > 0) high = Math.min(high, edge - 1);
    else low = Math.max(low, edge);
  }
  if (total !== null) {
    const { n, d } = total;
    const edge = (cents: bigint): number => Number(ceilDiv((cents * d - 100n * n) * BigInt(units), 100n * d));
    low = Math.max(low, edge(hundredths(total)));
    high = Math.min(high, edge(hundredths(total) + 1n) - 1);
  }
  const dials = rated
    .map((it): Dial => ({ step: step(it), down: it.sum, up: 10 * it.count - it.sum }))
    .sort((a, b) => a.down + a.up - b.down - b.up);
  return dials.some((dial, i) => !otherValue(dial, dials.toSpliced(i, 1), low, high));
}

/** What may be published of one person's stars. */
export interface Release {
  /** Whether scores and total may be shown at all. */
  scores: boolean;
  /** Per star, in the order given: whether its means may be shown. */
  means: boolean[];
  /** Per star: whether it may be told on which side of the cuts its score lies; with all marks at their highest that says it all. */
  cuts: boolean[];
}

/**
 * Decides for one person. If a single score would give a withheld mean away, all scores, the total and all means of the person
 * are withheld: hiding that one alone would point at it.
 */
export function release(
  stars: readonly StarFacts[],
  total: Fraction | null,
  cuts: readonly Fraction[],
  minCategory: number,
  weights: Weights,
): Release {
  const means = stars.map((star) => meansMayShow(star, minCategory));
  const leak = stars.some((star, i) => means[i] === false && givesAway(star, total, cuts, weights));
  if (!leak) return { scores: true, means, cuts: stars.map(() => true) };
  const told = stars.map((star, i) => means[i] === true || !givesAway(star, null, cuts, weights, 'cuts'));
  return { scores: false, means: stars.map(() => false), cuts: told };
}

/** Whether `score` reaches `threshold`, compared exactly (A5). */
export function reaches(score: Fraction, threshold: Fraction): boolean {
  return compare(score, threshold) >= 0;
}
