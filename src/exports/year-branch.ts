/** A branch's year as sheets for its secretary: commitments, checks, months, meetings with attendance, activities. No scores. */
import type { Absent } from '../store/meeting-people.ts';
import type { Meeting } from '../store/meetings.ts';
import type { TotalOf } from '../domain/checklist.ts';
import type { GuestItem } from '../domain/meeting.ts';
import { SUMMARY_FIELDS } from '../domain/month.ts';
import type { Translate } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { BookItem, BookSummary } from '../store/year-book.ts';
import type { BranchYear } from '../usecases/year/figures.ts';
import type { GuestTotals, QuarterStars } from '../usecases/year/report.ts';
import { cell } from './layout.ts';
import {
  activityRow,
  type Book,
  bookOf,
  checklistSheet,
  guestSheet,
  type PlacedActivity,
  share,
  starSheet,
} from './year-parts.ts';
import type { PrintSheet, SheetCell } from './workbook.ts';

export interface BranchBook {
  year: number;
  branchName: string;
  figures: BranchYear;
  /** With the star's name. */
  items: readonly (BookItem & { starName: string })[];
  tasks: readonly {
    name: string;
    text: string;
    due: string;
    state: 'open' | 'done' | 'dropped';
    doneOn: string | null;
  }[];
  checks: readonly { week: string; openedOn: string; due: number; answered: number }[];
  summaries: readonly BookSummary[];
  /** `names` are empty once attendance has been deleted; the counts stay. */
  meetings: readonly { meeting: Meeting; title: string; present: readonly string[]; absent: readonly Absent[] }[];
  activities: readonly PlacedActivity[];
  /** Published reviews with the stars of members, no names. */
  progress: readonly QuarterStars[];
  guests: GuestTotals;
  /** The same of commitment meetings, which the secretary alone sees. */
  meetingGuests: readonly TotalOf<GuestItem>[];
  /** In words, what was to be done and is not. */
  missed: readonly string[];
}

export function branchYearSheets(book: BranchBook, t: Translate): PrintSheet[] {
  const { branchName: branch, year } = book;
  const about = t('result.book.about', { branch, year });
  const parts = bookOf({ year, place: branch, about, footer: t('sheets.footer_count') }, t);
  const { head } = parts;
  const sheet = (key: SheetKey, ...table: [Columns, Rows]) => parts.sheet(t(`result.book.sheet.${key}`), ...table);
  return [
    sheet('overview', [head('what', 30, 'text'), head('value', 70, 'text')], overview(book, t)),
    sheet(
      'commitments',
      [
        head('who', 14),
        head('star', 16),
        head('text', 46, 'text'),
        head('result', 28, 'text'),
        head('due', 12),
        head('state', 10),
        head('task', 12),
      ],
      [
        ...book.items.map((item) => [
          item.name ?? branch,
          item.starName,
          item.text,
          item.result,
          item.due,
          t(`commit.state.${item.state}`),
          taskWord(item.task, item.said, t),
        ]),
        ...book.tasks.map((task) => [
          task.name,
          t('result.book.added'),
          task.text,
          '',
          task.due,
          '',
          taskWord(task.state, null, t),
        ]),
      ],
    ),
    sheet(
      'checks',
      [head('week', 20), head('date', 16), head('due_people', 14), head('answered', 14), head('rate', 14)],
      book.checks.map(({ week, openedOn, due, answered }) => [
        periodName(t, week),
        openedOn,
        due,
        answered,
        share(answered, due),
      ]),
    ),
    sheet(
      'summaries',
      [head('month', 14), head('filed', 14), head('part', 10), head('text', 100, 'text')],
      book.summaries.flatMap((one) => summaryRows(one, t)),
    ),
    sheet(
      'meetings',
      [
        head('date', 12),
        head('title', 22),
        head('counts', 12),
        head('present', 60, 'text'),
        head('absent', 34, 'text'),
      ],
      book.meetings.map(({ meeting, title, present, absent }) => [
        meeting.date,
        title,
        meeting.state === 'held'
          ? `${meeting.present ?? 0} / ${meeting.due ?? 0}`
          : t(`meeting.states.${meeting.state}`),
        present.join(t('common.and')),
        absent
          .map(({ name, reason }) => t('meeting.absence.line', { name, reason: t(`review.absence.${reason}`) }))
          .join(t('common.and')),
      ]),
    ),
    sheet(
      'minutes',
      [head('date', 12), head('title', 22), head('points', 70, 'text'), head('follow_up', 40, 'text')],
      book.meetings.flatMap(({ meeting, title }) =>
        meeting.points === null ? [] : [[meeting.date, title, meeting.points, meeting.followUp]],
      ),
    ),
    sheet(
      'activities',
      [
        head('date', 12),
        head('level', 24),
        head('kind', 16),
        head('title', 50, 'text'),
        head('state', 12),
        head('people', 12),
      ],
      book.activities.map((one) => activityRow(one, t)),
    ),
    starSheet(parts, book.progress, t),
    guestSheet(parts, book.guests.totals, t),
    checklistSheet(
      parts,
      t('result.book.sheet.meeting_guests'),
      book.meetingGuests.map(({ item, yes, no }) => [t(`meeting.guest.items.${item}`), yes, no]),
      t,
    ),
  ];
}
type Columns = Parameters<Book['sheet']>[1];
type Rows = Parameters<Book['sheet']>[2];
type SheetKey = 'overview' | 'commitments' | 'checks' | 'summaries' | 'meetings' | 'minutes' | 'activities';
function taskWord(task: BookItem['task'], said: BookItem['said'], t: Translate): string {
  if (task === null || task === 'dropped') return '—';
  if (task === 'done') return t('commit.check_states.done');
  return said === null ? t('commit.me_task_new') : t(`commit.check_states.${said}`);
}

