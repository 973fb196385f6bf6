import type { Action } from '../../src/action.ts';
import { type Block, button } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';

/** Under published figures: the page with all of them, and the files for those entitled, who are told apart by the click. */
export const resultButtons = (
  board: { label: string; link: string },
  files: Extract<Action, { a: 'export_review' | 'export_league' }>,
  { t }: RenderContext,
): Block => ({
  kind: 'buttons',
  buttons: [{ name: 'board', style: 'default', ...board }, button('export', t('export.button'), files)],
});
