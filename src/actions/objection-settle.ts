/** Correcting the result after an upheld objection: choose, look at what it comes to, confirm. Stepping aside goes with every case. */
import { settleAgain } from '../../cards/objection-settle.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  success,
  warning,
} from '../action-def.ts';
import type { Correction } from '../domain/correction.ts';
import type { Review } from '../domain/review.ts';
import type { Reader } from '../store/db.ts';
import { findObjection, type Objection } from '../store/objections.ts';
import { findReview } from '../store/reviews.ts';
import { stepAside } from '../usecases/review/objection.ts';
import { type Preview, previewCorrection, settleCase, type SettleRefusal } from '../usecases/review/settle.ts';
import { rulesOf } from '../usecases/versions.ts';

async function caseOf(h: Reader, id: string): Promise<{ objection: Objection; review: Review } | null> {
  const objection = await findObjection(h, id);
  const review = objection === null ? null : await findReview(h, objection.review);
  return objection === null || review === null ? null : { objection, review };
}
type Chosen = Correction & { reason: string };
const carried = ({ l, s }: { l: number; s: string }, form: Readonly<Record<string, string>>): Chosen => ({
  liftBar: l === 1,
  outstanding: s === '' ? null : s,
  reason: form.reason ?? '',
});
const chosenIn = (form: Readonly<Record<string, string>>): Chosen => ({
  liftBar: form.bar === 'lift',
  outstanding: form.star === undefined || form.star === '' || form.star === 'none' ? null : form.star,
  reason: form.reason ?? '',
});

async function again(
  context: ClickContext,
  id: string,
  chosen: Chosen,
  preview: Preview | null,
): Promise<Pick<ClickOutcome, 'card'>> {
  const ready = await settleAgain(id, chosen, preview, cardContext(context), context);
  return ready === null ? {} : { card: { ready } };
}
/** The sentence, and the form as it was filled in. */
async function refuse(context: ClickContext, id: string, chosen: Chosen, reason: SettleRefusal): Promise<ClickOutcome> {
  const { t } = context;
  if (reason === 'not_settler') return { toast: failure(t('result.settle_problem.not_settler')) };
  return { toast: warning(await sentence(context, id, reason)), ...(await again(context, id, chosen, null)) };
}
/** Marks an outstanding star needs by the rules of the review an objection is about. */
async function leastScore(h: Reader, id: string): Promise<string> {
  const found = await caseOf(h, id);
  return found === null ? '' : (await rulesOf(h, found.review.rules)).outstanding.min_score;
}
/** What the committee is told at the confirmation holds here too. */
async function sentence({ t, use }: ClickContext, id: string, reason: SettleRefusal): Promise<string> {
  switch (reason) {
    case 'not_graded':
    case 'not_tallied':
    case 'unknown_star':
    case 'star_not_won':
    case 'none_allowed':
    case 'too_many_outstanding':
      return t(`result.confirm_problem.${reason}`);
    case 'score_too_low':
      return t('result.confirm_problem.score_too_low', { min: await leastScore(use.db.read, id) });
    case 'not_settler':
    case 'settled':
    case 'reason_missing':
    case 'reason_long':
    case 'no_sheet':
    case 'no_bar':
    case 'named_already':
      return t(`result.settle_problem.${reason}`);
  }
}

export const objectionSettleActions: readonly ActionDefinition[] = [
  defineAction('step_aside', async ({ action, actor, use, now, t, write }) => {
    const aside = await write(async (tx) => {
      const found = await caseOf(tx, action.o);
      return found === null ? null : stepAside(tx, use, actor, found.review, found.objection, now);
    });
    if (aside === null) return { toast: warning(t('notice.old_card')) };
    if (!aside) return { toast: failure(t('result.object_decide_problem.not_decider')) };
    return {
      toast: success(t('result.stepped_aside')),
      card: { card: 'notice', args: { key: 'stepped_aside' } },
    };
  }),
  defineAction('settle_form', async (context) => {
    const shown = await again(context, context.action.o, carried(context.action, context.form), null);
    return shown.card === undefined ? { toast: failure(context.t('result.settle_problem.not_settler')) } : shown;
  }),
  defineAction('settle_preview', async (context) => {
    const { action, actor, use, form, t } = context;
    const found = await caseOf(use.db.read, action.o);
    if (found === null) return { toast: warning(t('notice.old_card')) };
    const chosen = chosenIn(form);
    const { review, objection } = found;
    const preview = await previewCorrection(use.db.read, use, actor, review, objection, chosen, chosen.reason);
    if (!preview.ok) return refuse(context, action.o, chosen, preview.reason);
    return again(context, action.o, chosen, preview.value);
  }),
  defineAction('settle', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const chosen = carried(action, form);
    const settled = await write(async (tx) => {
      const found = await caseOf(tx, action.o);
      if (found === null) return null;
      return settleCase(tx, use, actor, found.review, found.objection, chosen, chosen.reason, now);
    });
    if (settled === null) return { toast: warning(t('notice.old_card')) };
    if (!settled.ok) return refuse(context, action.o, chosen, settled.reason);
    return {
      toast: success(t('result.settle_done')),
      card: { card: 'objection_settle', args: { objection: action.o } },
    };
  }),
];
