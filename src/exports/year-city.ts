/** The city's year as sheets for the office: numbers by branch, district, group and unit, and the report (R128). No scores, no names of people. */
import { quartersOf } from '../domain/missed-steps.ts';
import type { Translate } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { BookActivity } from '../store/year-book.ts';
import type { YearReport } from '../usecases/year/report.ts';
import { type Column, tableSheet, type TableOrder } from './table-sheet.ts';
import type { PrintSheet } from './workbook.ts';
import { activityRow } from './year-branch.ts';

export interface CityBook {
  report: YearReport;
  /** Names of districts by code. */
  districts: ReadonlyMap<string, string>;
  activities: readonly (BookActivity & { place: string })[];
  /** What each branch has missed, in words, by code. */
  missed: ReadonlyMap<string, string>;
}
const share = (part: number, of: number): string => (of === 0 ? '—' : `${Math.floor((part * 100) / of)}%`);

export function cityYearSheets({ report, districts, activities, missed }: CityBook, t: Translate): PrintSheet[] {
  const { year } = report;
  const about = t('result.book.about_city', { year });
  const sheet = (what: string, columns: readonly Column[], rows: TableOrder['rows']): PrintSheet =>
    tableSheet({
      name: what,
      title: t('result.book.title', { branch: t('result.league_city'), year, what }),
      about,
      columns,
      rows,
      empty: t('result.book.empty'),
      footer: t('sheets.footer_publicity'),
    });
  const column = (head: string, width: number, look?: Column['look']): Column => ({
    head,
    width,
    ...(look === undefined ? {} : { look }),
  });
  const quarters = quartersOf(year);
  return [
    sheet(
      t('result.book.city.branches'),
      [
        column(t('result.book.head.code'), 10),
        column(t('result.branch'), 26, 'text'),
        column(t('result.book.head.district'), 16),
        column(t('result.year.commitments'), 12),
        column(t('result.year.own'), 10),
        column(t('result.year.on_schedule'), 12),
        column(t('result.year.checks'), 10),
        column(t('result.year.summaries'), 10),
        column(t('result.year.meetings'), 8),
        column(t('result.year.activities'), 8),
        column(t('result.book.head.visits'), 8),
        ...quarters.map((period) => column(periodName(t, period), 10)),
        column(t('result.year.missed'), 40, 'text'),
      ],
      report.branches.map((it) => [
        it.code,
        it.name,
        districts.get(it.district) ?? it.district,
        `${it.sheets.published}/${it.members}`,
        it.own === null ? '—' : t(`commit.state.${it.own}`),
        share(it.items.good, it.items.due),
        share(it.checks.answered, it.checks.due),
        `${it.summaries.onTime}/${it.summaries.due}`,
        it.meetings.held,
        it.activities,
        it.visits,
        ...it.reviews.map(({ state }) => (state === null ? '—' : t(`review.state.${state}`))),
        missed.get(it.code) ?? '',
      ]),
    ),
    sheet(
      t('result.book.city.districts'),
      [
        column(t('result.book.head.code'), 10),
        column(t('result.book.head.district'), 26, 'text'),
        column(t('result.book.head.held'), 14),
        column(t('result.book.head.planned'), 14),
        column(t('result.book.head.minimum'), 14),
        column(t('result.book.head.by_groups'), 14),
      ],
      report.network.districts.map((it) => [
        it.code,
        it.name,
        it.held,
        it.planned,
        report.network.minimum,
        it.byGroups,
      ]),
    ),
    sheet(
      t('result.book.city.groups'),
      [
        column(t('result.book.head.code'), 10),
        column(t('result.book.head.group'), 26, 'text'),
        column(t('result.book.head.district'), 20),
        column(t('result.book.head.held'), 14),
        column(periodName(t, report.network.quarter), 16),
      ],
      report.network.groups.map((it) => [
        it.code,
        it.name,
        districts.get(it.district) ?? it.district,
        it.year,
        it.held,
      ]),
    ),
    sheet(
      t('result.book.city.activities'),
      [
        column(t('result.book.head.date'), 12),
        column(t('result.book.head.level'), 30),
        column(t('result.book.head.kind'), 16),
        column(t('result.book.head.title'), 44, 'text'),
        column(t('result.book.head.state'), 12),
        column(t('result.book.head.people'), 10),
        column(t('result.book.head.branches'), 10),
      ],
      activities.map((one) => [...activityRow(one, t), one.branches]),
    ),
    sheet(
      t('result.book.city.leading'),
      [
        column(t('result.book.head.code'), 10),
        column(t('leading.unit'), 40, 'text'),
        column(t('leading.meetings'), 16),
        column(t('leading.five_same'), 16),
      ],
      (report.units ?? []).map((it) => [it.unit, it.name, it.meetings, `${it.sames}/5`]),
    ),
    sheet(
      t('result.book.city.stars'),
      [
        column(t('result.book.head.quarter'), 20),
        column(t('result.book.head.graded'), 12),
        column(t('result.book.head.most'), 10),
        column(t('result.book.head.fewest'), 10),
        column(t('result.book.head.median'), 10),
        column(t('result.outstanding'), 10),
        ...Array.from({ length: 11 }, (_, level) => column(t('result.level_short', { n: level }), 7)),
      ],
      report.progress.map((it) => [
        periodName(t, it.period),
        it.graded,
        it.max,
        it.min,
        it.median,
        it.outstanding,
        ...it.levels,
      ]),
    ),
    sheet(
      t('result.book.city.guests'),
      [column(t('result.book.head.what'), 60, 'text'), column(t('common.yes'), 12), column(t('common.no'), 12)],
      report.guests.totals.map(({ item, yes, no }) => [t(`meeting.review_guest.items.${item}`), yes, no]),
    ),
  ];
}
