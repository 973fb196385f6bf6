import { renderGuidanceForm } from '../../cards/guidance.ts';
import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { findGuidance } from '../store/guidance.ts';
import { isOffice } from '../usecases/access.ts';
import { publishGuidance, quarterOf, readGuidance } from '../usecases/network/guidance.ts';
import { privately } from './privately.ts';

export const guidanceActions: readonly ActionDefinition[] = [
  defineAction('guidance_new', async ({ actor, use, t }) =>
    isOffice(use, actor) ? { card: { card: 'guidance_form', args: {} } } : { toast: failure(t('notice.not_office')) },
  ),
  defineAction('guidance_publish', async (context) => {
    const { actor, use, form, now, t, write } = context;
    const published = await write((tx) => publishGuidance(tx, use, actor, form, now));
    if (published.ok)
      return {
        toast: success(t('network.guidance_sent')),
        card: { card: 'guidance_receipts', args: { guidance: published.value.id } },
      };
    if (published.reason === 'not_office') return { toast: failure(t('notice.not_office')) };
    return {
      toast: warning(t(`network.guidance_problem.${published.reason}`)),
      card: { ready: renderGuidanceForm({ period: quarterOf(use, now), typed: form }, context) },
    };
  }),
  privately('guidance_show', async ({ action, use, t }) =>
    (await findGuidance(use.db.read, action.g)) === null
      ? { toast: warning(t('notice.old_card')) }
      : { card: { card: 'guidance', args: { guidance: action.g } } },
  ),
  defineAction('guidance_read', async ({ action, actor, t, write }) => {
    const read = await write((tx) => readGuidance(tx, actor, action.g));
    if (read.ok)
      return {
        toast: success(t('network.guidance_was_read')),
        card: { card: 'guidance', args: { guidance: action.g } },
      };
    return { toast: read.reason === 'gone' ? warning(t('notice.old_card')) : failure(t('notice.not_committee')) };
  }),
];
