import type { SameKeys } from '../same.ts';
import type { zh } from '../zh/index.ts';
import { common } from './common.ts';
import { roster } from './roster.ts';

/** All English texts. */
export const en: SameKeys<typeof zh> = { common, roster };
