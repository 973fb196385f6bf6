/** `GET /board/:token`: what a signed link opens. */
import type { Use } from '../use.ts';
import { type BoardSubject, readBoardToken } from '../usecases/board-link.ts';
import { commitmentBoard, sheetBoard } from '../usecases/commit/publish.ts';
import { leagueView } from '../usecases/league-view.ts';
import { leadersYear } from '../usecases/meeting/leaders.ts';
import { publishedResult } from '../usecases/published.ts';
import { commitmentsPage } from './board-commitments.ts';
import { leaguePage } from './board-league.ts';
import { leadersPage } from './board-leaders.ts';
import { boardPage, type Html, noBoardPage } from './board-page.ts';

export type Board = (token: string) => Promise<{ status: 200 | 404; page: Html }>;
type Deps = Pick<Use, 'db' | 'linkSecret' | 'now' | 'rules' | 'years'>;

/** Null when nothing is published there. */
async function pageOf(use: Deps, subject: BoardSubject): Promise<Html | null> {
  const { read } = use.db;
  if (subject.kind === 'leaders') {
    const leaders = await leadersYear(read, use, subject.branch, subject.year);
    return leaders === null ? null : leadersPage(leaders);
  }
  if (subject.kind === 'result') {
    const result = await publishedResult(read, subject.review);
    return result === null ? null : boardPage(result);
  }
  if (subject.kind === 'league') return leaguePage(await leagueView(read, use, subject.period, subject.district));
  const board =
    subject.kind === 'sheet'
      ? await sheetBoard(read, subject.sheet)
      : await commitmentBoard(read, subject.branch, subject.year);
  return board === null ? null : commitmentsPage(board, subject.kind === 'sheet');
}

export function createBoard(use: Deps): Board {
  return async (token) => {
    const subject = await readBoardToken(use, token);
    if (!subject.ok) return { status: 404, page: noBoardPage(subject.reason === 'expired' ? 'expired' : 'unknown') };
    const page = await pageOf(use, subject.value);
    return page === null ? { status: 404, page: noBoardPage('unknown') } : { status: 200, page };
  };
}
