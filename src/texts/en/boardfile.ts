import type { SameKeys } from '../same.ts';
import type { boardfile as zh } from '../zh/boardfile.ts';

export const boardfile: SameKeys<typeof zh> = {
  name: { branch: 'commitment-board', all: 'commitment-boards', stars: 'star-board' },
  stamp: '{{date}} · {{version}}',
  page: 'Page {n} of {of}',
  continued: ' (continued)',
  missing: '〓: no font has this character ({codes}); add one that has it to the fonts of the board template.',
  semicolon: '; ',
  done: '✓ Done',
  none: 'There is nothing to publish.',
  mine: 'My board (PDF)',
  mine_year: 'My board {{year}} (PDF)',
  branch: 'Branch board (PDF)',
  all: 'All boards (PDF)',
  on_its_way: 'Being made; you get it privately in a moment.',
  not_published: 'The commitments of {{year}} are not published yet; the board comes with them.',
};
