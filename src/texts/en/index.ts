import type { SameKeys } from '../same.ts';
import type { zh } from '../zh/index.ts';
import { ballot } from './ballot.ts';
import { common } from './common.ts';
import { notice } from './notice.ts';
import { review } from './review.ts';
import { roster } from './roster.ts';
import { sheets } from './sheets.ts';

/** All English texts. */
export const en: SameKeys<typeof zh> = { ballot, common, notice, review, roster, sheets };
