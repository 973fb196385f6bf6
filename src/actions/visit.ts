import { loadVisitForm, renderVisitForm } from '../../cards/visit.ts';
import { type ActionDefinition, cardContext, failure, success, warning } from '../action-def.ts';
import { planVisit, visitableBranches } from '../usecases/network/visits.ts';
import { privately } from './privately.ts';

export const visitActions: readonly ActionDefinition[] = [
  privately('visit_new', async ({ actor, use, t }) =>
    (await visitableBranches(use.db.read, use, actor)).length > 0
      ? { card: { card: 'visit_form', args: {} } }
      : { toast: failure(t('network.visit.not_yours')) },
  ),
  privately('visit_plan', async (context) => {
    const { actor, use, form, now, t, write } = context;
    const planned = await write((tx) => planVisit(tx, use, actor, form, now));
    if (planned.ok)
      return {
        toast: success(t('network.visit.planned')),
        card: { card: 'activity', args: { activity: planned.value.id } },
      };
    if (planned.reason === 'not_yours') return { toast: failure(t('network.visit.not_yours')) };
    const view = await loadVisitForm(form, cardContext(context));
    if (view === null) return { toast: failure(t('network.visit.not_yours')) };
    const why = planned.reason === 'no_branch' ? t('network.visit.no_branch') : t(`network.problem.${planned.reason}`);
    return { toast: warning(why), card: { ready: renderVisitForm(view, context) } };
  }),
];
