import type { SameKeys } from '../same.ts';
import type { guide as zh } from '../zh/guide.ts';

export const guide: SameKeys<typeof zh> = {
  title: 'Project descriptions and templates',
  intro: 'Press one to see how it is done, or send /guide with its number.',
  who: 'Who',
  when: 'When',
  steps: 'How',
  keep: 'Material to keep',
  stars: 'Stars served',
  all: 'All projects',
};
