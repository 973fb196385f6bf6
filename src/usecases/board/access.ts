/** Who may have which board as a file (F14): what is published is for the whole unit, all sheets in one file for who hangs them up. */
import type { Actor, Branch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch, seesBranch } from '../access.ts';

/** The board of a branch, or its stars. */
export const maySeeBoard = (use: Use, actor: Actor, branch: Branch): boolean =>
  actor.unit === branch.unit || seesBranch(use, actor, branch);
/** Every member's board at once. */
export const mayHaveAllBoards = (actor: Actor, branch: string): boolean => runsBranch(actor, branch);
