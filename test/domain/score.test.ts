import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceilDiv,
  compare,
  floor2,
  floorDiv,
  fraction,
  multiply,
  parseFraction,
  reduce,
} from '../../src/domain/fraction.ts';
import { reaches } from '../../src/domain/gate.ts';
import type { Category } from '../../src/domain/marks.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { type CategorySum, starScore } from '../../src/domain/score.ts';

const category = (name: Category, marks: number[]): CategorySum => ({
  category: name,
  sum: marks.reduce((a, b) => a + b, 0),
  count: marks.length,
});
const B1 = { m: [8, 9, 8, 7, 10, 8], c: [8, 7], l: [8, 9, 8] };

describe('star score: worked examples of the scheme', () => {
  it.each([
    { name: 'B1 ordinary', self: 9, ...B1, exact: '163/20', shown: '8.15', won: true },
    {
      name: 'B2 just below',
      self: 8,
      m: [8, 8, 8, 8, 8, 8, 7],
      c: [8, 8, 9],
      l: [8, 8, 8, 8, 7],
      exact: '2799/350',
      shown: '7.99',
      won: false,
    },
    { name: 'B3 no committee', self: 9, m: [8, 8, 8, 8], c: [], l: [7, 8], exact: '63/8', shown: '7.87', won: false },
    { name: 'B4 exactly eight', self: 8, m: [8, 8, 8], c: [8, 8], l: [8], exact: '8', shown: '8.00', won: true },
    {
      name: 'B5 an eight that binary floats miss',
      self: 5,
      m: [9],
      c: [10],
      l: [6],
      exact: '8',
      shown: '8.00',
      won: true,
    },
    { name: 'B6 self excused', self: null, ...B1, exact: '145/18', shown: '8.05', won: true },
    { name: 'B7 self missing', self: 0, ...B1, exact: '29/4', shown: '7.25', won: false },
  ])('$name: $shown', ({ self, m, c, l, exact, shown, won }) => {
    const categories = [category('leadership', l), category('committee', c), category('members_and_colleagues', m)];
    const score = starScore(self, categories, defaultRules.weights) ?? fraction(-1);
    expect(compare(score, parseFraction(exact)!)).toBe(0);
    expect(floor2(score)).toBe(shown);
    expect(reaches(score, fraction(8))).toBe(won);
  });

  it('has no score when nobody but the person marked the star', () => {
    expect(starScore(10, [category('leadership', []), category('committee', [])], defaultRules.weights)).toBeNull();
  });

  test.prop([
    fc.integer({ min: 0, max: 10 }),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 }),
  ])('is the mark itself when everybody gives the same, whatever the sizes', (mark, [a = 1, b = 1, c = 1]) => {
    const all = (n: number) => Array.from({ length: n }, () => mark);
    const sums = [
      category('leadership', all(a)),
      category('committee', all(b)),
      category('members_and_colleagues', all(c)),
    ];
    expect(compare(starScore(mark, sums, defaultRules.weights)!, fraction(mark))).toBe(0);
  });
});

describe('fraction', () => {
  const rational = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 5_000 }));

  it.each([
    ['8', '8.00'],
    ['2/3', '0.66'],
    ['7.997', '7.99'],
    ['0.005', '0.00'],
    [' 10 ', '10.00'],
    ['83.419', '83.41'],
  ])('reads %s and shows %s', (text, shown) => expect(floor2(parseFraction(text)!)).toBe(shown));
  it.each(['', '-1', '1/0', '1e3', '0x8', '.5', '5.', '1/2/3', 'eight', '１', '∞'])('refuses %j', (text) =>
    expect(parseFraction(text)).toBeNull(),
  );

  test.prop([rational, rational])('adds and multiplies like rationals', ([a, b], [c, d]) => {
    expect(compare(add(fraction(a, b), fraction(c, d)), fraction(a * d + c * b, b * d))).toBe(0);
    expect(compare(multiply(fraction(a, b), fraction(c, d)), fraction(a * c, b * d))).toBe(0);
    expect(compare(reduce(fraction(a, b)), fraction(a, b))).toBe(0);
  });
  test.prop([rational])('shows what is at most a hundredth below, and never above', ([n, d]) => {
    const shown = parseFraction(floor2(fraction(n, d)))!;
    expect(compare(shown, fraction(n, d))).toBeLessThanOrEqual(0);
    expect(compare(add(shown, fraction(1, 100)), fraction(n, d))).toBeGreaterThan(0);
  });
  test.prop([fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 20n })])(
    'floor and ceiling enclose the quotient',
    (a, b) => {
      expect(floorDiv(a, b) * b <= a && a < (floorDiv(a, b) + 1n) * b).toBe(true);
      expect(ceilDiv(a, b) * b >= a && a > (ceilDiv(a, b) - 1n) * b).toBe(true);
    },
  );
  it('reduces what no longer fits a double', () => {
    expect(reduce(fraction(6n * 10n ** 40n, 4n * 10n ** 40n))).toEqual(fraction(3, 2));
  });
});
