/** Examining post groups and individual stars. A refused form comes back as it was typed. */
import { loadPostReview, renderPostReview } from '../../cards/post-review.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { COMMENT_MAX } from '../domain/commitment.ts';
import { approvePosts, type PostDecisionRefusal, returnPosts } from '../usecases/stars/post-approval.ts';
import { privately } from './privately.ts';

async function review(
  context: ClickContext,
  at: { branch: string; year: number; page: number },
  comment = '',
): Promise<ClickOutcome> {
  const view = await loadPostReview(at, comment, cardContext(context));
  return view === null
    ? { toast: failure(context.t('stars.posts.problem.not_approver')) }
    : { card: { ready: renderPostReview(view, context) } };
}
/** The last page is where the form is. */
const LAST = 20;
async function undecided(
  context: ClickContext,
  at: { branch: string; year: number },
  reason: PostDecisionRefusal,
): Promise<ClickOutcome> {
  const { t, form } = context;
  if (reason === 'gone') return { toast: warning(t('notice.old_card')) };
  if (reason === 'not_approver') return { toast: failure(t('stars.posts.problem.not_approver')) };
  const shown = await review(context, { ...at, page: reason === 'changed' ? 0 : LAST }, form.comment);
  const text =
    reason === 'comment_long'
      ? t('stars.posts.problem.comment_long', { max: COMMENT_MAX })
      : t(`stars.posts.problem.${reason}`);
  return { ...shown, toast: warning(text) };
}
const queue = { card: { card: 'commitment_queue', args: {} } };
export const postReviewActions: readonly ActionDefinition[] = [
  privately('post_review', (context) => {
    const { b: branch, y: year, p: page } = context.action;
    return review(context, { branch, year, page });
  }),
  privately('post_approve', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const at = { branch: action.b, year: action.y };
    const done = await write((tx) => approvePosts(tx, use, actor, { ...at, version: action.v }, now));
    return done.ok
      ? { toast: success(t('stars.posts.approved_toast')), ...queue }
      : undecided(context, at, done.reason);
  }),
  privately('post_return', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const at = { branch: action.b, year: action.y };
    const done = await write((tx) => returnPosts(tx, use, actor, { ...at, version: action.v }, form.comment, now));
    return done.ok
      ? { toast: success(t('stars.posts.returned_toast')), ...queue }
      : undecided(context, at, done.reason);
  }),
];
