/** Cards of the year with the worst that a city can bring about, in both languages, on both platforms. */
import { describe, it } from 'vitest';
import { yearBranchCard } from '../../cards/year-branch.ts';
import { yearReportCard } from '../../cards/year-report.ts';
import { halfYearCard, yearStatusCard } from '../../cards/year-status.ts';
import { distribution } from '../../src/domain/distribution.ts';
import { quartersOf } from '../../src/domain/missed-steps.ts';
import { REVIEW_GUEST_ITEMS } from '../../src/domain/review-guest.ts';
import { LOCALES } from '../../src/i18n.ts';
import type { NetworkCounts } from '../../src/usecases/network/counts.ts';
import type { BranchYear } from '../../src/usecases/year/figures.ts';
import { fits, longName } from '../support/fits.ts';
import { WORST_STEPS } from '../support/worst-steps.ts';
import { renderIn } from '../support/render-context.ts';

const named = (n: number) => Array.from({ length: n }, (_, i) => ({ code: `X${i}`, name: longName(i) }));
const row = (i: number): BranchYear => ({
  code: `B${i}`,
  name: longName(i),
  district: 'D1',
  group: 'G01',
  members: 99,
  sheets: { published: 90, approved: 3, submitted: 3, writing: 3 },
  own: i % 2 === 0 ? 'returned' : null,
  items: { due: 300, good: 200 },
  tasks: { open: 99, done: 99, overdue: 99 },
  checks: { due: 5_000, answered: 4_999 },
  summaries: { due: 12, onTime: 3, missing: 9 },
  meetings: { held: 99, minutesLate: 99, due: 999, present: 999 },
  activities: 99,
  visits: 9,
  reviews: quartersOf(2026).map((period, q) => ({ period, state: q === 0 ? null : 'balloting' })),
  missed: [
    { step: 'commitments' },
    { step: 'branch_commitments' },
    { step: 'review_not_opened', period: '2026-Q1' },
    { step: 'review_not_published', period: '2026-Q2' },
    { step: 'summaries', n: 9 },
    { step: 'minutes', n: 99 },
  ],
});
const network: NetworkCounts = {
  year: 2026,
  quarter: '2026-Q4',
  minimum: 4,
  districts: named(7).map((it) => ({ ...it, held: 3, planned: 1, byGroups: 99 })),
  groups: named(69).map((it, i) => ({ ...it, district: 'D1', year: i, held: 0, planned: i % 2 })),
  visits: { held: 100, planned: 20 },
  unvisited: named(240),
};
const rows = Array.from({ length: 240 }, (_, i) => row(i));

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);

  it('a branch', () => {
    fits(yearBranchCard.render({ year: 2026, figures: row(0), steps: WORST_STEPS, mayExport: true }, context));
    fits(
      yearBranchCard.render({ year: 2026, figures: { ...row(1), missed: [] }, steps: [], mayExport: false }, context),
    );
  });
  it('a city and a half-year look', () => {
    const wide = { year: 2026, districtName: null, rows, network, leading: { units: 100, below: 99, minimum: 3 } };
    for (const card of [yearStatusCard, halfYearCard]) {
      fits(card.render(wide, context));
      fits(card.render({ ...wide, districtName: longName(0), rows: [], leading: null }, context));
    }
  });
  it('the report', () => {
    const progress = quartersOf(2026).map((period) => ({
      period,
      graded: 5_000,
      levels: distribution(Array.from({ length: 5_000 }, (_, i) => i % 11)).levels,
      max: 10,
      min: 0,
      median: '5.00',
      outstanding: 999,
    }));
    const totals = REVIEW_GUEST_ITEMS.map((item) => ({ item, yes: 999, no: 999 }));
    const report = {
      year: 2026,
      branches: rows,
      progress,
      high: progress.map(({ period }) => ({
        period,
        kind: 'member_high_share' as const,
        high: 4_999,
        of: 5_000,
        from: 9,
        usual: '1/3',
      })),
      network,
      units: null,
      guests: { lists: 999, totals },
      districtName: null,
    };
    fits(yearReportCard.render(report, context));
    fits(
      yearReportCard.render(
        { ...report, branches: [], progress: [], high: [], guests: { lists: 0, totals: [] } },
        context,
      ),
    );
  });
});
