import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { add, fraction } from '../../src/domain/fraction.ts';
import { givesAway, release, type StarFacts } from '../../src/domain/gate.ts';
import { CATEGORIES, type Category, type Mark, type RatingRow } from '../../src/domain/marks.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { type CategorySum, starScore, totalOf } from '../../src/domain/score.ts';
import type { MemberSheet } from '../../src/domain/sheet.ts';
import { type TallySubject, tally } from '../../src/domain/tally.ts';

const facts = (self: number, sums: [Category, number, number][]): StarFacts => {
  const categories = sums.map(([category, sum, count]): CategorySum => ({ category, sum, count }));
  return { self, categories, score: starScore(self, categories, defaultRules.weights) };
};

describe('what a score gives away', () => {
  it.each([
    {
      name: 'a single category is read off its score',
      star: facts(8, [['members_and_colleagues', 16, 2]]),
      want: true,
    },
    {
      name: 'ten from everybody can only be ten from everybody',
      star: facts(10, [
        ['leadership', 10, 1],
        ['committee', 20, 2],
        ['members_and_colleagues', 20, 2],
      ]),
      want: true,
    },
    {
      name: 'nothing from anybody likewise',
      star: facts(0, [
        ['leadership', 0, 1],
        ['committee', 0, 2],
      ]),
      want: true,
    },
    {
      name: 'one mark below ten tells the category of one',
      star: facts(10, [
        ['leadership', 10, 1],
        ['committee', 19, 2],
        ['members_and_colleagues', 20, 2],
      ]),
      want: true,
    },
    {
      name: 'marks in the middle have many readings',
      star: facts(8, [
        ['leadership', 8, 1],
        ['committee', 15, 2],
        ['members_and_colleagues', 25, 3],
      ]),
      want: false,
    },
    {
      name: 'two categories of one rater each may trade marks',
      star: facts(8, [
        ['leadership', 8, 1],
        ['committee', 7, 1],
      ]),
      want: false,
    },
  ])('$name: $want', ({ star, want }) => expect(givesAway(star, star.score, [], defaultRules.weights)).toBe(want));

  const fine = facts(8, [
    ['committee', 20, 2],
    ['members_and_colleagues', 1070, 113],
  ]);
  const exactly = fine.score ?? fraction(0);
  const justAbove = { n: exactly.n * 1_000_000n + 1n, d: exactly.d * 1_000_000n };
  it('a hundredth leaves room that a published flip of exactly this score does not', () => {
    expect(givesAway(fine, null, [], defaultRules.weights)).toBe(false);
    expect(givesAway(fine, null, [exactly, justAbove], defaultRules.weights)).toBe(true);
  });
  it('the total may leave less room than the score', () => {
    // The total stands at the very bottom of its hundredth and may not rise by as little as one mark among 113.
    const others = { n: exactly.d * 8n * 1000n - exactly.n * 1000n, d: exactly.d * 1000n };
    expect(givesAway(fine, add(exactly, others), [], defaultRules.weights)).toBe(false);
    const tight = add(add(exactly, others), fraction(9_999, 1_000_000));
    expect(givesAway(fine, tight, [exactly], defaultRules.weights)).toBe(true);
  });
  it('one telling score withholds all scores and means of the person', () => {
    const large = facts(8, [
      ['leadership', 24, 3],
      ['committee', 24, 3],
    ]);
    const telling = facts(10, [
      ['leadership', 20, 2],
      ['committee', 30, 3],
    ]);
    const total = totalOf([large, telling].flatMap(({ score }) => (score === null ? [] : [score])));
    expect(release([large, telling], total, [], 3, defaultRules.weights)).toEqual({
      scores: false,
      means: [false, false],
      cuts: [true, true],
    });
    expect(release([large, large], total, [], 3, defaultRules.weights)).toEqual({
      scores: true,
      means: [true, true],
      cuts: [true, true],
    });
  });
  it('with no self-review, that a star reaches nine would say that everybody gave ten', () => {
    const nine = fraction(9);
    const tens = facts(0, [
      ['leadership', 20, 2],
      ['committee', 10, 1],
    ]);
    const fewer = facts(0, [
      ['leadership', 19, 2],
      ['committee', 10, 1],
    ]);
    expect(release([tens, fewer], null, [fraction(8), nine], 3, defaultRules.weights)).toMatchObject({
      scores: false,
      cuts: [false, true],
    });
  });
});

/**
 * Reads a published sheet like an outsider who knows the own marks and how many marks every category gave for each star: all
 * sums that would publish the same, by trying them all in plain integer arithmetic. Two stars, so that the total can be tried
 * as well.
 */
