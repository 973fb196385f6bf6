import { common } from './common.ts';
import { roster } from './roster.ts';

/** All Chinese texts; the first language of the interface and the one that types the keys. */
export const zh = { common, roster } as const;
