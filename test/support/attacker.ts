/**
 * Somebody who has everything that was published about a person and tries every ballot that would have led to it. Plain whole
 * numbers and sets; shares nothing with the gate it is meant to beat.
 */
import type { MemberResult } from '../../src/domain/results-json.ts';

type Category = 'leadership' | 'committee' | 'members_and_colleagues';
/** What the attacker knows beside the results: the own mark of each star (null: excused), and how many marks each category gave. */
export interface Known {
  self: readonly (number | null)[];
  counts: readonly Partial<Record<Category, number>>[];
  /** Whether each star may be named an outstanding one, as the committee's form shows: whether it reaches nine. */
  high?: readonly boolean[];
}
/** For each star the sums that every category may have, given all the rest. */
export type Readings = Partial<Record<Category, Set<number>>>[];

const hundredths = (text: string): number => Math.round(Number(text) * 100);

/** Everything a star's ballots may have been: the sums, and what they add to the total in units of 1 / `den`. */
interface Candidate {
  sums: Partial<Record<Category, number>>;
  value: number;
}

export function readingsOf(member: MemberResult, known: Known): Readings {
  // One denominator for all stars: the least multiple of every count, times the parts that equal weights may be divided into.
  const counts = known.counts.flatMap((star) => Object.values(star)).filter((n) => n > 0);
  const den = 100 * 6 * counts.reduce(lcm, 1);
  const stars = member.stars.map((star, i) =>
    candidates(star, known.self[i] ?? null, known.counts[i] ?? {}, den).filter(
      ({ value }) => known.high === undefined || value >= 9 * den === known.high[i],
    ),
  );
  const total = member.total === null ? null : hundredths(member.total);
  const before = [new Set([0])];
  for (const star of stars) before.push(plus(before.at(-1) ?? new Set(), star));
  const after = [new Set([0])];
  for (const star of stars.toReversed()) after.unshift(plus(after[0] ?? new Set(), star));
  return stars.map((star, i) => {
    const others = [...plusAll(before[i] ?? new Set(), after[i + 1] ?? new Set())];
    const found: Readings[number] = {};
    for (const { sums, value } of star) {
      if (total !== null && !others.some((other) => Math.floor((100 * (value + other)) / den) === total)) continue;
      for (const [category, sum] of Object.entries(sums) as [Category, number][])
        (found[category] ??= new Set()).add(sum);
    }
    return found;
  });
}

function candidates(
  star: MemberResult['stars'][number],
  self: number | null,
  counts: Partial<Record<Category, number>>,
  den: number,
): Candidate[] {
  const rated = (Object.entries(counts) as [Category, number][]).filter(([, n]) => n > 0);
  const [own, rest] = self === null ? [0, 100] : [10, 90];
  let all: Candidate[] = [{ sums: {}, value: ((self ?? 0) * own * den) / 100 }];
  for (const [category, n] of rated) {
    // All three weights are the same, so a category counts its share of what is not one's own.
    const step = (rest * den) / (100 * rated.length * n);
    all = all.flatMap(({ sums, value }) =>
      Array.from({ length: 10 * n + 1 }, (_, sum) => ({
        sums: { ...sums, [category]: sum },
        value: value + step * sum,
      })),
    );
  }
  return all.filter(({ value }) => {
    if (!star.barred && value >= 8 * den !== star.won) return false;
    return star.score === null || Math.floor((100 * value) / den) === hundredths(star.score);
  });
}

const plus = (sums: ReadonlySet<number>, star: readonly Candidate[]): Set<number> =>
  plusAll(sums, new Set(star.map(({ value }) => value)));
function plusAll(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  const all = new Set<number>();
  for (const x of a) for (const y of b) all.add(x + y);
  return all;
}
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const lcm = (a: number, b: number): number => (a / gcd(a, b)) * b;

/** Categories of stars without means whose sum is known for certain. */
export function solved(member: MemberResult, known: Known): string[] {
  return readingsOf(member, known).flatMap((star, i) =>
    member.stars[i]?.means === null
      ? Object.entries(star).flatMap(([category, sums]) =>
          sums.size === 1 ? [`${member.employee_no} ${member.stars[i]?.key} ${category}`] : [],
        )
      : [],
  );
}
