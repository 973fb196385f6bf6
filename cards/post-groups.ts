/** The post groups of a branch and their individual stars, as its secretary sets them up (R45, A39). */
import { z } from 'zod';
import { type Block, button, type Button, type Card, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { POST_GROUPS_MAX, POST_NAME_MAX, type PostPlan } from '../src/domain/post-plan.ts';
import { findBranch } from '../src/store/roster.ts';
import { type PostDesk, postDesk } from '../src/usecases/stars/post-draft.ts';
import { yearsName } from '../src/term-name.ts';
import { readerOf } from './shared/actor.ts';
import { day } from './shared/when.ts';

export interface PostGroupsView extends PostDesk {
  branchName: string;
  stars: readonly { key: string; zh: string; en: string }[];
  /** Name of a new group that was refused. */
  typed: string;
}
/** Null for who does not run the branch. */
export async function loadPosts(year: number, context: CardContext, typed = ''): Promise<PostGroupsView | null> {
  const { read, use, now } = context;
  const actor = await readerOf(context);
  const desk = actor === null ? null : await postDesk(read, { use, actor, year, now });
  if (actor === null || desk === null) return null;
  const branchName = (await findBranch(read, actor.branch))?.name ?? '';
  return { ...desk, branchName, stars: use.years.of(year).catalogue.member, typed };
}

/** One field for the name of a group. */
export const postNameForm = ({ t }: RenderContext, name: string, initial: string, save: Button): Block => ({
  kind: 'form',
  name,
  fields: [
    {
      kind: 'input',
      name: 'name',
      label: t('stars.posts.name'),
      placeholder: t('stars.posts.name_hint', { max: POST_NAME_MAX }),
      multiline: false,
      maxLength: POST_NAME_MAX,
      required: false, // the server says what is missing
      ...(initial === '' ? {} : { initial }),
    },
  ],
  buttons: [save],
});

const TONES = { draft: 'blue', returned: 'orange', submitted: 'grey', approved: 'green' } as const;

function groupLines({ groups }: PostPlan, stars: PostGroupsView['stars'], { t, locale }: RenderContext): string[] {
  const lang = locale === 'en' ? 'en' : 'zh';
  return groups.map(({ name, members, stars: own }) => {
    const names = own.map(({ key }) => stars.find((star) => star.key === key)?.[lang] ?? '').join(t('common.and'));
    return t('stars.posts.line', {
      name,
      members: members.length,
      stars: names === '' ? t('stars.posts.no_stars') : names,
    });
  });
}

export function renderPosts(view: PostGroupsView, context: RenderContext): Card {
  const { t, locale, terms } = context;
  const { year: y, row, plan, open, max } = view;
  const state = row?.state ?? 'draft';
  const inForce = row !== null && row.approved !== null;
  const submit = button('submit_all', t('stars.posts.submit'), { a: 'post_submit', y }, 'primary', {
    title: t('stars.posts.submit_sure_title'),
    text: t('stars.posts.submit_sure'),
  });
  const steps: Button[] = [
    ...(open && state !== 'approved' && (plan.groups.length > 0 || inForce) ? [submit] : []),
    ...(state === 'submitted' ? [button('withdraw', t('stars.posts.withdraw'), { a: 'post_withdraw', y })] : []),
    button('open_branch', t('stars.posts.to_commitments'), { a: 'commit_show', y, w: 'branch', n: 0 }),
  ];
  const add = button(
    'add_group',
    t('stars.posts.add'),
    { a: 'post_add', y },
    plan.groups.length === 0 ? 'primary' : 'default',
  );
  return {
    title: t('stars.posts.title', { branch: view.branchName, year: y }),
    subtitle: t(`stars.posts.state.${state}`),
    tone: TONES[state],
    blocks: [
      text(t('stars.posts.intro', { max })),
      text(t('stars.posts.who', { years: yearsName(t, terms.sheets_years) }), 'muted'),
      ...(state === 'returned' && row !== null
        ? [text(t('stars.posts.returned', { comment: row.comment }), 'warn')]
        : []),
      ...(state === 'submitted' && row?.replyBy
        ? [text(t('stars.posts.wait', { date: day(row.replyBy, locale) }))]
        : []),
      ...(inForce && state !== 'approved' ? [text(t('stars.posts.in_force'), 'muted')] : []),
      ...(plan.groups.length === 0
        ? [text(t('stars.posts.none'))]
        : [
            list(groupLines(plan, view.stars, context)),
            {
              kind: 'buttons',
              buttons: plan.groups.map((group, i) =>
                button(`group_${i + 1}`, group.name, { a: 'post_show', y, g: group.id }),
              ),
              compact: true,
            } satisfies Block,
          ]),
      ...(open && plan.groups.length < POST_GROUPS_MAX ? [postNameForm(context, 'post_group', view.typed, add)] : []),
      { kind: 'buttons', buttons: steps },
    ],
  };
}
export const postGroupsCard = defineCard({
  name: 'post_groups',
  audience: 'person',
  args: z.object({ year: z.int() }),
  view: ({ year }, context) => loadPosts(year, context),
  render: renderPosts,
});
