import type { Translate } from './i18n.ts';

/**
 * The version something was made under: its number in the year and its short name, which stands for rules, catalogue and project
 * descriptions together (F15). Without a number the short name is the beginning of the hash of the rules.
 */
export interface PrintedVersion {
  year: number;
  version: number | null;
  hash: string;
}
/** As it is printed beside a result: `规则：2026 年第 2 版（3fa9c1d2e4b5）`. */
export const versionName = (t: Translate, { year, version, hash }: PrintedVersion): string =>
  version === null ? t('rules.hash_only', { hash }) : t('rules.printed', { year, version, hash });
