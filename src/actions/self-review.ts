/** Filing a self-review, a member's or the branch's. A refused form comes back filled in. */
import { selfReviewAgain } from '../../cards/self-review.ts';
import {
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  success,
  warning,
} from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import { findReview } from '../store/reviews.ts';
import { findBranch } from '../store/roster.ts';
import { runsReview, seesScores } from '../usecases/access.ts';
import { type FileResult, fileSelfReview, SELF_TEXT_MAX, writesSelfReview } from '../usecases/review/self-review.ts';

type Kind = 'own' | 'branch';
const CARD: Readonly<Record<Kind, string>> = { own: 'self_review', branch: 'branch_review' };

/** What is wrong with a form, the first thing first. */
function problemText({ problems }: Extract<FileResult, { reason: 'form' }>, { t, locale }: ClickContext): string {
  const name = (star: { zh: string; en: string }) => star[locale === 'en' ? 'en' : 'zh'];
  const [bad] = problems.badStars;
  if (bad !== undefined) return t('review.self.bad_mark', { star: name(bad) });
  const [long] = problems.longTexts;
  if (long !== undefined) return t('review.self.too_long', { field: t(`review.self.${long}`), max: SELF_TEXT_MAX });
  const missing = [
    ...problems.missingStars.map(name),
    ...problems.missingTexts.map((field) => t(`review.self.${field}`)),
  ];
  return t('review.self.missing', { fields: missing.join(t('common.and')) });
}

async function file(context: ClickContext, r: string, kind: Kind): Promise<ClickOutcome> {
  const { actor, use, form, now, t, locale, write } = context;
  const result = await write(async (tx): Promise<FileResult | null> => {
    const review = await findReview(tx, r);
    return review === null ? null : fileSelfReview(tx, actor, review, kind, form, now);
  });
  if (result === null) return { toast: warning(t('notice.old_card')) };
  const current = { card: { card: CARD[kind], args: { review: r } } };
  if (result.ok) return { toast: success(t('review.self.saved')), ...current };
  switch (result.reason) {
    case 'closed':
      return { toast: warning(t('review.self.closed')), ...current };
    case 'not_member':
      return { toast: failure(t('review.self.not_member')) };
    case 'not_secretary':
      return { toast: failure(t('notice.not_secretary')) };
    case 'form': {
      const again = await selfReviewAgain(
        r,
        kind,
        form,
        { use, read: use.db.read, viewer: { person: actor.employeeNo, locale }, now },
        context,
      );
      return { toast: warning(problemText(result, context)), ...(again === null ? {} : { card: { ready: again } }) };
    }
  }
}

/** The committee and the unit's leaders read (domain.md section 5); everybody else hears it in the meeting. */
const reading = async ({ actor, use, t }: ClickContext, r: string, card: CardRef): Promise<ClickOutcome> => {
  const review = await findReview(use.db.read, r);
  const branch = review && (await findBranch(use.db.read, review.branch));
  return branch !== null && (seesScores(actor, branch) || runsReview(actor, branch.code))
    ? { card }
    : { toast: failure(t('notice.not_committee')) };
};

export const selfReviewActions: readonly ActionDefinition[] = [
  defineAction('self_reviews', (context) =>
    reading(context, context.action.r, { card: 'self_reviews', args: { review: context.action.r } }),
  ),
  defineAction('self_review_read', (context) =>
    reading(context, context.action.r, {
      card: 'self_review_text',
      args: { review: context.action.r, person: context.action.p },
    }),
  ),
  defineAction('self_review', (context) => file(context, context.action.r, 'own')),
  defineAction('branch_review', (context) => file(context, context.action.r, 'branch')),
  defineAction('self_review_open', async ({ action, actor, use, t }) =>
    (await writesSelfReview(use.db.read, action.r, actor.employeeNo))
      ? { card: { card: CARD.own, args: { review: action.r } } }
      : { toast: failure(t('review.self.not_member')) },
  ),
  defineAction('branch_review_open', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !runsReview(actor, review.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: CARD.branch, args: { review: review.id } } };
  }),
];