function readings(sheet: MemberSheet, self: number, sizes: Map<Category, number>[]): Map<Category, Set<number>>[] {
  const { weights } = defaultRules;
  const perStar = sheet.stars.map((star, i) => {
    const sized = [...(sizes[i] ?? [])].filter(([, n]) => n > 0);
    const shared = sized.reduce((sum, [category]) => sum + weights[category], 0);
    // score = self × 10 / 100 + Σ weight × 90 × sum / (100 × shared × n), over 100 × shared × Π n
    const product = sized.reduce((all, [, n]) => all * n, 1);
    const den = 100 * shared * product;
    let vectors: { sums: number[]; num: number }[] = [{ sums: [], num: self * weights.self * shared * product }];
    for (const [category, n] of sized) {
      vectors = vectors.flatMap(({ sums, num }) =>
        Array.from({ length: 10 * n + 1 }, (_, sum) => ({
          sums: [...sums, sum],
          num: num + (weights[category] * 90 * sum * product) / n,
        })),
      );
    }
    const fits = vectors.filter(({ num }) => {
      if (num >= 8 * den !== star.won) return false;
      return star.score === null || Math.floor((100 * num) / den) === Math.round(Number(star.score) * 100);
    });
    return { names: sized.map(([category]) => category), den, fits };
  });
  const found = perStar.map(({ names }) => new Map(names.map((name) => [name, new Set<number>()])));
  const [a, b] = perStar;
  const note = (i: number, sums: number[]) =>
    perStar[i]?.names.forEach((name, j) => found[i]?.get(name)?.add(sums[j] ?? -1));
  const total = sheet.total === null ? null : Math.round(Number(sheet.total) * 100);
  if (a === undefined || b === undefined) return found;
  if (total === null) perStar.forEach(({ fits }, i) => fits.forEach(({ sums }) => note(i, sums)));
  else {
    for (const x of a.fits) {
      for (const y of b.fits) {
        if (Math.floor((100 * (x.num * b.den + y.num * a.den)) / (a.den * b.den)) !== total) continue;
        note(0, x.sums);
        note(1, y.sums);
      }
    }
  }
  return found;
}

const mark: fc.Arbitrary<Mark> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 7, max: 10 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 10 }) },
  { weight: 1, arbitrary: fc.constant('x' as const) },
);
const sizes = fc.constantFrom<[number, number, number]>(
  [1, 2, 3],
  [1, 1, 3],
  [2, 1, 2],
  [0, 2, 3],
  [1, 0, 4],
  [0, 0, 5],
  [2, 0, 3],
  [2, 2, 2],
);
const review = sizes.chain(([l, c, m]) =>
  fc.record({
    sizes: fc.constant({ leadership: l, committee: c, members_and_colleagues: m }),
    self: fc.integer({ min: 0, max: 10 }),
    marks: fc.array(fc.tuple(mark, mark), { minLength: l + c + m, maxLength: l + c + m }),
  }),
);

test.prop([review], { numRuns: 150 })(
  'whoever tries every reading of a published sheet never finds a withheld sum',
  ({ sizes: eligible, self, marks }) => {
    const order = CATEGORIES.flatMap((category) => Array.from({ length: eligible[category] }, () => category));
    const rows = marks.map((pair, i): RatingRow => ({ category: order[i] ?? 'leadership', marks: pair }));
    const subject: TallySubject = { subject: 'E0001', graded: true, self: { s1: self, s2: self }, rows, eligible };
    const whole = (n: number) => ({ electors: n, cast: n, valid: n });
    const result = tally(
      {
        memberStars: ['s1', 's2'],
        branchStars: [],
        subjects: [subject],
        ballots: {
          leadership: whole(eligible.leadership),
          committee: whole(eligible.committee),
          members_and_colleagues: whole(eligible.members_and_colleagues),
        },
      },
      defaultRules,
    );
    const [sheet] = result.ok ? result.value.members : [];
    if (sheet === undefined || sheet.level === null) return; // too few valid rows: nothing is published
    const counted = rows.filter((row) => row.marks.filter((it) => it === 'x').length <= 1);
    const numeric = [0, 1].map(
      (i) =>
        new Map(
          CATEGORIES.map((category) => [
            category,
            counted.filter((row) => row.category === category && row.marks[i] !== 'x').length,
          ]),
        ),
    );
    const sums = readings(sheet, self, numeric);
    sheet.stars.forEach((star, i) => {
      if (star.means !== null) return;
      for (const [category, values] of sums[i] ?? []) {
        expect({ star: i, category, readings: values.size }).not.toMatchObject({ readings: 1 });
      }
    });
  },
);
