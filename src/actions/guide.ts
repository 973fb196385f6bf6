import { today } from '../domain/period.ts';
import { type ActionDefinition, defineAction, warning } from '../action-def.ts';

export const guideActions: readonly ActionDefinition[] = [
  defineAction('guide_list', async () => ({ card: { card: 'guide_list', args: {} } })),
  defineAction('guide_show', async ({ action, use, now, t }) =>
    use.years.at(today(now, use.config.timezone)).projects.some((project) => project.key === action.k) ? { card: { card: 'guide', args: { key: action.k } } } : { toast: warning(t('notice.old_card')) },
  ),
];
