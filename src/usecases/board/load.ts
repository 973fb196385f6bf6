/** What is published, as boards ready to be printed; null while nothing is. */
import { today } from '../../domain/period.ts';
import type { BoardFile } from '../../exports/board/content.ts';
import { fileName } from '../../exports/file-name.ts';
import { type Locale, translator } from '../../i18n.ts';
import { periodName } from '../../period-name.ts';
import { sheetOfPerson } from '../../store/commitments.ts';
import { findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { commitmentBoard, sheetBoard } from '../commit/publish.ts';
import { publishedResult } from '../published.ts';
import { versionOfYear } from '../scheme/version.ts';
import { branchPart, memberPart } from './commitment-parts.ts';
import { starsPart } from './stars-part.ts';
import { boardFile, type BoardSpeech } from './words.ts';

export interface PrintableBoard {
  /** Safe to save under. */
  name: string;
  file: BoardFile;
}
/** Which board of commitments: all sheets after one another, one member's, or the first and then each member's on a page of its own. */
export type BoardWish = { kind: 'branch' | 'all'; branch: string } | { kind: 'member'; person: string };

async function speechOf(use: Use, branch: string, locale: Locale): Promise<BoardSpeech | null> {
  const found = await findBranch(use.db.read, branch);
  return found === null ? null : { template: use.config.boardTemplate, branch: found, locale, t: translator(locale) };
}

/** Published commitments of a year. */
export async function commitmentsToPrint(
  use: Use,
  wish: BoardWish,
  year: number,
  locale: Locale,
): Promise<PrintableBoard | null> {
  const { read } = use.db;
  const own = wish.kind === 'member' ? await sheetOfPerson(read, wish.person, year) : null;
  const branch = wish.kind === 'member' ? own?.branch : wish.branch;
  if (branch === undefined) return null;
  const board = own === null ? await commitmentBoard(read, branch, year) : await sheetBoard(read, own.id);
  const speech = await speechOf(use, branch, locale);
  const [first] = board?.sheets ?? [];
  if (board === null || speech === null || first === undefined) return null;
  const members = board.sheets.filter((sheet) => sheet.name !== null).map((sheet) => memberPart(sheet, year, speech));
  const whole = branchPart(board, year, speech);
  const parts = wish.kind === 'member' ? members : wish.kind === 'all' ? [whole, ...members] : [whole];
  const title = wish.kind === 'member' ? (parts[0]?.title ?? '') : whole.title;
  const about = {
    title,
    version: await versionOfYear(read, use, year),
    date: today(use.now(), use.config.timezone),
  };
  const { t } = speech;
  const last = wish.kind === 'all' ? t('boardfile.name.all') : t('boardfile.name.branch');
  const whose = wish.kind === 'member' ? [speech.branch.name, first.name ?? ''] : [speech.branch.name];
  return { name: fileName([...whose, String(year), last], 'pdf'), file: boardFile(parts, about, speech) };
}

/** Published stars of a review; dated by the day they became final, before that by the day of publication. */
export async function starsToPrint(use: Use, review: string, locale: Locale): Promise<PrintableBoard | null> {
  const result = await publishedResult(use.db.read, review);
  const speech = result && (await speechOf(use, result.review.branch, locale));
  if (!result || !speech) return null;
  const { period, finalAt, publishedAt, openedAt } = result.review;
  const part = starsPart(result, speech);
  const date = today(finalAt ?? publishedAt ?? openedAt, use.config.timezone);
  const name = fileName([speech.branch.name, periodName(speech.t, period), speech.t('boardfile.name.stars')], 'pdf');
  return { name, file: boardFile([part], { title: part.title, version: result.version, date }, speech) };
}
