/** The secretary's changes to the due list, the categories for missing self-reviews, electors nothing waits for, and who is rated otherwise. */
import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { mayExcuseElectors } from '../domain/review.ts';
import { findReview } from '../store/reviews.ts';
import { runsReview } from '../usecases/access.ts';
import { saveDueList } from '../usecases/review/due-list.ts';
import { saveElectorExcuses } from '../usecases/review/elector-excuses.ts';
import { saveRatings } from '../usecases/review/ratings.ts';
import { saveExcuses } from '../usecases/review/self-review.ts';

export const dueListActions: readonly ActionDefinition[] = [
  defineAction('due_page', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'due_edit', args: { review: review.id, page: action.p } } };
  }),
  defineAction('due_save', async ({ action, actor, form, now, t, write }) => {
    const saved = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : saveDueList(tx, actor, review, form, now);
    });
    if (saved === null) return { toast: warning(t('notice.old_card')) };
    if (!saved.ok)
      return { toast: warning(saved.reason === 'locked' ? t('review.due.locked') : t('notice.not_secretary')) };
    return {
      toast: success(t('review.due.saved', { due: saved.value.due })),
      card: { card: 'due_edit', args: { review: action.r, page: action.p } },
    };
  }),
  defineAction('excuse_list', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'excuse_edit', args: { review: review.id, page: action.p } } };
  }),
  defineAction('excuse_save', async ({ action, actor, form, now, t, write }) => {
    const saved = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : saveExcuses(tx, actor, review, form, now);
    });
    if (saved === null) return { toast: warning(t('notice.old_card')) };
    if (!saved.ok) {
      if (saved.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
      if (saved.reason === 'closed') return { toast: warning(t('review.self.closed')) };
      const card = { card: 'excuse_edit', args: { review: action.r, page: action.p } };
      return { toast: warning(t('review.excuse.not_listed')), card };
    }
    return {
      toast: success(t('review.excuse.saved')),
      card: { card: 'excuse_edit', args: { review: action.r, page: action.p } },
    };
  }),
  defineAction('elector_excuses', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    if (!mayExcuseElectors(review)) return { toast: warning(t('review.elector_excuse.locked')) };
    return { card: { card: 'elector_excuse', args: { review: review.id, page: action.p } } };
  }),
  defineAction('elector_excuse_save', async ({ action, actor, form, now, t, write }) => {
    const saved = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : saveElectorExcuses(tx, actor, review, form, now);
    });
    if (saved === null) return { toast: warning(t('notice.old_card')) };
    const card = { card: 'elector_excuse', args: { review: action.r, page: action.p } };
    if (saved.ok) return { toast: success(t('review.elector_excuse.saved')), card };
    return saved.reason === 'not_secretary'
      ? { toast: failure(t('notice.not_secretary')) }
      : { toast: warning(t(`review.elector_excuse.${saved.reason}`)), card };
  }),
  defineAction('rating_list', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'rating_edit', args: { review: review.id, page: action.p } } };
  }),
  defineAction('rating_save', async ({ action, actor, form, now, t, write }) => {
    const saved = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : saveRatings(tx, actor, review, form, now);
    });
    if (saved === null) return { toast: warning(t('notice.old_card')) };
    const card = { card: 'rating_edit', args: { review: action.r, page: action.p } };
    if (saved.ok) return { toast: success(t('review.rating.saved')), card };
    return saved.reason === 'not_secretary'
      ? { toast: failure(t('notice.not_secretary')) }
      : { toast: warning(t(`review.rating.${saved.reason}`)), card };
  }),
];
