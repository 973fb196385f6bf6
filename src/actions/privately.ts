import { type ActionContext, type ActionDefinition, type ClickOutcome, defineAction, warning } from '../action-def.ts';
import type { ActionName } from '../action.ts';

/** An action whose answer is for one person: a click from a group chat is not answered with anything (F20). */
export function privately<A extends ActionName>(
  name: A,
  run: (context: ActionContext<A>) => Promise<ClickOutcome>,
): ActionDefinition {
  return defineAction(name, async (context) =>
    context.chat.group ? { toast: warning(context.t('notice.old_card')) } : run(context),
  );
}