/** Four rows a month, one for each part, so that long texts stay readable on paper. */
function summaryRows(one: BookSummary, t: Translate): (string | null | SheetCell)[][] {
  const month = periodName(t, one.month);
  if (one.filedOn === null) return [[month, t('result.book.not_filed'), '', '']];
  const filed = one.onTime === 1 ? one.filedOn : t('result.book.filed_late', { date: one.filedOn });
  return SUMMARY_FIELDS.map((field, i) => [
    i === 0 ? cell(month, 'body', { rows: SUMMARY_FIELDS.length }) : null,
    i === 0 ? cell(filed, 'body', { rows: SUMMARY_FIELDS.length }) : null,
    t(`meeting.summary.${field}`),
    one[field] ?? '',
  ]);
}

function overview({ figures: it, missed }: BranchBook, t: Translate): (string | number)[][] {
  const shareOf = (part: number, of: number) => (of === 0 ? '—' : `${share(part, of)} (${part}/${of})`);
  return [
    [t('result.year.commitments'), t('result.year.commitments_value', { ...it.sheets, members: it.members })],
    [t('result.year.own'), it.own === null ? t('result.year.own_none') : t(`commit.state.${it.own}`)],
    [t('result.year.on_schedule'), shareOf(it.items.good, it.items.due)],
    [t('result.year.tasks'), t('result.year.tasks_value', it.tasks)],
    [t('result.year.checks'), shareOf(it.checks.answered, it.checks.due)],
    [t('result.year.summaries'), shareOf(it.summaries.onTime, it.summaries.due)],
    [
      t('result.year.meetings'),
      t('result.year.meetings_value', { n: it.meetings.held, late: it.meetings.minutesLate }),
    ],
    [t('result.year.activities'), t('result.year.activities_value', { n: it.activities, visits: it.visits })],
    ...it.reviews.map(({ period, state }) => [
      periodName(t, period),
      state === null ? t('result.status_none') : t(`review.state.${state}`),
    ]),
    [
      t('result.year.missed'),
      missed.length === 0 ? t('result.year.nothing_missed') : missed.join(t('common.semicolon')),
    ],
  ];
}
