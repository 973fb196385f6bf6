import type { SameKeys } from '../same.ts';
import type { kept as zh } from '../zh/kept.ts';

export const kept: SameKeys<typeof zh> = {
  year: 'one year',
  years: '{{n}} years',
  day: 'one day',
  days: '{{n}} days',
  working_day: 'one working day',
  working_days: '{{n}} working days',
};
