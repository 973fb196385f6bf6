/** The words of the display-board template (R59), and what every printed board has: title, columns, foot. */
import { fullDay } from '../../day-name.ts';
import { type BoardTemplate, type BoardWords, fillIn } from '../../domain/board-template.ts';
import type { BoardFile, BoardPart, Piece } from '../../exports/board/content.ts';
import type { Locale, Translate } from '../../i18n.ts';
import type { Branch } from '../../store/roster.ts';
import { type PrintedVersion, versionName } from '../../version-name.ts';

export interface BoardSpeech {
  template: BoardTemplate;
  branch: Pick<Branch, 'name' | 'unitName' | 'districtName'>;
  locale: Locale;
  t: Translate;
}
type Language = keyof BoardWords;
export const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'zh');
export const plain = (text: string): Piece[] => [{ text, look: 'plain' }];

/** Title and foot. @param more what may stand in braces beside branch, unit and district */
export function frame(
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
export const headings = <C extends { width: number } & Record<Language, string>>(
  columns: readonly C[],
  locale: Locale,
) => columns.map((column) => ({ heading: column[languageOf(locale)], width: column.width }));

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
