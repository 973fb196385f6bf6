import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fraction, type Fraction } from '../../src/domain/fraction.ts';
import { INDICATORS, type Indicators, type LeagueEntry, leagueTable, ratio } from '../../src/domain/league.ts';
import { defaultRules } from '../../src/domain/rules.ts';

const NONE: Indicators = {
  weekly_check_rate: null,
  monthly_on_time: null,
  turnout: null,
  commitments_on_schedule: null,
  activities: null,
  mean_stars: null,
};
const entry = (
  branch: string,
  indicators: Partial<Indicators>,
  unranked: LeagueEntry['unranked'] = null,
): LeagueEntry => ({
  branch,
  indicators: { ...NONE, ...indicators },
  unranked,
});
const table = (entries: LeagueEntry[], previous: Record<string, number | null> = {}) =>
  leagueTable(entries, new Map(Object.entries(previous)), defaultRules);

describe('league table', () => {
  it('ranks 1, 2, 2, 4, with exact ties and moves', () => {
    const rows = table(
      [
        entry('B004', { turnout: ratio(1, 4) }),
        entry('B002', { turnout: ratio(1, 3) }),
        entry('B001', { turnout: ratio(9, 10) }),
        entry('B003', { turnout: ratio(7, 21) }),
      ],
      { B001: 3, B002: 1, B003: null },
    );
    expect(rows.map(({ rank, branch, points, move }) => [rank, branch, points, move])).toEqual([
      [1, 'B001', '90.00', 2],
      [2, 'B002', '33.33', -1],
      [2, 'B003', '33.33', null],
      [4, 'B004', '25.00', null],
    ]);
  });
  it('tells apart what looks the same with two decimals', () => {
    const rows = table([entry('B002', { turnout: ratio(33_333, 100_000) }), entry('B001', { turnout: ratio(1, 3) })]);
    expect(rows.map(({ rank, branch, points }) => [rank, branch, points])).toEqual([
      [1, 'B001', '33.33'],
      [2, 'B002', '33.33'],
    ]);
  });
  it('counts by the weights, leaves out what was not collected and scales the rest up', () => {
    const some = { weekly_check_rate: ratio(1, 2), mean_stars: fraction(8), activities: fraction(6) };
    // (20 × 0.5 + 20 × 0.8 + 10 × 1) of 50
    expect(table([entry('B001', some)])[0]).toEqual({
      rank: 1,
      branch: 'B001',
      points: '72.00',
      weekly_check_rate: '50.00',
      monthly_on_time: null,
      turnout: null,
      commitments_on_schedule: null,
      activities: '6.00',
      mean_stars: '8.00',
      move: null,
    });
  });
  it('lists branches without a rank last, with the reason and what is known of them', () => {
    const rows = table(
      [
        entry('B001', { weekly_check_rate: ratio(1, 1) }, 'no_review'),
        entry('B002', {}),
        entry('B003', { turnout: ratio(0, 5) }),
      ],
      { B001: 1 },
    );
    expect(rows.map(({ branch, rank, points, reason, move }) => ({ branch, rank, points, reason, move }))).toEqual([
      { branch: 'B003', rank: 1, points: '0.00', reason: undefined, move: null },
      { branch: 'B001', rank: null, points: null, reason: 'no_review', move: null },
      { branch: 'B002', rank: null, points: null, reason: 'no_figures', move: null },
    ]);
    expect(rows[1]?.weekly_check_rate).toBe('100.00');
  });
  it('a rate of nothing to do is no rate', () => expect(ratio(0, 0)).toBeNull());

  const rate: fc.Arbitrary<Fraction | null> = fc.option(fc.integer({ min: 0, max: 4 }).map((n) => fraction(n, 4)));
  const indicators: fc.Arbitrary<Indicators> = fc.tuple(rate, rate, rate, rate, rate, rate).map((values) => {
    const named = INDICATORS.map((name, i) => [name, values[i] ?? null] as const);
    return { ...NONE, ...Object.fromEntries(named) };
  });
  test.prop([fc.array(indicators, { maxLength: 12 })])(
    'a rank is one more than the number of branches above, and points lie between 0 and 100',
    (all) => {
      const rows = table(all.map((it, i) => entry(`B${i}`, it)));
      expect(rows).toHaveLength(all.length);
      const ranks = rows.flatMap(({ rank }) => (rank === null ? [] : [rank]));
      for (const rank of ranks) expect(ranks.filter((other) => other < rank)).toHaveLength(rank - 1);
      for (const { points } of rows)
        if (points !== null) expect(Number(points) >= 0 && Number(points) <= 100).toBe(true);
    },
  );
});
