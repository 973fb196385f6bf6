import type { Translate } from './i18n.ts';

/** The rules a result rests on: their number in the year, if they have one, and the beginning of their hash (F15). */
export interface PrintedVersion {
  year: number;
  version: number | null;
  hash: string;
}
/** As it is printed beside a result: `规则：2026 年第 2 版（3fa9c1d2e4b5）`. */
export const versionName = (t: Translate, { year, version, hash }: PrintedVersion): string =>
  version === null ? t('rules.hash_only', { hash }) : t('rules.printed', { year, version, hash });
