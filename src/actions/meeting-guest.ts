/** Guests at a commitment meeting: the answer to the invitation, and the checklist. */
import { loadInvitation, renderInvitation } from '../../cards/meeting-guest.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import {
  answerInvitation,
  type ChecklistResult,
  fileChecklist,
  type GuestRefusal,
} from '../usecases/meeting/guests.ts';
import { privately } from './privately.ts';

async function invitation(
  context: ClickContext,
  id: string,
  typed: ClickContext['form'] | null,
): Promise<Pick<ClickOutcome, 'card'>> {
  const view = await loadInvitation(id, typed, cardContext(context));
  return view === null ? {} : { card: { ready: renderInvitation(view, context) } };
}
/** Refusals that no other form helps with; null for what is wrong in the form. */
function refused(reason: string, { t }: ClickContext): ClickOutcome | null {
  const known: Readonly<Record<Exclude<GuestRefusal, 'wrong_state'>, ClickOutcome>> = {
    gone: { toast: warning(t('notice.old_card')) },
    not_secretary: { toast: failure(t('notice.not_secretary')) },
    not_invited: { toast: failure(t('meeting.problem.guest_not_invited')) },
  };
  return reason === 'gone' || reason === 'not_secretary' || reason === 'not_invited' ? known[reason] : null;
}
const problem = (result: Exclude<ChecklistResult, { ok: true }>, { t }: ClickContext): string => {
  if (result.reason !== 'items_missing') return t('meeting.problem.remark_long');
  return t('meeting.problem.items_missing', {
    items: result.items.map((item) => t(`meeting.guest.items.${item}`)).join(t('common.and')),
  });
};

export const meetingGuestActions: readonly ActionDefinition[] = [
  privately('guest_show', async (context) => {
    const shown = await invitation(context, context.action.g, null);
    return shown.card === undefined ? { toast: failure(context.t('meeting.problem.guest_not_invited')) } : shown;
  }),
  privately('guest_answer', async (context) => {
    const { action, actor, form, t, write } = context;
    const answered = await write((tx) => answerInvitation(tx, actor, action.g, action.c === 1, form));
    if (answered.ok)
      return { toast: success(t('meeting.guest.answered')), ...(await invitation(context, action.g, null)) };
    const known = refused(answered.reason, context);
    if (known !== null) return known;
    if (answered.reason === 'wrong_state')
      return { toast: warning(t('meeting.problem.wrong_state')), ...(await invitation(context, action.g, null)) };
    return {
      toast: warning(t(answered.reason === 'who_missing' ? 'meeting.problem.who_missing' : 'meeting.problem.who_long')),
      ...(await invitation(context, action.g, form)),
    };
  }),
  privately('guest_check', async (context) => {
    const { action, actor, form, now, t, write } = context;
    const filed = await write((tx) => fileChecklist(tx, actor, action.g, form, now));
    if (filed.ok) return { toast: success(t('meeting.guest.filed')), ...(await invitation(context, action.g, null)) };
    const known = refused(filed.reason, context);
    if (known !== null) return known;
    if (filed.reason === 'wrong_state')
      return { toast: warning(t('meeting.problem.wrong_state')), ...(await invitation(context, action.g, null)) };
    return { toast: warning(problem(filed, context)), ...(await invitation(context, action.g, form)) };
  }),
];
