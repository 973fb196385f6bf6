/** Looking stars up, and keeping the items that branch and unit hang on them. A refused form comes back as it was typed. */
import { loadStarItem, renderStarItem } from '../../cards/star-item.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { ITEM_NAME_MAX, ITEMS_MAX, type StarItemLevel } from '../domain/star-item.ts';
import { schemeNow } from '../usecases/scheme/year-schemes.ts';
import { allStars, closeStarItem, saveStarItem, type StarItemRefusal } from '../usecases/stars/items.ts';
import { privately } from './privately.ts';
import { topicText } from './topic-text.ts';

const LIST = { card: { card: 'stars', args: { page: 0 } } };

async function form(
  context: ClickContext,
  of: { level: StarItemLevel } | { item: string },
  page: number,
): Promise<ClickOutcome> {
  const view = await loadStarItem(of, page, context.form, cardContext(context));
  return view === null
    ? { toast: failure(context.t('stars.items.problem.not_keeper')) }
    : { card: { ready: renderStarItem(view, context) } };
}
function problemText({ t, locale }: ClickContext, refusal: StarItemRefusal): string {
  switch (refusal.reason) {
    case 'topic':
      return topicText(t, locale, refusal.topic);
    case 'name_long':
      return t('stars.items.problem.name_long', { max: ITEM_NAME_MAX });
    case 'too_many':
      return t('stars.items.problem.too_many', { max: ITEMS_MAX });
    case 'not_keeper':
    case 'gone':
    case 'over':
    case 'duplicate':
    case 'name_missing':
    case 'star_missing':
    case 'from_missing':
    case 'to_missing':
    case 'to_before_from':
    case 'to_past':
    case 'to_far':
    case 'owner_unknown':
      return t(`stars.items.problem.${refusal.reason}`);
  }
}

export const starActions: readonly ActionDefinition[] = [
  privately('stars_list', async ({ action }) => ({ card: { card: 'stars', args: { page: action.p } } })),
  privately('star_show', async ({ action, use, now, t }) =>
    allStars(schemeNow(use, now).catalogue).some(({ key }) => key === action.k)
      ? { card: { card: 'star', args: { star: action.k } } }
      : { toast: warning(t('notice.old_card')), ...LIST },
  ),
  privately('star_item_new', (context) => form(context, { level: context.action.l }, context.action.p)),
  privately('star_item_show', (context) => form(context, { item: context.action.i }, context.action.p)),
  privately('star_item_save', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const done = await write((tx) => saveStarItem(tx, use, actor, action.l, context.form, now, action.i));
    if (done.ok) return { toast: success(t('stars.items.saved')), ...LIST };
    const text = problemText(context, done);
    if (done.reason === 'not_keeper') return { toast: failure(text) };
    if (done.reason === 'gone' || done.reason === 'over') return { toast: warning(text), ...LIST };
    const shown = await form(context, action.i === undefined ? { level: action.l } : { item: action.i }, action.p);
    return { ...shown, toast: warning(text) };
  }),
  privately('star_item_close', async (context) => {
    const { action, actor, now, t, write } = context;
    const done = await write((tx) => closeStarItem(tx, actor, action.i, action.h, now));
    if (done.ok)
      return { toast: success(t(action.h === 'end' ? 'stars.items.ended' : 'stars.items.removed')), ...LIST };
    const text = t(`stars.items.problem.${done.reason}`);
    return done.reason === 'not_keeper' ? { toast: failure(text) } : { toast: warning(text), ...LIST };
  }),
];
