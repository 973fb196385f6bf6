/** Writing commitments and handing them in. A refused form comes back as it was typed (F20: in private chats only). */
import { type CommitmentView, loadCommitment, renderCommitment } from '../../cards/commitment.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { ITEM_RESULT_MAX, ITEM_TEXT_MAX } from '../domain/commitment.ts';
import { itemsOf } from '../store/commitments.ts';
import {
  mayWrite,
  ownItem,
  putItem,
  removeItem,
  type SheetKey,
  starsFor,
  submitSheet,
  withdrawSheet,
  type WriteRefusal,
} from '../usecases/commit/sheet.ts';
import { day } from '../../cards/shared/when.ts';
import { privately } from './privately.ts';
import { topicText } from './topic-text.ts';

interface At extends SheetKey {
  /** Page: position of a star. */
  star: number;
}
const at = ({ y: year, w: whose, n: star }: { y: number; w: SheetKey['whose']; n: number }): At => ({
  year,
  whose,
  star,
});

/** The card with these things of its view changed. */
async function shown(
  context: ClickContext,
  key: At,
  over: Partial<CommitmentView> = {},
): Promise<Pick<ClickOutcome, 'card'>> {
  const view = await loadCommitment(key, cardContext(context));
  return view === null ? {} : { card: { ready: renderCommitment({ ...view, ...over }, context) } };
}

function problemText({ t, use, locale }: ClickContext, key: At, refusal: WriteRefusal): string {
  switch (refusal.reason) {
    case 'topic':
      return topicText(t, locale, refusal.topic);
    case 'text_long':
      return t('commit.problem.text_long', { max: ITEM_TEXT_MAX });
    case 'result_long':
      return t('commit.problem.result_long', { max: ITEM_RESULT_MAX });
    case 'due_other_year':
      return t('commit.problem.due_other_year', { year: key.year });
    case 'too_few':
      return t('commit.problem.too_few', { min: refusal.min, have: refusal.have });
    case 'too_many':
      return t('commit.problem.too_many', { max: refusal.max });
    case 'star_without_item': {
      const star = starsFor(use.years.of(key.year).catalogue, key.whose).find((one) => one.key === refusal.star);
      return t('commit.problem.star_without_item', { star: star?.[locale === 'en' ? 'en' : 'zh'] ?? '' });
    }
    case 'star_missing':
    case 'text_missing':
    case 'result_missing':
    case 'due_missing':
    case 'due_past':
    case 'duplicate':
    case 'gone':
    case 'handed_in':
    case 'not_member':
    case 'not_secretary':
    case 'year_closed':
      return t(`commit.problem.${refusal.reason}`);
  }
}
/** What is wrong, and the form as it was typed. */
async function refused(
  context: ClickContext,
  key: At,
  refusal: WriteRefusal,
  editing: string | null,
): Promise<ClickOutcome> {
  const text = problemText(context, key, refusal);
  if (refusal.reason === 'not_member' || refusal.reason === 'not_secretary') return { toast: failure(text) };
  // An item that is gone is not being changed any more: what was typed can be added anew.
  return {
    toast: warning(text),
    ...(await shown(context, key, { typed: context.form, editing: refusal.reason === 'gone' ? null : editing })),
  };
}
const pageOf = ({ use }: ClickContext, key: At, star: string): At => {
  const index = starsFor(use.years.of(key.year).catalogue, key.whose).findIndex((one) => one.key === star);
  return { ...key, star: index === -1 ? key.star : index };
};

export const commitmentActions: readonly ActionDefinition[] = [
  privately('commit_show', async (context) => {
    const { action, actor, t } = context;
    if (!mayWrite(actor, action.w))
      return { toast: failure(t(action.w === 'own' ? 'commit.problem.not_member' : 'commit.problem.not_secretary')) };
    return shown(context, at(action));
  }),
  privately('commit_put', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const key = at(action);
    const put = await write((tx) => putItem(tx, use, actor, key, form, now, action.i));
    if (!put.ok) return refused(context, key, put, action.i ?? null);
    const n = (await itemsOf(use.db.read, put.sheet.id)).length;
    const toast = success(action.i === undefined ? t('commit.added', { n }) : t('commit.saved'));
    return { toast, ...(await shown(context, pageOf(context, key, form.star ?? ''))) };
  }),
  privately('commit_edit', async (context) => {
    const { action, actor, use, t } = context;
    const own = await ownItem(use.db.read, actor, action.i);
    if (own === null) return { toast: warning(t('notice.old_card')) };
    const { id, ...typed } = own.item;
    return shown(context, pageOf(context, { ...own.key, star: 0 }, typed.star), { typed, editing: id });
  }),
  privately('commit_remove', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const own = await ownItem(use.db.read, actor, action.i);
    const removed = await write((tx) => removeItem(tx, use, actor, action.i, now));
    if (own === null || (!removed.ok && removed.reason === 'gone')) return { toast: warning(t('notice.old_card')) };
    const key = pageOf(context, { ...own.key, star: 0 }, own.item.star);
    if (!removed.ok) return refused(context, key, removed, null);
    const { id: _id, ...typed } = removed.removed;
    return { toast: success(t('commit.removed')), ...(await shown(context, key, { typed })) };
  }),
  privately('commit_submit', async (context) => {
    const { action, actor, use, form, now, t, locale, write } = context;
    const key = at(action);
    const done = await write((tx) => submitSheet(tx, use, actor, key, form, now, action.i));
    if (done.ok && done.asked === 0)
      return { toast: warning(t('commit.submitted_nobody')), ...(await shown(context, key)) };
    if (done.ok)
      return {
        toast: success(t('commit.submitted', { date: day(done.sheet.replyBy ?? '', locale) })),
        ...(await shown(context, key)),
      };
    if (done.added !== true) return refused(context, key, done, action.i ?? null);
    return {
      toast: warning(`${t('commit.submitted_added')} ${problemText(context, key, done)}`),
      ...(await shown(context, pageOf(context, key, form.star ?? ''))),
    };
  }),
  privately('commit_withdraw', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const key = { year: action.y, whose: action.w, star: 0 };
    const done = await write((tx) => withdrawSheet(tx, use, actor, key, now));
    if (done.ok) return { toast: success(t('commit.withdrawn')), ...(await shown(context, key)) };
    if (done.reason === 'decided')
      return { toast: warning(t('commit.problem.decided')), ...(await shown(context, key)) };
    return refused(context, key, done, null);
  }),
];
