import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { day } from '../../cards/shared/when.ts';
import { findObjection } from '../store/objections.ts';
import { findReview } from '../store/reviews.ts';
import { findSheet } from '../store/sheets.ts';
import { decideObjection, fileObjection } from '../usecases/review/objection.ts';
import { deciders, decidesAs } from '../usecases/review/objection-people.ts';
import { recount } from '../usecases/review/recount.ts';

/** The button pressed says how the case was decided. */
const OUTCOMES: ReadonlyMap<string, 'upheld' | 'rejected'> = new Map([
  ['uphold', 'upheld'],
  ['reject', 'rejected'],
]);

export const objectionActions: readonly ActionDefinition[] = [
  defineAction('recount', async ({ action, actor, use, now, t, write }) => {
    const outcome = await write(async (tx) => {
      const objection = await findObjection(tx, action.o);
      const review = objection === null ? null : await findReview(tx, objection.review);
      if (objection === null || review === null) return null;
      if ((await decidesAs(tx, use, actor, review, objection)) === null) return 'not_decider' as const;
      return recount(tx, use, actor, review, now);
    });
    if (outcome === null) return { toast: warning(t('notice.old_card')) };
    if (outcome === 'not_decider') return { toast: failure(t('result.object_decide_problem.not_decider')) };
    if (!outcome.ok) return { toast: warning(t(`result.recount_problem.${outcome.reason}`)) };
    const { sheets: n, equal } = outcome.value;
    return { toast: equal ? success(t('result.recount_equal', { n })) : failure(t('result.recount_differs')) };
  }),
  defineAction('objection_form', async ({ action, actor, use, t }) =>
    (await findSheet(use.db.read, action.r, actor.employeeNo)) === null
      ? { toast: warning(t('result.object_problem.objection_none')) }
      : { card: { card: 'objection_form', args: { review: action.r } } },
  ),
  defineAction('objection_file', async ({ action, actor, use, form, now, t, locale, write }) => {
    const filed = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null ? null : fileObjection(tx, use, actor, review, form.text ?? '', now);
    });
    if (filed === null) return { toast: warning(t('notice.old_card')) };
    const card = { card: 'objection_form', args: { review: action.r } };
    if (filed.ok) return { toast: success(t('result.object_ok', { by: day(filed.value.decideBy, locale) })), card };
    // A text that is too long stays on the card to be shortened; whoever can file nothing at all sees how things stand.
    const answered = filed.reason !== 'empty' && filed.reason !== 'too_long' && filed.reason !== 'objection_none';
    return { toast: warning(t(`result.object_problem.${filed.reason}`)), ...(answered ? { card } : {}) };
  }),
  // Pressing it says that there is no declared relation (F17); that is not stored, only who steps aside is.
  defineAction('objection_open', async ({ action, actor, use, t }) => {
    const objection = await findObjection(use.db.read, action.o);
    const review = objection === null ? null : await findReview(use.db.read, objection.review);
    if (objection === null || review === null) return { toast: warning(t('notice.old_card')) };
    if (objection.state !== 'open') return { toast: warning(t('result.object_decide_problem.decided')) };
    if (!(await deciders(use.db.read, use, review, objection)).includes(actor.employeeNo))
      return { toast: failure(t('result.object_decide_problem.not_decider')) };
    return { card: { card: 'objection_case', args: { objection: action.o, opened: 1 } } };
  }),
  defineAction('objection_decide', async ({ action, actor, use, form, buttonName, now, t, write }) => {
    const outcome = OUTCOMES.get(buttonName);
    const decided = await write(async (tx) => {
      const objection = await findObjection(tx, action.o);
      const review = objection === null ? null : await findReview(tx, objection.review);
      if (objection === null || review === null || outcome === undefined) return null;
      return decideObjection(tx, use, actor, review, objection, outcome, form.answer ?? '', now);
    });
    if (decided === null) return { toast: warning(t('notice.old_card')) };
    const card = { card: 'objection_case', args: { objection: action.o } };
    if (decided.ok) return { toast: success(t('result.object_decided')), card };
    if (decided.reason === 'not_decider') return { toast: failure(t('result.object_decide_problem.not_decider')) };
    return {
      toast: warning(t(`result.object_decide_problem.${decided.reason}`)),
      ...(decided.reason === 'decided' ? { card } : {}),
    };
  }),
];
