/** Looking at results: one's own, and for those entitled another person's, which that person can see was looked at. */
import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { appendAudit } from '../store/audit.ts';
import { findReview } from '../store/reviews.ts';
import { findBranch } from '../store/roster.ts';
import { acknowledgeSheet, findSheet, recordView, recordViewOfAll } from '../store/sheets.ts';
import { seesScores } from '../usecases/access.ts';

export const resultActions: readonly ActionDefinition[] = [
  defineAction('my_result', async ({ action, actor, use, t }) => {
    if ((await findSheet(use.db.read, action.r, actor.employeeNo)) === null)
      return { toast: warning(t('notice.old_card')) };
    return { card: { card: 'my_result', args: { review: action.r } } };
  }),
  defineAction('acknowledge', async ({ action, actor, t, write }) => {
    const changed = await write((tx) => acknowledgeSheet(tx, action.r, actor.employeeNo));
    if (changed === 0) return { toast: warning(t('notice.old_card')) };
    return { toast: success(t('result.acknowledged')), card: { card: 'my_result', args: { review: action.r } } };
  }),
  defineAction('scores', async ({ action, actor, now, t, write }) => {
    const seen = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      const branch = review === null ? null : await findBranch(tx, review.branch);
      if (review === null || branch === null || !seesScores(actor, branch)) return false;
      await recordViewOfAll(tx, review.id, actor.employeeNo, now);
      return true;
    });
    return seen
      ? { card: { card: 'scores', args: { review: action.r } } }
      : { toast: failure(t('notice.not_allowed_results')) };
  }),
  defineAction('person_result', async ({ action, actor, now, t, write }) => {
    const outcome = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      const branch = review === null ? null : await findBranch(tx, review.branch);
      if (review === null || branch === null || (await findSheet(tx, review.id, action.p)) === null) return 'gone';
      if (!seesScores(actor, branch)) return 'refused';
      if (actor.employeeNo !== action.p) {
        await recordView(tx, review.id, action.p, actor.employeeNo, now);
        await appendAudit(tx, {
          at: now,
          actor: actor.employeeNo,
          act: 'sheet_viewed',
          object: review.id,
          detail: { person: action.p },
        });
      }
      return 'shown';
    });
    if (outcome === 'gone') return { toast: warning(t('notice.old_card')) };
    if (outcome === 'refused') return { toast: failure(t('notice.not_allowed_results')) };
    return { card: { card: 'person_result', args: { review: action.r, person: action.p } } };
  }),
];
