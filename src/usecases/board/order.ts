/** Boards ordered by a person, and those that go to a branch by themselves (R59, J7, J19). */
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import type { FileRef } from '../../card-ref.ts';
import type { Review } from '../../domain/review.ts';
import { appendAudit } from '../../store/audit.ts';
import { sheetOfPerson, sheetsOfBranch } from '../../store/commitments.ts';
import type { Reader, Writer } from '../../store/db.ts';
import type { Actor } from '../../store/roster.ts';
import { runnersOf } from '../access.ts';
import { sendFileToChats, sendFileToPeople, type SendOptions } from '../notify.ts';
import { mayHaveAllBoards } from './access.ts';

export type BoardToOrder = 'own' | 'branch' | 'all';
export type BoardRefusal = 'not_secretary' | 'not_published';

/** The file somebody gets for asking; always about their own branch or their own sheet. */
async function boardToSend(
  h: Reader,
  actor: Actor,
  which: BoardToOrder,
  year: number,
): Promise<Verdict<FileRef, BoardRefusal>> {
  if (which === 'all' && !mayHaveAllBoards(actor, actor.branch)) return no('not_secretary');
  if (which === 'own') {
    const sheet = await sheetOfPerson(h, actor.employeeNo, year);
    return sheet?.state === 'published' ? yes({ file: 'board_member', args: { year } }) : no('not_published');
  }
  const published = (await sheetsOfBranch(h, actor.branch, year)).some((sheet) => sheet.state === 'published');
  if (!published) return no('not_published');
  return yes({ file: which === 'all' ? 'board_all' : 'board_branch', args: { branch: actor.branch, year } });
}

/** The same, with a line in the audit trail when it takes away what others wrote (F15). */
export async function orderBoard(
  tx: Writer,
  actor: Actor,
  which: BoardToOrder,
  year: number,
  now: number,
): Promise<Verdict<FileRef, BoardRefusal>> {
  const ordered = await boardToSend(tx, actor, which, year);
  if (ordered.ok && which === 'all')
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'exported',
      object: actor.branch,
      detail: { boards: year, branches: 1, scores: false },
    });
  return ordered;
}

/** To the chat of a branch; where it has none, to those who hang boards up. */
async function sendBoard(tx: Writer, branch: string, file: FileRef, options: SendOptions): Promise<void> {
  if ((await sendFileToChats(tx, 'branch', branch, file, options)) > 0) return;
  await sendFileToPeople(tx, await runnersOf(tx, branch), file, options);
}

/** After commitments have been published (J7). */
export const sendCommitmentBoard = (tx: Writer, branch: string, year: number, options: SendOptions): Promise<void> =>
  sendBoard(tx, branch, { file: 'board_branch', args: { branch, year } }, options);

/** After a notice has ended (J19), and again after each correction of a final result. */
export const sendStarBoard = (
  tx: Writer,
  { id, branch }: Pick<Review, 'id' | 'branch'>,
  options: SendOptions,
  correction = '',
): Promise<void> =>
  sendBoard(
    tx,
    branch,
    { file: 'board_stars', args: { review: id } },
    { ...options, once: `board-stars:${id}${correction}` },
  );
