/** What a branch's year and that of a district or the city have in common as sheets. */
import type { ItemTotal } from '../domain/review-guest.ts';
import type { Translate } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { BookActivity } from '../store/year-book.ts';
import type { result } from '../texts/zh/result.ts';
import type { QuarterStars } from '../usecases/year/report.ts';
import { type Column, tableSheet, type TableOrder } from './table-sheet.ts';
import type { PrintSheet } from './workbook.ts';

interface BookLook {
  year: number;
  /** Whose year it is: a branch, a district, the city. */
  place: string;
  /** The line below every title. */
  about: string;
  footer: string;
}
export interface Book {
  sheet: (what: string, columns: readonly Column[], rows: TableOrder['rows']) => PrintSheet;
  head: (key: keyof (typeof result)['book']['head'], width: number, look?: Column['look']) => Column;
}
export const column = (head: string, width: number, look?: Column['look']): Column => ({
  head,
  width,
  ...(look === undefined ? {} : { look }),
});
export const bookOf = ({ year, place, about, footer }: BookLook, t: Translate): Book => ({
  sheet: (what, columns, rows) =>
    tableSheet({
      name: what,
      title: t('result.book.title', { branch: place, year, what }),
      about,
      columns,
      rows,
      empty: t('result.book.empty'),
      footer,
    }),
  head: (key, width, look) => column(t(`result.book.head.${key}`), width, look),
});

/** Whole per cent, rounded down. */
export const share = (part: number, of: number): string => (of === 0 ? '—' : `${Math.floor((part * 100) / of)}%`);

export type PlacedActivity = BookActivity & { place: string };
export const activityRow = (one: PlacedActivity, t: Translate): (string | number)[] => [
  one.date,
  `${t(`network.levels.${one.level}`)} ${one.place}`,
  t(`network.kinds.${one.kind}`),
  one.title,
  t(`network.states.${one.state}`),
  one.present,
];

/** Stars of members by quarter: how many people, never who (R110, R128). */
export const starSheet = ({ sheet, head }: Book, progress: readonly QuarterStars[], t: Translate): PrintSheet =>
  sheet(
    t('result.book.sheet.stars'),
    [
      head('quarter', 20),
      head('graded', 12),
      head('most', 10),
      head('fewest', 10),
      head('median', 10),
      column(t('result.outstanding'), 10),
      ...Array.from({ length: 11 }, (_, level) => column(t('result.level_short', { n: level }), 7)),
    ],
    progress.map((it) => [
      periodName(t, it.period),
      it.graded,
      it.max,
      it.min,
      it.median,
      it.outstanding,
      ...it.levels,
    ]),
  );

/** What guests saw of the reviews, added up: what was said, not which branch said it. */
export const guestSheet = (book: Book, totals: readonly ItemTotal[], t: Translate): PrintSheet =>
  checklistSheet(
    book,
    t('result.book.sheet.guests'),
    totals.map(({ item, yes, no }) => [t(`meeting.review_guest.items.${item}`), yes, no]),
    t,
  );
export const checklistSheet = (
  { sheet, head }: Book,
  name: string,
  rows: readonly (readonly [string, number, number])[],
  t: Translate,
): PrintSheet => sheet(name, [head('what', 60, 'text'), column(t('common.yes'), 12), column(t('common.no'), 12)], rows);
