import { meetingTerms, renderMeetingForm } from '../../cards/meeting-notice.ts';
import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { findReview } from '../store/reviews.ts';
import { runsReview } from '../usecases/access.ts';
import { giveNotice, noticeDaysOf } from '../usecases/review/meeting-notice.ts';
import { workingDaysName } from '../term-name.ts';
import { consoleRef } from './review-steps.ts';

export const meetingNoticeActions: readonly ActionDefinition[] = [
  defineAction('meeting_form', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'meeting_form', args: { review: review.id } } };
  }),
  defineAction('meeting_notice', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const given = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : { review, result: await giveNotice(tx, use, actor, review, form, now) };
    });
    if (given === null) return { toast: warning(t('notice.old_card')) };
    const { review, result } = given;
    if (result.ok)
      return {
        toast: (result.value.short ? warning : success)(
          result.value.short
            ? t('review.notice.sent_short', { days: workingDaysName(t, await noticeDaysOf(use.db.read, review)) })
            : t('review.notice.sent'),
        ),
        card: consoleRef(review.id),
      };
    if (result.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    if (result.reason === 'wrong_state')
      return {
        toast: warning(t('notice.wrong_state', { state: t(`review.state.${review.state}`) })),
        card: consoleRef(review.id),
      };
    return {
      toast: warning(t(`review.notice.problem.${result.reason}`)),
      card: {
        ready: renderMeetingForm(
          {
            review: review.id,
            period: review.period,
            ...(await meetingTerms(use.db.read, review)),
            values: form,
          },
          context,
        ),
      },
    };
  }),
];
