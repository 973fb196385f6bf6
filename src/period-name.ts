import type { Translate } from './i18n.ts';

/** A period as people say it: `2026年第3季度`, `Q3 2026`. */
export function periodName(t: Translate, period: string): string {
  const [year = '', rest = ''] = period.split('-');
  const n = Number(rest.replace(/^[QW]/, ''));
  if (rest === '') return t('review.period.year', { year });
  if (rest.startsWith('Q')) return t('review.period.quarter', { year, n });
  if (rest.startsWith('W')) return t('review.period.week', { year, n });
  return t('review.period.month', { year, n });
}
