import type { SameKeys } from '../same.ts';
import type { zh } from '../zh/index.ts';
import { common } from './common.ts';

/** All English texts. */
export const en: SameKeys<typeof zh> = { common };
