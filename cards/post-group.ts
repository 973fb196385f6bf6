/** One post group: who is in it, and the forms for its members and for a star of its own (A39). */
import { type Block, button, type Button, type Card, type Field, list, text } from '../src/card.ts';
import type { RenderContext } from '../src/card-def.ts';
import { groupOf, INDICATOR_MAX, INDICATORS_MAX, type PostGroup } from '../src/domain/post-plan.ts';
import { yearsName } from '../src/term-name.ts';
import { type PostGroupsView, postNameForm } from './post-groups.ts';
import { individualLine } from './shared/individual-stars.ts';

/** Names written out on the card. */
const NAMES = 40;
/** People on a page of the form. */
export const PICK_PER_PAGE = 20;

const back = ({ year: y }: PostGroupsView, { id: g }: PostGroup, { t }: RenderContext): Button =>
  button('back', t('stars.posts.back'), { a: 'post_show', y, g });
const starName = ({ stars }: PostGroupsView, key: string, { locale }: RenderContext): string =>
  stars.find((star) => star.key === key)?.[locale === 'en' ? 'en' : 'zh'] ?? '';

function memberBlock(view: PostGroupsView, group: PostGroup, { t }: RenderContext): Block {
  const names = view.people.filter(({ employeeNo }) => group.members.includes(employeeNo)).map(({ name }) => name);
  if (names.length === 0) return text(t('stars.posts.group_no_members'), 'muted');
  const more = names.length > NAMES ? ` ${t('stars.posts.names_more', { n: names.length })}` : '';
  return text(names.slice(0, NAMES).join(t('common.and')) + more);
}
function starBlock(view: PostGroupsView, group: PostGroup, context: RenderContext): Block {
  if (group.stars.length === 0) return text(context.t('stars.posts.group_no_stars'), 'muted');
  return list(
    group.stars.map(({ key, indicators }) => {
      const { zh, en } = view.stars.find((star) => star.key === key) ?? { zh: '', en: '' };
      return individualLine({ zh, en, indicators: indicators.map((words) => ({ zh: words, en: words })) }, context);
    }),
  );
}

/** @param typed a name that was refused */
export function renderPostGroup(view: PostGroupsView, group: PostGroup, context: RenderContext, typed?: string): Card {
  const { t } = context;
  const { year: y, open, max } = view;
  const { id: g } = group;
  const edits: Button[] = [
    button(
      'pick',
      t('stars.posts.pick'),
      { a: 'post_members', y, g, p: 0 },
      group.members.length === 0 ? 'primary' : 'default',
    ),
    ...group.stars.map(({ key }, i) =>
      button(`star_${i + 1}`, t('stars.posts.star_edit', { star: starName(view, key, context) }), {
        a: 'post_star',
        y,
        g,
        k: key,
      }),
    ),
    ...(group.stars.length < max ? [button('star_add', t('stars.posts.star_add'), { a: 'post_star', y, g })] : []),
  ];
  const remove = button('remove_group', t('stars.posts.remove'), { a: 'post_remove', y, g }, 'default', {
    title: t('stars.posts.remove_sure_title'),
    text: t('stars.posts.remove_sure'),
  });
  const rename = button('rename', t('stars.posts.rename'), { a: 'post_rename', y, g });
  const list_ = button('post_list', t('stars.open_posts'), { a: 'post_list', y });
  return {
    title: t('stars.posts.group_title', { name: group.name }),
    tone: 'blue',
    blocks: [
      text(t('stars.posts.group_members', { n: group.members.length }), 'strong'),
      memberBlock(view, group, context),
      text(t('stars.posts.group_stars', { n: group.stars.length, max }), 'strong'),
      starBlock(view, group, context),
      ...(open
        ? [
            { kind: 'buttons', buttons: edits } satisfies Block,
            postNameForm(context, 'post_name', typed ?? group.name, rename),
          ]
        : []),
      { kind: 'buttons', buttons: [list_, ...(open ? [remove] : [])], compact: true },
    ],
  };
}

