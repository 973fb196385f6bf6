import type { SameKeys } from '../same.ts';
import type { common as zh } from '../zh/common.ts';

export const common: SameKeys<typeof zh> = {
  app: 'Double Ten Stars',
  next: 'Next',
  back: 'Back',
  yes: 'Yes',
  no: 'No',
  dont_know: "Don't know",
  and: ', ',
  comma: ', ',
  semicolon: '; ',
  colon: ': ',
};
