/** Published commitments and stars in the words of the display-board template (R59, R102). No score can get in: none is in the input (A45). */
import { fullDay, day } from '../../day-name.ts';
import {
  type BoardTemplate,
  type BoardWords,
  type CommitmentColumn,
  fillIn,
  type StarColumn,
} from '../../domain/board-template.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { BoardFile, BoardGroup, BoardPart, Piece } from '../../exports/board/content.ts';
import type { Locale, Translate } from '../../i18n.ts';
import { periodName } from '../../period-name.ts';
import type { Branch } from '../../store/roster.ts';
import type { BoardSheet, BoardUnitItem, CommitmentBoard } from '../commit/publish.ts';
import { type PrintedVersion, versionName } from '../../version-name.ts';
import type { PublishedMember, PublishedResult } from '../published.ts';

export interface BoardSpeech {
  template: BoardTemplate;
  branch: Pick<Branch, 'name' | 'unitName' | 'districtName'>;
  locale: Locale;
  t: Translate;
}
type Language = keyof BoardWords;
const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'zh');
const plain = (text: string): Piece[] => [{ text, look: 'plain' }];

function frame(
  board: { title: BoardWords; subtitle: BoardWords; footer: BoardWords },
  { branch, locale, t }: BoardSpeech,
  more: Readonly<Record<string, string>>,
): Omit<BoardPart, 'columns' | 'groups'> {
  const values = { branch: branch.name, unit: branch.unitName, district: branch.districtName, ...more };
  const said = (words: BoardWords) => fillIn(words[languageOf(locale)], values);
  return {
    title: said(board.title),
    subtitle: said(board.subtitle),
    footer: said(board.footer),
    empty: t('boardfile.none'),
  };
}
const headings = <C extends { width: number } & Record<Language, string>>(columns: readonly C[], locale: Locale) =>
  columns.map((column) => ({ heading: column[languageOf(locale)], width: column.width }));

function itemCell({ show }: CommitmentColumn, item: BoardSheet['items'][number], { locale, t }: BoardSpeech): Piece[] {
  switch (show) {
    case 'star':
      return [{ text: item.star[languageOf(locale)], look: 'strong' }];
    case 'text':
      // What is done is said, anything else is not (F12).
      return item.done ? [...plain(item.text), { text: t('boardfile.done'), look: 'accent' }] : plain(item.text);
    case 'result':
      return plain(item.result);
    case 'due':
      return plain(day(item.due, locale));
  }
}

/** Items star by star, in the order in which the stars first come up. */
function byStar(items: BoardSheet['items']): BoardSheet['items'] {
  const stars = [...new Set(items.map((item) => item.star.zh))];
  return items.toSorted((a, b) => stars.indexOf(a.star.zh) - stars.indexOf(b.star.zh));
}

function sheetGroup(
  sheet: BoardSheet,
  name: string | null,
  columns: readonly CommitmentColumn[],
  speech: BoardSpeech,
): BoardGroup {
  const items = byStar(sheet.items);
  const star = columns.findIndex((column) => column.show === 'star');
  return {
    name,
    notes: postNotes(sheet.post, speech),
    rows: items.map((item, n) => ({
      cells: columns.map((column) => itemCell(column, item, speech)),
      repeats: star !== -1 && items[n - 1]?.star.zh === item.star.zh ? [star] : [],
    })),
  };
}

/** The standard of a post for its individual stars (A39), in the language it was written in. */
function postNotes(post: BoardSheet['post'], { locale, t }: BoardSpeech): string[] {
  if (post === null) return [];
  const standards = post.stars.map((star) => {
    const said = star.indicators.map((indicator) => indicator[languageOf(locale)]).join(t('boardfile.semicolon'));
    return locale === 'en' ? `${star.en}: ${said}` : `${star.zh}：${said}`;
  });
  return [t('stars.posts.board', { name: post.name }), ...standards];
}

