/** Lengths of time in words. They are settings, so no text may name one by itself. */
import type { Translate } from './i18n.ts';

const term = (one: 'year' | 'day' | 'working_day') => (t: Translate, n: number) =>
  n === 1 ? t(`kept.${one}`) : t(`kept.${one}s`, { n });

export const yearsName = term('year');
export const daysName = term('day');
export const workingDaysName = term('working_day');
