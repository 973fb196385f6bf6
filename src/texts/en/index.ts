import type { SameKeys } from '../same.ts';
import type { zh } from '../zh/index.ts';
import { ballot } from './ballot.ts';
import { board } from './board.ts';
import { command } from './command.ts';
import { common } from './common.ts';
import { job } from './job.ts';
import { notice } from './notice.ts';
import { opinion } from './opinion.ts';
import { result } from './result.ts';
import { review } from './review.ts';
import { roster } from './roster.ts';
import { sheets } from './sheets.ts';

/** All English texts. */
export const en: SameKeys<typeof zh> = { ballot, board, command, common, job, notice, opinion, result, review, roster, sheets };