/** Everybody of the branch, page by page, in this group or not. */
export function renderPostMembers(view: PostGroupsView, group: PostGroup, page: number, context: RenderContext): Card {
  const { t } = context;
  const { year: y, people, plan } = view;
  const { id: g, name } = group;
  const pages = Math.max(1, Math.ceil(people.length / PICK_PER_PAGE));
  const p = Math.min(page, pages - 1);
  const options = [
    { value: 'in', label: t('stars.posts.pick_in') },
    { value: 'out', label: t('stars.posts.pick_out') },
  ];
  const fields = people.slice(p * PICK_PER_PAGE, (p + 1) * PICK_PER_PAGE).map((person): Field => {
    const now = groupOf(plan, person.employeeNo);
    return {
      kind: 'select',
      name: `member_${person.employeeNo}`,
      label:
        now === null || now.id === g
          ? person.name
          : t('stars.posts.pick_elsewhere', { name: person.name, group: now.name }),
      options,
      initial: now?.id === g ? 'in' : 'out',
      required: false,
    };
  });
  const label = p + 1 < pages ? t('stars.posts.pick_next', { n: p + 1, of: pages }) : t('stars.posts.pick_save');
  return {
    title: t('stars.posts.pick_title', { name }),
    tone: 'blue',
    blocks: [
      text(t('stars.posts.pick_intro')),
      {
        kind: 'form',
        name: 'post_members',
        fields,
        buttons: [button('save', label, { a: 'post_pick', y, g, p }, 'primary')],
      },
      { kind: 'buttons', buttons: [back(view, group, context)], compact: true },
    ],
  };
}

/** A star with its indicators. @param editing key of the star that is being changed @param typed what was refused */
export function renderPostStar(
  view: PostGroupsView,
  group: PostGroup,
  editing: string | null,
  typed: Readonly<Record<string, string>>,
  context: RenderContext,
): Card {
  const { t, locale, terms } = context;
  const { year: y, stars } = view;
  const { id: g, name } = group;
  const was = group.stars.find(({ key }) => key === editing);
  const chosen = typed.star ?? was?.key;
  const fields: Field[] = [
    {
      kind: 'select',
      name: 'star',
      label: t('stars.posts.star'),
      options: stars.map((star) => ({ value: star.key, label: star[locale === 'en' ? 'en' : 'zh'] })),
      ...(stars.some(({ key }) => key === chosen) && chosen !== undefined ? { initial: chosen } : {}),
      required: false,
    },
    ...Array.from({ length: INDICATORS_MAX }, (_, i): Field => {
      const initial = typed[`indicator_${i + 1}`] ?? was?.indicators[i] ?? '';
      return {
        kind: 'input',
        name: `indicator_${i + 1}`,
        label: t('stars.posts.indicator', { n: i + 1 }),
        placeholder: t('stars.posts.indicator_hint', { max: INDICATOR_MAX }),
        multiline: false,
        maxLength: INDICATOR_MAX,
        required: false,
        ...(initial === '' ? {} : { initial }),
      };
    }),
  ];
  const at = { y, g, ...(editing === null ? {} : { k: editing }) };
  return {
    title: t('stars.posts.star_title', { name }),
    tone: 'blue',
    blocks: [
      text(t('stars.posts.star_intro', { n: INDICATORS_MAX })),
      text(t('stars.posts.star_who', { years: yearsName(t, terms.sheets_years) }), 'muted'),
      {
        kind: 'form',
        name: 'post_star',
        fields,
        buttons: [button('save', t('stars.posts.save'), { a: 'post_star_save', ...at }, 'primary')],
      },
      {
        kind: 'buttons',
        buttons: [
          ...(editing === null
            ? []
            : [button('remove_star', t('stars.posts.star_remove'), { a: 'post_star_remove', y, g, k: editing })]),
          back(view, group, context),
        ],
        compact: true,
      },
    ],
  };
}
