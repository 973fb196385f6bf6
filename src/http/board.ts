/** `GET /board/:token`: what a signed link opens. */
import type { Use } from '../use.ts';
import { readBoardToken } from '../usecases/board-link.ts';
import { publishedResult } from '../usecases/published.ts';
import { boardPage, type Html, noBoardPage } from './board-page.ts';

export type Board = (token: string) => Promise<{ status: 200 | 404; page: Html }>;

export function createBoard(use: Pick<Use, 'db' | 'linkSecret' | 'now'>): Board {
  return async (token) => {
    const review = await readBoardToken(use, token);
    if (!review.ok) return { status: 404, page: noBoardPage(review.reason === 'expired' ? 'expired' : 'unknown') };
    const result = await publishedResult(use.db.read, review.value);
    return result === null ? { status: 404, page: noBoardPage('unknown') } : { status: 200, page: boardPage(result) };
  };
}
