/** The form of an item of a branch or unit (R46): new, or one that goes on. */
import { z } from 'zod';
import { type Block, button, type Button, type Card, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { readDate } from '../src/domain/form.ts';
import { ITEM_NAME_MAX, type StarItemLevel } from '../src/domain/star-item.ts';
import { findStarItem, type StarItem } from '../src/store/star-items.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';
import { allStars, carriers, levelsKept, mayKeep } from '../src/usecases/stars/items.ts';
import { yearsName } from '../src/term-name.ts';
import { readerOf } from './shared/actor.ts';

/** Names a select offers at once, beside two selects of twenty stars. */
const NAMES = 20;
/** The option of a select that says "none". */
const NONE = 'none';

export interface StarItemView {
  level: StarItemLevel;
  /** Null: a new one. */
  item: StarItem | null;
  stars: readonly { key: string; zh: string; en: string }[];
  owners: readonly { employeeNo: string; name: string }[];
  page: number;
  typed: Readonly<Record<string, string>>;
}
/** Null for who may not keep items of this level, or the item. */
export async function loadStarItem(
  of: { level: StarItemLevel } | { item: string },
  page: number,
  typed: StarItemView['typed'],
  context: CardContext,
): Promise<StarItemView | null> {
  const { read, use, now } = context;
  const actor = await readerOf(context);
  if (actor === null) return null;
  const item = 'item' in of ? await findStarItem(read, of.item) : null;
  const level = 'level' in of ? of.level : item?.level;
  if (level === undefined) return null;
  const may = item === null ? (await levelsKept(read, actor)).includes(level) : await mayKeep(read, actor, item);
  if (!may) return null;
  return {
    level,
    item,
    stars: allStars(schemeNow(use, now).catalogue),
    owners: await carriers(read, actor, level),
    page,
    typed,
  };
}

function formOf(view: StarItemView, { t, locale }: RenderContext): Block {
  const { level: l, item, stars, owners, page, typed } = view;
  const lang = locale === 'en' ? 'en' : 'zh';
  const options = stars.map((star) => ({ value: star.key, label: star[lang] }));
  const nobody = { value: NONE, label: t('stars.items.nobody') };
  const pages = Math.max(1, Math.ceil(owners.length / NAMES));
  const p = page % pages;
  const owner = typed.owner ?? item?.owner ?? NONE;
  // Whoever is chosen is always among the names, on whatever page.
  const offered = owners.filter((one, i) => Math.floor(i / NAMES) === p || one.employeeNo === owner);
  const star = (name: 'star_1' | 'star_2', chosen: string | undefined, some: typeof options): Field => ({
    kind: 'select',
    name,
    label: t(`stars.items.${name}`),
    options: some,
    ...(some.some(({ value }) => value === chosen) && chosen !== undefined ? { initial: chosen } : {}),
    required: false,
  });
  const date = (name: 'from' | 'to'): Field => {
    const initial = readDate(typed[name]) ?? item?.[name];
    return {
      kind: 'date',
      name,
      label: t(`stars.items.${name}`),
      required: false,
      ...(initial === undefined ? {} : { initial }),
    };
  };
  const name = typed.name ?? item?.name ?? '';
  const fields: Field[] = [
    {
      kind: 'input',
      name: 'name',
      label: t('stars.items.name'),
      placeholder: t('stars.items.name_hint', { max: ITEM_NAME_MAX }),
      multiline: false,
      maxLength: ITEM_NAME_MAX,
      required: false, // "more names" keeps a half-filled form
      ...(name === '' ? {} : { initial: name }),
    },
    star('star_1', typed.star_1 ?? item?.stars[0], options),
    star('star_2', typed.star_2 ?? item?.stars[1] ?? NONE, [nobody, ...options]),
    date('from'),
    date('to'),
    {
      kind: 'select',
      name: 'owner',
      label: t('stars.items.owner'),
      options: [nobody, ...offered.map(({ employeeNo, name: label }) => ({ value: employeeNo, label }))],
      initial: offered.some(({ employeeNo }) => employeeNo === owner) ? owner : NONE,
      required: false,
    },
  ];
  const next = (p + 1) % pages;
  const more = button(
    'more_names',
    t('stars.items.names', { n: p + 1, of: pages }),
    item === null ? { a: 'star_item_new', l, p: next } : { a: 'star_item_show', i: item.id, p: next },
  );
  const at = { l, p, ...(item === null ? {} : { i: item.id }) };
  const save = button('submit', t('stars.items.save'), { a: 'star_item_save', ...at }, 'primary');
  return { kind: 'form', name: 'star_item', fields, buttons: [save, ...(pages > 1 ? [more] : [])] };
}

export function renderStarItem(view: StarItemView, context: RenderContext): Card {
  const { t, terms } = context;
  const { level, item } = view;
  const close = (h: 'end' | 'remove', i: string): Button =>
    button(`${h}_item`, t(`stars.items.${h}`), { a: 'star_item_close', i, h }, 'default', {
      title: t(`stars.items.${h}_sure_title`),
      text: t(`stars.items.${h}_sure`),
    });
  const active = item === null || item.state === 'active';
  return {
    title: t(`stars.items.form_${level}`),
    ...(item === null ? {} : { subtitle: item.name }),
    tone: active ? 'blue' : 'grey',
    blocks: [
      ...(active
        ? [
            text(t('stars.items.form_intro')),
            text(t('stars.items.form_who', { years: yearsName(t, terms.sheets_years) }), 'muted'),
            formOf(view, context),
          ]
        : [text(t('stars.items.problem.over'))]),
      {
        kind: 'buttons',
        buttons: [
          ...(item !== null && active ? [close('end', item.id)] : []),
          ...(item === null ? [] : [close('remove', item.id)]),
          button('stars', t('stars.items.all'), { a: 'stars_list', p: 0 }),
        ],
        compact: true,
      },
    ],
  };
}
export const starItemCard = defineCard({
  name: 'star_item',
  audience: 'person',
  args: z.object({ item: z.string() }),
  view: ({ item }, context) => loadStarItem({ item }, 0, {}, context),
  render: renderStarItem,
});
