/** The year of the city or a district as sheets: numbers by branch, district, group and unit, and the report (R128). No scores; of people only leaders are named, whose attendance is public (A47). */
import { quartersOf } from '../domain/missed-steps.ts';
import type { Translate } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { YearReport } from '../usecases/year/report.ts';
import {
  activityRow,
  type Book,
  bookOf,
  column,
  guestSheet,
  type PlacedActivity,
  share,
  starSheet,
} from './year-parts.ts';
import type { PrintSheet } from './workbook.ts';

export interface CityBook {
  report: YearReport;
  /** Null: the whole city. */
  districtName: string | null;
  /** Names of districts by code. */
  districts: ReadonlyMap<string, string>;
  activities: readonly PlacedActivity[];
  /** What each branch has missed, in words, by code. */
  missed: ReadonlyMap<string, string>;
  /** Rates of weekly checks by branch and month. */
  rates: ReadonlyMap<string, ReadonlyMap<string, { due: number; answered: number }>>;
  /** Who of the leaders was at what of their own branch; null where the rules publish nobody's attendance. */
  leaders: readonly { date: string; branch: string; title: string; names: string }[] | null;
}

export function cityYearSheets(book: CityBook, t: Translate): PrintSheet[] {
  const { report, districtName, activities } = book;
  const { year, network, units } = report;
  const parts = bookOf(
    {
      year,
      place: districtName ?? t('result.league_city'),
      about: t('result.book.about_city', { year }),
      footer: t('sheets.footer_count'),
    },
    t,
  );
  const { sheet, head } = parts;
  return [
    ...branchSheets(book, parts, t),
    ...(book.leaders === null
      ? []
      : [
          sheet(
            t('result.book.city.leaders'),
            [
              head('date', 12),
              head('branch', 30, 'text'),
              head('title', 40, 'text'),
              head('leaders_present', 50, 'text'),
            ],
            book.leaders.map((it) => [it.date, it.branch, it.title, it.names]),
          ),
        ]),
    sheet(
      t('result.book.city.districts'),
      [
        head('code', 10),
        head('district', 26, 'text'),
        head('held', 14),
        head('planned', 14),
        head('minimum', 14),
        head('by_groups', 14),
      ],
      network.districts.map((it) => [it.code, it.name, it.held, it.planned, network.minimum, it.byGroups]),
    ),
    sheet(
      t('result.book.city.groups'),
      [
        head('code', 10),
        head('group', 26, 'text'),
        head('district', 20),
        head('held', 14),
        column(periodName(t, network.quarter), 16),
      ],
      network.groups.map((it) => [it.code, it.name, districtOf(book, it.district), it.year, it.held]),
    ),
    sheet(
      t('result.book.city.activities'),
      [
        head('date', 12),
        head('level', 30),
        head('kind', 16),
        head('title', 44, 'text'),
        head('state', 12),
        head('people', 10),
        head('branches', 10),
      ],
      activities.map((one) => [...activityRow(one, t), one.branches]),
    ),
    ...(units === null
      ? []
      : [
          sheet(
            t('result.book.city.leading'),
            [
              head('code', 10),
              column(t('leading.unit'), 40, 'text'),
              column(t('leading.meetings'), 16),
              column(t('leading.five_same'), 16),
            ],
            units.map((it) => [it.unit, it.name, it.meetings, `${it.sames}/5`]),
          ),
        ]),
    starSheet(parts, report.progress, t),
    guestSheet(parts, report.guests.totals, t),
  ];
}

const districtOf = ({ districts }: CityBook, code: string): string => districts.get(code) ?? code;

/** A row for every branch: what it did, its weekly checks by month, its reviews and what it has missed. */
function branchSheets(book: CityBook, { sheet, head }: Book, t: Translate): PrintSheet[] {
  const { branches, year } = book.report;
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
  const named = [head('code', 10), head('branch', 26, 'text'), head('district', 16)];
  const nameOf = ({ code, name, district }: (typeof branches)[number]) => [code, name, districtOf(book, district)];
  return [
    sheet(
      t('result.book.city.branches'),
      [
        ...named,
        column(t('result.year.commitments'), 12),
        column(t('result.year.own'), 10),
        column(t('result.year.on_schedule'), 12),
        head('tasks_done', 10),
        head('tasks_open', 10),
        head('tasks_overdue', 10),
        column(t('result.year.checks'), 10),
        column(t('result.year.summaries'), 10),
        column(t('result.year.meetings'), 8),
        head('attendance', 10),
        column(t('result.year.activities'), 8),
        head('visits', 8),
      ],
      branches.map((it) => [
        ...nameOf(it),
        `${it.sheets.published}/${it.members}`,
        it.own === null ? '—' : t(`commit.state.${it.own}`),
        share(it.items.good, it.items.due),
        it.tasks.done,
        it.tasks.open,
        it.tasks.overdue,
        share(it.checks.answered, it.checks.due),
        `${it.summaries.onTime}/${it.summaries.due}`,
        it.meetings.held,
        share(it.meetings.present, it.meetings.due),
        it.activities,
        it.visits,
      ]),
    ),
    sheet(
      t('result.book.city.checks'),
      [...named, ...months.map((_, i) => column(t('result.book.month_short', { n: i + 1 }), 7))],
      branches.map((it) => [
        ...nameOf(it),
        ...months.map((month) => {
          const { due = 0, answered = 0 } = book.rates.get(it.code)?.get(month) ?? {};
          return share(answered, due);
        }),
      ]),
    ),
    sheet(
      t('result.book.city.steps'),
      [
        ...named,
        ...quartersOf(year).map((period) => column(periodName(t, period), 12)),
        column(t('result.year.missed'), 70, 'text'),
      ],
      branches.map((it) => [
        ...nameOf(it),
        ...it.reviews.map(({ state }) => (state === null ? '—' : t(`review.state.${state}`))),
        book.missed.get(it.code) ?? '',
      ]),
    ),
  ];
}
