import { common } from './common.ts';

/** All Chinese texts; the first language of the interface and the one that types the keys. */
export const zh = { common } as const;
