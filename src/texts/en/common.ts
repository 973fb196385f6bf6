import type { SameKeys } from '../same.ts';
import type { common as zh } from '../zh/common.ts';

export const common: SameKeys<typeof zh> = {
  app: 'Double Ten Stars',
  submit: 'Submit',
  next: 'Next',
  back: 'Back',
  cancel: 'Cancel',
  yes: 'Yes',
  no: 'No',
  dont_know: "Don't know",
  none: 'None',
  and: ', ',
  comma: ', ',
  semicolon: '; ',
  colon: ': ',
};
