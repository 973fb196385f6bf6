/** The committee's confirmation, page by page, and the hearing before stars are barred. */
import { confirmationAgain } from '../../cards/confirmation.ts';
import {
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  info,
  success,
  warning,
} from '../action-def.ts';
import { findReview } from '../store/reviews.ts';
import { findPerson, namesOf } from '../store/roster.ts';
import { decidesReview } from '../usecases/access.ts';
import { type ConfirmRefusal, confirmResults, keepDecisions, stateOwnSide } from '../usecases/review/confirm.ts';
import { rulesOf } from '../usecases/versions.ts';
import { workingDaysName } from '../term-name.ts';
import { consoleRef } from './review-steps.ts';

const page = (review: string, p: number): ClickOutcome => ({
  card: { card: 'confirmation', args: { review, page: p } },
});

/** The reason, with the name it is about, and the page as it was filled in. */
async function refuse(
  context: ClickContext,
  review: string,
  shown: number,
  reason: ConfirmRefusal,
  person: string | undefined,
): Promise<ClickOutcome> {
  const { actor, use, form, now, t, locale } = context;
  const found = await findReview(use.db.read, review);
  const min = found === null ? '' : (await rulesOf(use.db.read, found.rules)).outstanding.min_score;
  const said = t(`result.confirm_problem.${reason}`, { min });
  if (reason === 'not_committee') return { toast: failure(said) };
  if (reason === 'wrong_state') return { toast: warning(said), card: consoleRef(review) };
  const about = person === undefined ? null : await findPerson(use.db.read, person);
  const toast = warning(about === null ? said : t('result.confirm_about', { name: about.name, problem: said }));
  const again = await confirmationAgain(
    review,
    shown,
    form,
    { use, read: use.db.read, viewer: { person: actor.employeeNo, locale }, now },
    context,
  );
  return { toast, ...(again === null ? {} : { card: { ready: again } }) };
}

async function listOfNames({ use, t }: ClickContext, people: readonly string[]): Promise<string> {
  const names = await namesOf(use.db.read, people);
  return people.map((person) => names.get(person) ?? '').join(t('common.and'));
}

/** Who is being heard, and for how long by the rules of this review. */
async function hearingText({ use, t }: ClickContext, id: string, names: string): Promise<string> {
  const review = await findReview(use.db.read, id);
  const days = review === null ? 0 : (await rulesOf(use.db.read, review.rules)).hearing.working_days;
  return t('result.confirm_hearing', { names, days: workingDaysName(t, days) });
}

export const confirmationActions: readonly ActionDefinition[] = [
  defineAction('confirm_form', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null || !decidesReview(actor, review.branch)) return { toast: failure(t('notice.not_committee')) };
    if (review.state !== 'tallied')
      return { toast: warning(t('result.confirm_problem.wrong_state')), card: consoleRef(review.id) };
    return page(review.id, action.p);
  }),
  defineAction('confirm_page', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const kept = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : keepDecisions(tx, use, actor, review, form, now);
    });
    if (kept === null) return { toast: warning(t('notice.old_card')) };
    // The button carries the page it leads to.
    if (!kept.ok) return refuse(context, action.r, Math.max(0, action.p - 1), kept.reason, kept.person);
    const asked =
      kept.value.length === 0
        ? {}
        : { toast: info(await hearingText(context, action.r, await listOfNames(context, kept.value))) };
    return { ...page(action.r, action.p), ...asked };
  }),
  defineAction('confirm_results', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const result = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : confirmResults(tx, use, actor, review, form, now);
    });
    if (result === null) return { toast: warning(t('notice.old_card')) };
    if (!result.ok) return refuse(context, action.r, action.p, result.reason, result.person);
    if (result.heard.length > 0)
      return {
        toast: info(await hearingText(context, action.r, result.heard.join(t('common.and')))),
        card: consoleRef(action.r),
      };
    return { toast: success(t('result.confirmed')), card: consoleRef(action.r) };
  }),
  defineAction('hearing_open', async ({ action }) => ({ card: { card: 'hearing', args: { review: action.r } } })),
  defineAction('hearing_statement', async ({ action, actor, use, form, now, t, write }) => {
    const stated = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : stateOwnSide(tx, use, actor, review, (form.statement ?? '').trim(), now);
    });
    if (stated === null) return { toast: warning(t('notice.old_card')) };
    if (stated.ok)
      return { toast: success(t('result.hearing_ok')), card: { card: 'hearing', args: { review: action.r } } };
    return {
      toast: warning(
        stated.reason === 'too_long'
          ? t('review.self.too_long', { field: t('result.hearing_text'), max: 1_000 })
          : t('result.hearing_over'),
      ),
    };
  }),
];
