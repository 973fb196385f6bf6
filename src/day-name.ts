import { Temporal } from 'temporal-polyfill';
import type { Locale } from './i18n.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An ISO date as `10月9日`, or `9 Oct`. */
export function day(date: string, locale: Locale): string {
  const { month, day: of } = Temporal.PlainDate.from(date);
  return locale === 'en' ? `${of} ${MONTHS[month - 1] ?? ''}` : `${month}月${of}日`;
}

/** An ISO date as `2026年10月9日`, or `9 Oct 2026`. */
export function fullDay(date: string, locale: Locale): string {
  const { year } = Temporal.PlainDate.from(date);
  return locale === 'en' ? `${day(date, locale)} ${year}` : `${year}年${day(date, locale)}`;
}
