import { add, type Fraction, fraction, ZERO } from './fraction.ts';
import type { Category } from './marks.ts';
import type { Rules } from './rules.ts';

export type Weights = Rules['weights'];

/** The numeric marks of one category for one star of one person: their sum and how many there are (don't-knows left out, A10). */
export interface CategorySum {
  readonly category: Category;
  readonly sum: number;
  readonly count: number;
}

/** The marks a person gave himself or herself for a star; null when excused (A9). */
export type SelfMark = number | null;

/** What the marks of a star count: self weight, and the rating categories with their share of the rest. */
export interface EffectiveWeights {
  self: number;
  /** Weight all rating categories share: 100 less self. */
  rest: number;
  /** Sum of the set weights of the categories that have marks; a category counts `rest × weight / shared`. */
  shared: number;
}

/**
 * Weights when some categories are empty: theirs is shared among the other rating categories in proportion, self keeps its own
 * (A6); an excused self-review gives its weight to the rating categories in the same way (A9).
 */
export function effectiveWeights(
  self: SelfMark,
  categories: readonly CategorySum[],
  weights: Weights,
): EffectiveWeights {
  const own = self === null ? 0 : weights.self;
  let shared = 0;
  for (const it of categories) if (it.count > 0) shared += weights[it.category];
  return { self: own, rest: 100 - own, shared };
}

/**
 * The exact score of one star (A3): 10 % self and the means of the categories by their weights, as tallied by R84–R87. Null when
 * no category has a mark, for then nobody but the person has rated the star.
 */
export function starScore(self: SelfMark, categories: readonly CategorySum[], weights: Weights): Fraction | null {
  const { self: own, rest, shared } = effectiveWeights(self, categories, weights);
  if (shared === 0) return null;
  let score = fraction((self ?? 0) * own, 100);
  for (const { category, sum, count } of categories) {
    if (count > 0) score = addCoarse(score, fraction(weights[category] * sum * rest, 100 * shared * count));
  }
  return score;
}

/** Like `add`, without reducing: three terms stay small, and reducing 150,000 of them does not. */
function addCoarse(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? add(a, b) : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

/** The sum of the exact scores, to be rounded down once (design: 12.11). */
export function totalOf(scores: readonly Fraction[]): Fraction {
  return scores.reduce(add, ZERO);
}

/** The exact mean of a category, or null without a mark. */
export function meanOf({ sum, count }: CategorySum): Fraction | null {
  return count === 0 ? null : fraction(sum, count);
}
