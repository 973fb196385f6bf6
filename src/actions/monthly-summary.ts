import { loadSummary, renderSummary } from '../../cards/monthly-summary.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { SUMMARY_MAX } from '../domain/month.ts';
import { runsBranch } from '../usecases/access.ts';
import { type FileSummaryResult, fileSummary, monthMeant } from '../usecases/month/summary.ts';
import { privately } from './privately.ts';

function problemText(refusal: Extract<FileSummaryResult, { ok: false }>, { t }: ClickContext): string {
  switch (refusal.reason) {
    case 'missing':
      return t('meeting.summary.problem.missing', {
        fields: refusal.fields.map((field) => t(`meeting.summary.${field}`)).join(t('common.and')),
      });
    case 'long':
      return t('meeting.summary.problem.long', {
        fields: refusal.fields.map((field) => t(`meeting.summary.${field}`)).join(t('common.and')),
        max: SUMMARY_MAX,
      });
    case 'names':
      return t('meeting.summary.problem.names', { names: refusal.names.slice(0, 3).join(t('common.and')) });
    case 'closed':
      return t('meeting.summary.problem.closed');
    case 'bad_month':
    case 'not_secretary':
      return t('notice.not_secretary');
  }
}
/** The card as it is, or with what was typed. */
async function shown(
  context: ClickContext,
  month: string,
  typed: ClickContext['form'] | null,
): Promise<Pick<ClickOutcome, 'card'>> {
  const view = await loadSummary(month, typed, cardContext(context));
  return view === null ? {} : { card: { ready: renderSummary(view, context) } };
}

export const monthlySummaryActions: readonly ActionDefinition[] = [
  privately('summary_show', async (context) => {
    const { action, actor, use, now, t } = context;
    if (!runsBranch(actor, actor.branch)) return { toast: failure(t('notice.not_secretary')) };
    const month = await monthMeant(use.db.read, use, actor.branch, action.m, now);
    return month.ok ? shown(context, month.value, null) : { toast: warning(t('notice.old_card')) };
  }),
  privately('summary_file', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const filed = await write((tx) => fileSummary(tx, use, actor, action.m, form, now));
    if (filed.ok) {
      const said = filed.late
        ? t('meeting.summary.saved_late')
        : t(filed.changed ? 'meeting.summary.saved_again' : 'meeting.summary.saved');
      return { toast: success(said), ...(await shown(context, action.m, null)) };
    }
    if (filed.reason === 'not_secretary') return { toast: failure(problemText(filed, context)) };
    if (filed.reason === 'bad_month') return { toast: warning(t('notice.old_card')) };
    return {
      toast: warning(problemText(filed, context)),
      ...(await shown(context, action.m, filed.reason === 'closed' ? null : form)),
    };
  }),
];
