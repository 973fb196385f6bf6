/** Examining commitments and publishing them (R55, R59, A41). */
import { loadReview, renderReview } from '../../cards/commitment-review.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import { COMMENT_MAX } from '../domain/commitment.ts';
import { onCommittee } from '../usecases/access.ts';
import { approveSheet, type DecideRefusal, returnSheet } from '../usecases/commit/approval.ts';
import { publishCommitments } from '../usecases/commit/publish.ts';
import { privately } from './privately.ts';

const queue: CardRef = { card: 'commitment_queue', args: {} };

async function undecided(context: ClickContext, id: string, reason: DecideRefusal): Promise<ClickOutcome> {
  const { t } = context;
  switch (reason) {
    case 'gone':
      return { toast: warning(t('notice.old_card')) };
    case 'not_approver':
    case 'own_sheet':
      return { toast: failure(t(`commit.decide.${reason}`)) };
    case 'changed':
    case 'comment_missing':
    case 'comment_long': {
      const view = await loadReview(id, context.form.comment ?? '', cardContext(context));
      const text =
        reason === 'comment_long'
          ? t('commit.decide.comment_long', { max: COMMENT_MAX })
          : t(`commit.decide.${reason}`);
      return { toast: warning(text), ...(view === null ? {} : { card: { ready: renderReview(view, context) } }) };
    }
  }
}

const examining: readonly ActionDefinition[] = [
  privately('commit_queue', async () => ({ card: queue })),
  privately('commit_review', async (context) => {
    const view = await loadReview(context.action.c, '', cardContext(context));
    return view === null
      ? { toast: failure(context.t('commit.decide.not_approver')) }
      : { card: { ready: renderReview(view, context) } };
  }),
  privately('commit_approve', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const done = await write((tx) => approveSheet(tx, use, actor, action.c, action.v, now));
    return done.ok
      ? { toast: success(t('commit.approved_toast')), card: queue }
      : undecided(context, action.c, done.reason);
  }),
  privately('commit_return', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const done = await write((tx) => returnSheet(tx, use, actor, action.c, action.v, form.comment, now));
    return done.ok
      ? { toast: success(t('commit.returned_toast')), card: queue }
      : undecided(context, action.c, done.reason);
  }),
];

const overview = (year: number): CardRef => ({ card: 'commitments', args: { year } });
const publishing: readonly ActionDefinition[] = [
  privately('commit_overview', async ({ action, actor, t }) =>
    onCommittee(actor, actor.branch) ? { card: overview(action.y) } : { toast: failure(t('notice.not_committee')) },
  ),
  privately('commit_publish', async ({ action, actor, use, now, t, write }) => {
    const done = await write((tx) => publishCommitments(tx, use, actor, action.y, now));
    if (done.ok) return { toast: success(t('commit.published_toast', { n: done.value })), card: overview(action.y) };
    if (done.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return { toast: warning(t('commit.nothing_approved')), card: overview(action.y) };
  }),
];

export const commitmentReviewActions: readonly ActionDefinition[] = [...examining, ...publishing];
