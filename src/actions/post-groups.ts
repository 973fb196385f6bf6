/** Setting up post groups and individual stars. A refused form comes back as it was typed. */
import { renderPostGroup, renderPostMembers, renderPostStar, PICK_PER_PAGE } from '../../cards/post-group.ts';
import { loadPosts, type PostGroupsView, renderPosts } from '../../cards/post-groups.ts';
import { day } from '../../cards/shared/when.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import type { Card } from '../card.ts';
import { INDICATOR_MAX, POST_GROUPS_MAX, POST_NAME_MAX, type PostGroup } from '../domain/post-plan.ts';
import {
  addPostGroup,
  type PostEdit,
  removePostGroup,
  removePostStar,
  renamePostGroup,
  savePostMembers,
  savePostStar,
} from '../usecases/stars/post-draft.ts';
import { type PostRefusal, submitPosts, withdrawPosts } from '../usecases/stars/post-submit.ts';
import { privately } from './privately.ts';
import { topicText } from './topic-text.ts';

const editing = ({ use, actor, now, action }: ClickContext & { action: { y: number } }): PostEdit => ({
  use,
  actor,
  now,
  year: action.y,
});

/** The list of groups; an error for who may not see it. */
async function desk(context: ClickContext, year: number, typed = ''): Promise<ClickOutcome> {
  const view = await loadPosts(year, cardContext(context), typed);
  return view === null
    ? { toast: failure(context.t('stars.posts.problem.not_secretary')) }
    : { card: { ready: renderPosts(view, context) } };
}
/** A card about one group; the list where it is gone. */
async function inGroup(
  context: ClickContext,
  { y, g }: { y: number; g: string },
  render: (view: PostGroupsView, group: PostGroup) => Card,
): Promise<ClickOutcome> {
  const view = await loadPosts(y, cardContext(context));
  if (view === null) return { toast: failure(context.t('stars.posts.problem.not_secretary')) };
  const group = view.plan.groups.find(({ id }) => id === g);
  return { card: { ready: group === undefined ? renderPosts(view, context) : render(view, group) } };
}
const group = (context: ClickContext, at: { y: number; g: string }, typed?: string): Promise<ClickOutcome> =>
  inGroup(context, at, (view, one) => renderPostGroup(view, one, context, typed));

function problemText({ t, locale }: ClickContext, refusal: PostRefusal): string {
  switch (refusal.reason) {
    case 'topic':
      return topicText(t, locale, refusal.topic);
    case 'name_long':
      return t('stars.posts.problem.name_long', { max: POST_NAME_MAX });
    case 'indicator_long':
      return t('stars.posts.problem.indicator_long', { max: INDICATOR_MAX });
    case 'too_many_groups':
      return t('stars.posts.problem.too_many_groups', { max: POST_GROUPS_MAX });
    case 'too_many_stars':
      return t('stars.posts.problem.too_many_stars', { max: refusal.max });
    case 'group_without_member':
    case 'group_without_star':
      return t(`stars.posts.problem.${refusal.reason}`, { group: refusal.group });
    case 'not_secretary':
    case 'year_closed':
    case 'handed_in':
    case 'not_handed_in':
    case 'gone':
    case 'off':
    case 'name_missing':
    case 'name_taken':
    case 'star_missing':
    case 'indicator_missing':
    case 'indicator_twice':
    case 'no_groups':
      return t(`stars.posts.problem.${refusal.reason}`);
  }
}
/** What is wrong, over the card that is true now. */
async function refused(
  context: ClickContext,
  refusal: PostRefusal,
  card: () => Promise<ClickOutcome>,
): Promise<ClickOutcome> {
  const text = problemText(context, refusal);
  return refusal.reason === 'not_secretary' ? { toast: failure(text) } : { ...(await card()), toast: warning(text) };
}
const saved = (context: ClickContext, outcome: ClickOutcome, key: 'saved' | 'removed' = 'saved'): ClickOutcome => ({
  ...outcome,
  toast: success(context.t(`stars.posts.${key}`)),
});

const groups: readonly ActionDefinition[] = [
  privately('post_list', (context) => desk(context, context.action.y)),
  privately('post_show', (context) => group(context, context.action)),
  privately('post_add', async (context) => {
    const { action, form, write } = context;
    const done = await write((tx) => addPostGroup(tx, editing(context), form));
    if (!done.ok) return refused(context, done, () => desk(context, action.y, form.name ?? ''));
    return saved(context, await group(context, { y: action.y, g: done.group }));
  }),
  privately('post_rename', async (context) => {
    const { action, form, write } = context;
    const done = await write((tx) => renamePostGroup(tx, editing(context), action.g, form));
    if (!done.ok) return refused(context, done, () => group(context, action, form.name));
    return saved(context, await group(context, action));
  }),
  privately('post_remove', async (context) => {
    const { action, write } = context;
    const done = await write((tx) => removePostGroup(tx, editing(context), action.g));
    if (!done.ok) return refused(context, done, () => group(context, action));
    return saved(context, await desk(context, action.y), 'removed');
  }),
];

const membersAndStars: readonly ActionDefinition[] = [
  privately('post_members', (context) =>
    inGroup(context, context.action, (view, one) => renderPostMembers(view, one, context.action.p, context)),
  ),
  privately('post_pick', async (context) => {
    const { action, form, write } = context;
    const done = await write((tx) => savePostMembers(tx, editing(context), action.g, form));
    if (!done.ok) return refused(context, done, () => group(context, action));
    const next = action.p + 1;
    const outcome = await inGroup(context, action, (view, one) =>
      next * PICK_PER_PAGE < view.people.length
        ? renderPostMembers(view, one, next, context)
        : renderPostGroup(view, one, context),
    );
    return saved(context, outcome);
  }),
  privately('post_star', (context) =>
    inGroup(context, context.action, (view, one) => renderPostStar(view, one, context.action.k ?? null, {}, context)),
  ),
  privately('post_star_save', async (context) => {
    const { action, form, write } = context;
    const done = await write((tx) => savePostStar(tx, editing(context), action.g, form, action.k));
    if (done.ok) return saved(context, await group(context, action));
    return refused(context, done, () =>
      inGroup(context, action, (view, one) => renderPostStar(view, one, action.k ?? null, form, context)),
    );
  }),
  privately('post_star_remove', async (context) => {
    const { action, write } = context;
    const done = await write((tx) => removePostStar(tx, editing(context), action.g, action.k));
    if (!done.ok) return refused(context, done, () => group(context, action));
    return saved(context, await group(context, action));
  }),
];

const handing: readonly ActionDefinition[] = [
  privately('post_submit', async (context) => {
    const { action, t, locale, write } = context;
    const done = await write((tx) => submitPosts(tx, editing(context)));
    if (!done.ok) return refused(context, done, () => desk(context, action.y));
    const toast =
      done.asked === 0
        ? warning(t('stars.posts.submitted_nobody'))
        : success(t('stars.posts.submitted', { date: day(done.replyBy, locale) }));
    return { ...(await desk(context, action.y)), toast };
  }),
  privately('post_withdraw', async (context) => {
    const { action, t, write } = context;
    const done = await write((tx) => withdrawPosts(tx, editing(context)));
    if (!done.ok) return refused(context, done, () => desk(context, action.y));
    return { ...(await desk(context, action.y)), toast: success(t('stars.posts.withdrawn')) };
  }),
];

export const postGroupActions: readonly ActionDefinition[] = [...groups, ...membersAndStars, ...handing];
