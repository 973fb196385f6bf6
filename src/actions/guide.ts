import { type ActionDefinition, defineAction, warning } from '../action-def.ts';
import { schemeNow } from '../usecases/scheme/year-schemes.ts';

export const guideActions: readonly ActionDefinition[] = [
  defineAction('guide_list', async () => ({ card: { card: 'guide_list', args: {} } })),
  defineAction('guide_show', async ({ action, use, now, t }) =>
    schemeNow(use, now).projects.some((project) => project.key === action.k)
      ? { card: { card: 'guide', args: { key: action.k } } }
      : { toast: warning(t('notice.old_card')) },
  ),
];
