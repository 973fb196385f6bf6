/** Guests at a review: the answer to the invitation, the sign-in, the checklist. */
import { loadReviewInvitation, renderReviewInvitation } from '../../cards/review-guest.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  info,
  success,
  warning,
} from '../action-def.ts';
import { findReview } from '../store/reviews.ts';
import { onCommittee } from '../usecases/access.ts';
import {
  answerReviewInvitation,
  fileReviewChecklist,
  type GuestRefusal,
  type ReviewChecklistResult,
  signInAsGuest,
} from '../usecases/review/guests.ts';
import { privately } from './privately.ts';

async function invitation(
  context: ClickContext,
  id: string,
  typed: ClickContext['form'] | null,
): Promise<Pick<ClickOutcome, 'card'>> {
  const view = await loadReviewInvitation(id, typed, cardContext(context));
  return view === null ? {} : { card: { ready: renderReviewInvitation(view, context) } };
}
/** Refusals that no other form helps with; null for what is wrong in the form. */
function refused(
  reason: GuestRefusal | 'who_missing' | 'who_long' | 'remark_long' | 'items_missing',
  { t }: ClickContext,
): ClickOutcome | null {
  if (reason === 'gone') return { toast: warning(t('notice.old_card')) };
  if (reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
  return reason === 'not_invited' ? { toast: failure(t('meeting.review_guest.not_invited')) } : null;
}
function problem(result: Exclude<ReviewChecklistResult, { ok: true }>, { t }: ClickContext): string {
  if (result.reason !== 'items_missing') return t('meeting.problem.remark_long');
  const items = result.items.map((item) => t(`meeting.review_guest.items.${item}`)).join(t('common.and'));
  return t('meeting.problem.items_missing', { items });
}

export const reviewGuestActions: readonly ActionDefinition[] = [
  privately('review_guest_show', async (context) => {
    const shown = await invitation(context, context.action.r, null);
    return shown.card === undefined ? { toast: failure(context.t('meeting.review_guest.not_invited')) } : shown;
  }),
  privately('review_guest_answer', async (context) => {
    const { action, actor, form, t, write } = context;
    const answered = await write((tx) => answerReviewInvitation(tx, actor, action.r, action.c === 1, form));
    if (answered.ok)
      return { toast: success(t('meeting.guest.answered')), ...(await invitation(context, action.r, null)) };
    const known = refused(answered.reason, context);
    if (known !== null) return known;
    const again = answered.reason === 'wrong_state' ? null : form;
    const key = answered.reason === 'who_missing' || answered.reason === 'who_long' ? answered.reason : 'wrong_state';
    return { toast: warning(t(`meeting.problem.${key}`)), ...(await invitation(context, action.r, again)) };
  }),
  // In the chat of the branch the card stays as it is; in private it turns to the checklist.
  defineAction('review_guest_sign_in', async (context) => {
    const { action, actor, chat, t, write } = context;
    const signed = await write((tx) => signInAsGuest(tx, actor, action.r));
    const shown = chat.group ? {} : await invitation(context, action.r, null);
    if (signed.ok) return { toast: success(t('review.sign_in.ok')), ...shown };
    if (signed.reason === 'again') return { toast: info(t('review.sign_in.again')), ...shown };
    if (signed.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (signed.reason === 'not_open') return { toast: warning(t('meeting.problem.not_open')), ...shown };
    return { toast: failure(t('meeting.review_guest.not_invited')) };
  }),
  privately('review_guest_check', async (context) => {
    const { action, actor, form, now, t, write } = context;
    const filed = await write((tx) => fileReviewChecklist(tx, actor, action.r, form, now));
    if (filed.ok) return { toast: success(t('meeting.guest.filed')), ...(await invitation(context, action.r, null)) };
    const known = refused(filed.reason, context);
    if (known !== null) return known;
    if (filed.reason === 'wrong_state')
      return { toast: warning(t('meeting.problem.wrong_state')), ...(await invitation(context, action.r, null)) };
    return { toast: warning(problem(filed, context)), ...(await invitation(context, action.r, form)) };
  }),
  privately('review_guests', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null) return { toast: warning(t('notice.old_card')) };
    if (!onCommittee(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'review_guests', args: { review: review.id } } };
  }),
];