/** What branch and unit hang on the stars this year (R46). */
function unitItemCell({ show }: CommitmentColumn, item: BoardUnitItem, { locale }: BoardSpeech): Piece[] {
  switch (show) {
    case 'star':
      return item.stars.map((star) => ({ text: star[languageOf(locale)], look: 'strong' }));
    case 'text':
      return plain(item.name);
    case 'result':
      return item.ownerName === null ? [] : plain(item.ownerName);
    case 'due':
      return plain(`${day(item.from, locale)}—${day(item.to, locale)}`);
  }
}
function unitItemsGroup(
  items: readonly BoardUnitItem[],
  columns: readonly CommitmentColumn[],
  speech: BoardSpeech,
): BoardGroup[] {
  if (items.length === 0) return [];
  const rows = items.map((item) => ({
    cells: columns.map((column) => unitItemCell(column, item, speech)),
    repeats: [],
  }));
  return [{ name: speech.t('stars.items.board'), notes: [], rows }];
}

/** The branch's own commitments and those of every member, one after another. */
export function branchPart(
  { sheets, unitItems }: Pick<CommitmentBoard, 'sheets' | 'unitItems'>,
  year: number,
  speech: BoardSpeech,
): BoardPart {
  const { branch } = speech.template;
  return {
    ...frame(branch, speech, { year: String(year) }),
    columns: headings(branch.columns, speech.locale),
    groups: [
      ...sheets.map((sheet) => sheetGroup(sheet, sheet.name ?? speech.branch.name, branch.columns, speech)),
      ...unitItemsGroup(unitItems, branch.columns, speech),
    ],
  };
}

/** The commitments of one member. */
export function memberPart(sheet: BoardSheet, year: number, speech: BoardSpeech): BoardPart {
  const { member } = speech.template;
  return {
    ...frame(member, speech, { year: String(year), name: sheet.name ?? '' }),
    columns: headings(member.columns, speech.locale),
    groups: [sheetGroup(sheet, null, member.columns, speech)],
  };
}

function starCell({ show }: StarColumn, { name, level, stars }: PublishedMember, { locale, t }: BoardSpeech): Piece[] {
  const named = (star: PublishedMember['stars'][number], look: Piece['look']): Piece => ({
    text: `★ ${star[languageOf(locale)]}`,
    look,
  });
  switch (show) {
    case 'name':
      return [{ text: name, look: 'strong' }];
    case 'stars':
      return stars.map((star) => named(star, star.outstanding ? 'accent' : 'plain'));
    case 'outstanding':
      return stars.filter((star) => star.outstanding).map((star) => named(star, 'accent'));
    case 'level':
      // What was not won is absent (A45).
      return level === null || level === 0 ? [] : plain(t('result.level_short', { n: level }));
  }
}

/** Levels are named for the year, which the review of the fourth quarter stands for (A22). */
export function showsLevel(text: string): boolean {
  const period = parsePeriod(text);
  return period?.kind === 'year' || (period?.kind === 'quarter' && period.index === 4);
}

/** Stars won and outstanding stars, in the order of the roster. */
export function starsPart(
  { review, members }: Pick<PublishedResult, 'review' | 'members'>,
  speech: BoardSpeech,
): BoardPart {
  const { stars } = speech.template;
  const columns = stars.columns.filter((column) => column.show !== 'level' || showsLevel(review.period));
  return {
    ...frame(stars, speech, { year: review.period.slice(0, 4), period: periodName(speech.t, review.period) }),
    columns: headings(columns, speech.locale),
    groups:
      members.length === 0
        ? []
        : [
            {
              name: null,
              notes: [],
              rows: members.map((member) => ({
                cells: columns.map((column) => starCell(column, member, speech)),
                repeats: [],
              })),
            },
          ],
  };
}

/** Parts become a file. @param date of what it shows */
export function boardFile(
  parts: readonly BoardPart[],
  { title, version, date }: { title: string; version: PrintedVersion; date: string },
  { template, locale, t }: BoardSpeech,
): BoardFile {
  const { paper, orientation, margin_mm, text_size, colours, fonts } = template;
  return {
    lang: locale,
    title,
    date,
    parts,
    words: {
      stamp: t('boardfile.stamp', { date: fullDay(date, locale), version: versionName(t, version) }),
      page: t('boardfile.page'),
      continued: t('boardfile.continued'),
      missing: t('boardfile.missing'),
    },
    style: { paper, orientation, margin_mm, text_size, colours, fonts },
  };
}
