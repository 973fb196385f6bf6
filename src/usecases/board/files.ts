/** Boards as files, made when they are sent. */
import { z } from 'zod';
import { makeBoard } from '../../exports/board/make.ts';
import { findReview } from '../../store/reviews.ts';
import { findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import {
  type ComposedFile,
  defineFile,
  defineOpenFile,
  type FileDefinition,
  type OpenFileContext,
} from '../compose-file.ts';
import { mayHaveAllBoards, maySeeBoard } from './access.ts';
import { commitmentsToPrint, type PrintableBoard, starsToPrint } from './load.ts';

/** @throws {TenstarError} `bug` when it cannot be made within the limits of its thread */
async function printBoard(use: Pick<Use, 'log'>, board: PrintableBoard | null): Promise<ComposedFile | null> {
  if (board === null) return null;
  const { bytes, missing } = await makeBoard(board.file);
  // Which characters is not said: a rare one tells whose name it is.
  if (missing.length > 0)
    use.log.warn(
      { characters: missing.length },
      'a board holds characters that no font has; it names them at its foot. Add a font that has them to the fonts of BOARD_TEMPLATE_FILE',
    );
  return { name: board.name, bytes };
}

/** A group gets what was addressed to it; a person is asked about once more. */
async function isFor({ use, read, actor }: OpenFileContext, branch: string): Promise<boolean> {
  const found = await findBranch(read, branch);
  return found !== null && (actor === null || maySeeBoard(use, actor, found));
}

const yearArgs = z.object({ year: z.int() });
const branchArgs = z.object({ branch: z.string(), year: z.int() });

export const boardFiles: readonly FileDefinition[] = [
  defineOpenFile({
    name: 'board_branch',
    args: branchArgs,
    async compose({ branch, year }, context) {
      const { use, locale } = context;
      return (await isFor(context, branch))
        ? printBoard(use, await commitmentsToPrint(use, { kind: 'branch', branch }, year, locale))
        : null;
    },
  }),
  defineFile({
    name: 'board_member', // one's own and nobody else's: it names no person
    args: yearArgs,
    compose: async ({ year }, { use, actor, locale }) =>
      printBoard(use, await commitmentsToPrint(use, { kind: 'member', person: actor.employeeNo }, year, locale)),
  }),
  defineFile({
    name: 'board_all',
    args: branchArgs,
    compose: async ({ branch, year }, { use, actor, locale }) =>
      mayHaveAllBoards(actor, branch)
        ? printBoard(use, await commitmentsToPrint(use, { kind: 'all', branch }, year, locale))
        : null,
  }),
  defineOpenFile({
    name: 'board_stars',
    args: z.object({ review: z.string() }),
    async compose({ review: id }, context) {
      const { use, read, locale } = context;
      const review = await findReview(read, id);
      return review !== null && (await isFor(context, review.branch))
        ? printBoard(use, await starsToPrint(use, id, locale))
        : null;
    },
  }),
];
