/** Published commitments as parts of a printed board (R59). */
import { day } from '../../day-name.ts';
import type { CommitmentColumn } from '../../domain/board-template.ts';
import type { BoardGroup, BoardPart, Piece } from '../../exports/board/content.ts';
import type { BoardSheet, BoardUnitItem, CommitmentBoard } from '../commit/publish.ts';
import { type BoardSpeech, frame, headings, languageOf, plain } from './words.ts';

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
