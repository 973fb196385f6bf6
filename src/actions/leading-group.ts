import { renderEvidenceForm, renderLeadingMeetingForm } from '../../cards/leading-forms.ts';
import {
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { addEvidence, addLeadingMeeting, keepsRegister, removeEntry } from '../usecases/leading/register.ts';
import { privately } from './privately.ts';

const REGISTER = { card: { card: 'leading_group', args: {} } };
const keeper = async (context: ClickContext, outcome: ClickOutcome): Promise<ClickOutcome> =>
  (await keepsRegister(context.use.db.read, context.actor))
    ? outcome
    : { toast: failure(context.t('leading.problem.not_keeper')) };

export const leadingGroupActions: readonly ActionDefinition[] = [
  privately('leading_show', (context) => keeper(context, REGISTER)),
  privately('leading_meeting_new', (context) =>
    keeper(context, { card: { ready: renderLeadingMeetingForm({}, context) } }),
  ),
  privately('leading_evidence_new', (context) => keeper(context, { card: { ready: renderEvidenceForm({}, context) } })),
  privately('leading_meeting_add', async (context) => {
    const { actor, use, form, now, t, write } = context;
    const added = await write((tx) => addLeadingMeeting(tx, use, actor, form, now));
    if (added.ok) return { toast: success(t('leading.saved')), ...REGISTER };
    const text = t(`leading.problem.${added.reason}`);
    return added.reason === 'not_keeper'
      ? { toast: failure(text) }
      : { toast: warning(text), card: { ready: renderLeadingMeetingForm(form, context) } };
  }),
  privately('leading_evidence_add', async (context) => {
    const { actor, use, form, now, t, write } = context;
    const added = await write((tx) => addEvidence(tx, use, actor, form, now));
    if (added.ok) return { toast: success(t('leading.saved')), ...REGISTER };
    const text = t(`leading.problem.${added.reason}`);
    return added.reason === 'not_keeper'
      ? { toast: failure(text) }
      : { toast: warning(text), card: { ready: renderEvidenceForm(form, context) } };
  }),
  privately('leading_remove', async ({ action, actor, now, t, write }) => {
    const removed = await write((tx) => removeEntry(tx, actor, action.w, action.i, now));
    if (removed.ok) return { toast: success(t('leading.removed')), ...REGISTER };
    return removed.reason === 'gone'
      ? { toast: warning(t('notice.old_card')), ...REGISTER }
      : { toast: failure(t('leading.problem.not_keeper')) };
  }),
];
