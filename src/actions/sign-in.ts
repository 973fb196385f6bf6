import { type ActionDefinition, defineAction, info, success, warning } from '../action-def.ts';
import { findReview } from '../store/reviews.ts';
import { signIn } from '../usecases/review/meeting.ts';

/** The card in the group chat stays as it is; only the one who tapped sees the answer. */
export const signInActions: readonly ActionDefinition[] = [
  defineAction('sign_in', async ({ action, actor, now, t, write }) => {
    const signed = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : signIn(tx, actor, review, now);
    });
    if (signed === null) return { toast: warning(t('notice.old_card')) };
    if (signed.ok) return { toast: success(t('review.sign_in.ok')) };
    return { toast: (signed.reason === 'again' ? info : warning)(t(`review.sign_in.${signed.reason}`)) };
  }),
];
