/** The year of a district or the city, and the half-year look (J21): numbers and branches, nothing about persons. */
import { z } from 'zod';
import { type Block, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import type { ReviewState } from '../src/domain/review.ts';
import { missedText } from '../src/missed-text.ts';
import { periodName } from '../src/period-name.ts';
import { findDistrict } from '../src/store/roster.ts';
import { isOffice } from '../src/usecases/access.ts';
import { leadingStatus } from '../src/usecases/leading/remind.ts';
import { type NetworkCounts, networkNow } from '../src/usecases/network/counts.ts';
import { districtsOf } from '../src/usecases/scope.ts';
import { type BranchYear, percent, totalsOf, yearFigures } from '../src/usecases/year/figures.ts';
import { readerOf } from './shared/actor.ts';
import { fittingRows } from './shared/fitting-rows.ts';
import { networkBlocks } from './shared/network-words.ts';
import { share } from './shared/year-words.ts';

interface WideYearView {
  year: number;
  /** Null for the whole city. */
  districtName: string | null;
  rows: readonly BranchYear[];
  network: NetworkCounts;
  /** For the whole city only: units lie across districts. */
  leading: { units: number; below: number; minimum: number } | null;
}
const args = z.object({ year: z.int(), district: z.string().optional() });

/** Null for who looks after neither the district nor the city. */
async function load({ year, district }: z.infer<typeof args>, context: CardContext): Promise<WideYearView | null> {
  const { use, read, now } = context;
  const reader = await readerOf(context);
  if (reader === null) return null;
  if (!isOffice(use, reader) && (district === undefined || !districtsOf(reader).includes(district))) return null;
  return {
    year,
    districtName: district === undefined ? null : ((await findDistrict(read, district))?.name ?? district),
    rows: await yearFigures(read, use, year, now, (branch) => district === undefined || branch.district === district),
    network: await networkNow(read, use, district ?? null, now),
    leading: district === undefined ? await leadingStatus(read, use, now) : null,
  };
}

const rateOf = ({ checks }: BranchYear): string => {
  const rate = percent(checks.answered, checks.due);
  return rate === null ? '—' : `${rate}`;
};
const missedOf = (row: BranchYear, { t }: RenderContext): string =>
  row.missed.map((missed) => missedText(t, missed)).join(t('common.semicolon'));

/** Reviews of a quarter by state, as `1 季度：终定 10，投票中 2，未开启 3`. */
function reviewLines(totals: ReturnType<typeof totalsOf>, { t }: RenderContext): string[] {
  return totals.reviews.map(({ period, states, notOpened }) => {
    const counted = [...states].map(([state, n]: [ReviewState, number]) =>
      t('result.year.state_count', { state: t(`review.state.${state}`), n }),
    );
    if (notOpened > 0) counted.push(t('result.year.state_count', { state: t('result.status_none'), n: notOpened }));
    return t('result.year.review_line', { period: periodName(t, period), state: counted.join(t('common.comma')) });
  });
}

export const yearStatusCard = defineCard({
  name: 'year_status',
  audience: 'person',
  args,
  view: load,
  render(view, context): Card {
    const { t } = context;
    const totals = totalsOf(view.rows, view.year);
    const table = fittingRows(
      view.rows.map((row) => ({
        branch: `${row.code} ${row.name}`,
        commitments: `${row.sheets.published}/${row.members}`,
        checks: rateOf(row),
        summaries: `${row.summaries.onTime}/${row.summaries.due}`,
        missed: row.missed.length,
      })),
    );
    const blocks: Block[] = [
      text(t('result.year.behind', { n: totals.behind, of: totals.branches }), totals.behind > 0 ? 'warn' : 'good'),
      facts(
        [t('result.year.commitments'), t('result.year.published_value', { n: totals.published, of: totals.members })],
        [t('result.year.own'), t('result.year.published_value', { n: totals.ownPublished, of: totals.branches })],
        [t('result.year.on_schedule'), share(totals.items.good, totals.items.due)],
        [t('result.year.checks'), share(totals.checks.answered, totals.checks.due)],
        [t('result.year.summaries'), share(totals.summaries.onTime, totals.summaries.due)],
        [
          t('result.year.meetings'),
          t('result.year.meetings_value', { n: totals.meetings.held, late: totals.meetings.minutesLate }),
        ],
      ),
      ...networkBlocks(view.network, context),
      ...(view.leading === null ? [] : [text(t('leading.status_line', view.leading))]),
      text(t('result.year.reviews'), 'strong'),
      list(reviewLines(totals, context)),
      {
        kind: 'table',
        pageSize: 10,
        columns: [
          { key: 'branch', label: t('result.branch'), kind: 'text' },
          { key: 'commitments', label: t('result.year.column_commitments'), kind: 'text' },
          { key: 'checks', label: t('result.weekly_check_rate'), kind: 'text' },
          { key: 'summaries', label: t('result.year.column_summaries'), kind: 'text' },
          { key: 'missed', label: t('result.year.column_missed'), kind: 'number' },
        ],
        rows: table.shown,
      },
      ...(table.left > 0 ? [text(t('result.status_more', { n: table.left }), 'muted')] : []),
    ];
    return {
      title: t('result.year.title', { year: view.year }),
      subtitle: view.districtName ?? t('result.league_city'),
      tone: totals.behind > 0 ? 'orange' : 'green',
      blocks,
    };
  },
});

/** The half-year look: which branches are behind with commitments, and which have missed a step (J21, R62, P25). */
export const halfYearCard = defineCard({
  name: 'half_year',
  audience: 'person',
  args,
  view: load,
  render(view, context): Card {
    const { t } = context;
    const totals = totalsOf(view.rows, view.year);
    const late = view.rows.filter((row) => row.items.good < row.items.due || row.missed.length > 0);
    const table = fittingRows(
      late.map((row) => ({
        branch: `${row.code} ${row.name}`,
        items: row.items.due === 0 ? '—' : `${row.items.good}/${row.items.due}`,
        missed: row.missed.length === 0 ? '—' : missedOf(row, context),
      })),
    );
    return {
      title: t('result.half.title', { year: view.year }),
      subtitle: view.districtName ?? t('result.league_city'),
      tone: late.length > 0 ? 'orange' : 'green',
      blocks: [
        text(t('result.half.summary', { n: late.length, of: view.rows.length }), 'strong'),
        facts(
          [t('result.year.on_schedule'), share(totals.items.good, totals.items.due)],
          [t('result.year.checks'), share(totals.checks.answered, totals.checks.due)],
          [t('result.year.summaries'), share(totals.summaries.onTime, totals.summaries.due)],
        ),
        ...networkBlocks(view.network, context),
        ...(table.shown.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                pageSize: 10,
                columns: [
                  { key: 'branch', label: t('result.branch'), kind: 'text' as const },
                  { key: 'items', label: t('result.half.items'), kind: 'text' as const },
                  { key: 'missed', label: t('result.year.missed'), kind: 'text' as const },
                ],
                rows: table.shown,
              },
            ]),
        ...(table.left > 0 ? [text(t('result.status_more', { n: table.left }), 'muted')] : []),
      ],
    };
  },
});
