import { parsePeriod } from './domain/period.ts';
import type { Translate } from './i18n.ts';

/** A period as people say it: `2026年第3季度`, `Q3 2026`. Text that is no period stays as it is. */
export function periodName(t: Translate, text: string): string {
  const period = parsePeriod(text);
  return period === null ? text : t(`review.period.${period.kind}`, { year: period.year, n: period.index });
}
