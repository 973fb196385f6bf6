/** The report of a year for the work committee (R128): stars, activities by area and cell, progress, branches that missed a step. */
import { z } from 'zod';
import { type Block, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { missedText } from '../src/missed-text.ts';
import { periodName } from '../src/period-name.ts';
import { findDistrict } from '../src/store/roster.ts';
import { isOffice } from '../src/usecases/access.ts';
import { districtsOf } from '../src/usecases/scope.ts';
import { type YearReport, yearReport } from '../src/usecases/year/report.ts';
import { readerOf } from './shared/actor.ts';
import { fittingRows } from './shared/fitting-rows.ts';
import { networkBlocks } from './shared/network-words.ts';

interface View extends YearReport {
  districtName: string | null;
}
/** How many people have how many stars, as a chart and in words. */
function levelBlocks({ period, levels }: YearReport['progress'][number], { t }: RenderContext): Block[] {
  const points = levels.map((n, level) => ({ label: t('result.level_short', { n: level }), value: n }));
  const counted = points.filter(({ value }) => value > 0).map(({ label, value }) => `${label} ${value}`);
  return [
    text(t('result.report.levels', { period: periodName(t, period), counted: counted.join(t('common.comma')) })),
    { kind: 'chart', chart: 'bar', points },
  ];
}
function starBlocks({ progress, high }: YearReport, context: RenderContext): Block[] {
  const { t } = context;
  if (progress.length === 0) return [text(t('result.report.no_stars'), 'muted')];
  const last = progress.at(-1);
  return [
    list(
      progress.map(({ period, graded, max, min, median, outstanding }) =>
        t('result.report.progress_line', { period: periodName(t, period), graded, max, min, median, outstanding }),
      ),
    ),
    ...(last === undefined ? [] : levelBlocks(last, context)),
    ...high.map(({ period, ...share }) =>
      text(t('result.report.high_share', { period: periodName(t, period), ...share }), 'warn'),
    ),
  ];
}
export const yearReportCard = defineCard({
  name: 'year_report',
  audience: 'person',
  args: z.object({ year: z.int(), district: z.string().optional() }),
  async view({ year, district }, context): Promise<View | null> {
    const { use, read, now } = context;
    const reader = await readerOf(context);
    if (reader === null) return null;
    if (!isOffice(use, reader) && (district === undefined || !districtsOf(reader).includes(district))) return null;
    const districtName = district === undefined ? null : ((await findDistrict(read, district))?.name ?? district);
    return { ...(await yearReport(read, use, year, district ?? null, now)), districtName };
  },
  render(view, context) {
    const { t } = context;
    const behind = view.branches.filter((branch) => branch.missed.length > 0);
    const table = fittingRows(
      behind.map((branch) => ({
        branch: `${branch.code} ${branch.name}`,
        missed: branch.missed.map((missed) => missedText(t, missed)).join(t('common.semicolon')),
      })),
    );
    const blocks: Block[] = [
      text(t('result.report.stars'), 'strong'),
      ...starBlocks(view, context),
      text(t('result.report.branch_stars_none'), 'muted'),
      text(t('result.report.activities'), 'strong'),
      ...networkBlocks(view.network, context),
      ...(view.network.districts.length > 1
        ? [
            list(
              view.network.districts.map(({ name, held, byGroups }) =>
                t('result.report.district_line', { name, held, groups: byGroups }),
              ),
            ),
          ]
        : []),
      ...(view.guests.lists === 0
        ? []
        : [
            text(t('result.report.guests', { n: view.guests.lists }), 'strong'),
            list(
              view.guests.totals.map(({ item, yes, no }) =>
                t('meeting.review_guest.total', { item: t(`meeting.review_guest.items.${item}`), yes, no }),
              ),
            ),
          ]),
      text(t('result.year.behind', { n: behind.length, of: view.branches.length }), 'strong'),
      ...(table.shown.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              pageSize: 10,
              columns: [
                { key: 'branch', label: t('result.branch'), kind: 'text' as const },
                { key: 'missed', label: t('result.year.missed'), kind: 'text' as const },
              ],
              rows: table.shown,
            },
          ]),
      ...(table.left > 0 ? [text(t('result.status_more', { n: table.left }), 'muted')] : []),
      text(t('result.report.export_hint', { year: view.year }), 'muted'),
    ];
    return {
      title: t('result.report.title', { year: view.year }),
      subtitle: view.districtName ?? t('result.league_city'),
      tone: 'blue',
      blocks,
    };
  },
});
