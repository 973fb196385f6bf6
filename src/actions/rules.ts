import { loadRules, renderRules } from '../../cards/rules.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { REASON_MAX } from '../domain/scheme.ts';
import { isOffice } from '../usecases/access.ts';
import { adoptFiles } from '../usecases/scheme/adopt.ts';
import { privately } from './privately.ts';

/** The rules of a year as they are now. @param typed a reason that was refused */
async function shown(context: ClickContext, year: number, typed?: string): Promise<ClickOutcome> {
  const view = await loadRules(year, cardContext(context), typed);
  return view === null
    ? { toast: warning(context.t('notice.old_card')) }
    : { card: { ready: renderRules(view, context) } };
}

export const rulesActions: readonly ActionDefinition[] = [
  privately('rules_show', (context) => shown(context, context.action.y)),
  privately('rules_adopt', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    if (!isOffice(use, actor)) return { toast: failure(t('notice.not_office')) };
    const adopted = await write((tx) =>
      adoptFiles(tx, use, { year: action.y, reason: form.reason, by: actor.employeeNo, seen: action.k }, now),
    );
    if (!adopted.ok) {
      const text = t(`rules.problem.${adopted.reason}`, { year: action.y, max: REASON_MAX });
      return { toast: warning(text), ...(await shown(context, action.y, form.reason)) };
    }
    await use.years.load(use.db.read);
    use.wake();
    return {
      toast: success(t('rules.adopted', { year: action.y, version: adopted.value.version })),
      ...(await shown(context, action.y)),
    };
  }),
];
