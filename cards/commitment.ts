/** A sheet of commitments, star by star, with the standard of each star beside the form (R51–R54). */
import { z } from 'zod';
import { type Block, button, type Button, type Card, type Field, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { ITEM_RESULT_MAX, ITEM_TEXT_MAX } from '../src/domain/commitment.ts';
import { type SheetView, sheetView } from '../src/usecases/commit/view.ts';
import { yearsName } from '../src/term-name.ts';
import { readerOf } from './shared/actor.ts';
import { initialDate } from './shared/event-fields.ts';
import { itemSummary } from './shared/star-item-words.ts';
import { day } from './shared/when.ts';

export interface CommitmentView extends SheetView {
  /** Page: position of a star, from 0. */
  star: number;
  typed: Readonly<Record<string, string>>;
  /** The item being changed. */
  editing: string | null;
}

export const cardArgs = z.object({ year: z.int(), whose: z.enum(['own', 'branch']), star: z.int().min(0).max(9) });
type CardArgs = z.infer<typeof cardArgs>;

export async function loadCommitment({ star, ...key }: CardArgs, context: CardContext): Promise<CommitmentView | null> {
  const actor = await readerOf(context);
  const view = actor === null ? null : await sheetView(context.read, context.use, actor, key, context.now);
  return view === null ? null : { ...view, star, typed: {}, editing: null };
}

/** Items of branch and unit shown under a star, so that a sheet of twenty stays under the limit of bytes. */
const UNIT_ITEMS = 2;
/** Characters of an item in the overview of the other stars. */
const SHORT = 24;
const cut = (words: string): string =>
  Array.from(words).length <= SHORT ? words : `${Array.from(words).slice(0, SHORT).join('')}…`;

function formBlock(view: CommitmentView, { t, locale }: RenderContext): Block {
  const { year: y, whose: w, star: n, typed, editing, stars } = view;
  const initial = (name: string) => (typed[name] ? { initial: typed[name] } : {});
  const at = { y, w, n, ...(editing === null ? {} : { i: editing }) };
  const input = (name: 'text' | 'result', label: string, placeholder: string, maxLength: number): Field => ({
    kind: 'input',
    name,
    label,
    placeholder,
    multiline: false,
    maxLength,
    required: false, // an empty form may still be handed in
    ...initial(name),
  });
  const fields: Field[] = [
    {
      kind: 'select',
      name: 'star',
      label: t('commit.star'),
      options: stars.map((star) => ({ value: star.key, label: star[locale === 'en' ? 'en' : 'zh'] })),
      initial: typed.star ?? stars[n]?.key ?? '',
      required: true,
    },
    input('text', t('commit.text'), t('commit.text_hint', { max: ITEM_TEXT_MAX }), ITEM_TEXT_MAX),
    input('result', t('commit.result'), t('commit.result_hint', { max: ITEM_RESULT_MAX }), ITEM_RESULT_MAX),
    { kind: 'date', name: 'due', label: t('commit.due'), required: false, ...initialDate(typed.due) },
  ];
  const buttons = [
    button('add_item', t(editing === null ? 'commit.add' : 'commit.save'), { a: 'commit_put', ...at }, 'primary'),
    button('submit_all', t('commit.submit'), { a: 'commit_submit', ...at }, 'default', {
      title: t('commit.submit_sure_title'),
      text: t('commit.submit_sure'),
    }),
    ...(editing === null
      ? []
      : [
          button('remove_item', t('commit.remove'), { a: 'commit_remove', i: editing }),
          button('cancel_edit', t('commit.cancel_edit'), { a: 'commit_show', y, w, n }),
        ]),
  ];
  return { kind: 'form', name: 'commitment', fields, buttons };
}

/** One page: a star, what is written for it, the form, the way on. */
function pageBlocks(view: CommitmentView, context: RenderContext): Block[] {
  const { year: y, whose: w, star: n, stars, items, editing } = view;
  const { t, locale } = context;
  const lang = locale === 'en' ? 'en' : 'zh';
  const star = stars[n];
  const line = (item: (typeof items)[number]) => t('commit.item_line', { ...item, due: day(item.due, locale) });
  const here = items.filter((item) => item.star === star?.key);
  const others = items.filter((item) => item.star !== star?.key);
  const nameOf = (key: string) => stars.find((one) => one.key === key)?.[lang] ?? '';
  const starName = star?.individual ? t('stars.individual_mark', { star: star[lang] }) : (star?.[lang] ?? '');
  // One button an item: what is being changed can be removed there, and a card of twenty stays under the limit of bytes.
  const change = here.flatMap((item, i) =>
    item.id === editing
      ? []
      : [button(`edit_${i + 1}`, t('commit.edit', { n: i + 1 }), { a: 'commit_edit', i: item.id })],
  );
  const nav = [
    ...(n > 0 ? [button('star_back', t('commit.prev'), { a: 'commit_show', y, w, n: n - 1 })] : []),
    ...(n < stars.length - 1 ? [button('star_next', t('commit.next'), { a: 'commit_show', y, w, n: n + 1 })] : []),
  ];
  return [
    text(t('commit.star_of', { n: n + 1, of: stars.length, star: starName }), 'strong'),
    list(star?.indicators.map((indicator) => indicator[lang]) ?? []),
    ...itemSummary(
      view.unitItems.filter((item) => star !== undefined && item.stars.includes(star.key)),
      UNIT_ITEMS,
      context,
    ),
    ...(here.length === 0
      ? []
      : [text(t('commit.written_here'), 'strong'), list(here.map((item, i) => `${i + 1}. ${line(item)}`))]),
    ...(change.length === 0 ? [] : [{ kind: 'buttons', buttons: change, compact: true } satisfies Block]),
    ...(editing === null ? [] : [text(t('commit.editing'), 'muted')]),
    formBlock(view, context),
    { kind: 'buttons', buttons: nav, compact: true },
    ...(others.length === 0
      ? []
      : [
          text(t('commit.written'), 'strong'),
          list(others.map((item) => t('commit.item_short', { star: nameOf(item.star), text: cut(item.text) }))),
        ]),
  ];
}

/** The whole sheet, star by star, for reading. */
function readBlocks({ items, stars, sheet, year }: CommitmentView, { t, locale }: RenderContext): Block[] {
  const lang = locale === 'en' ? 'en' : 'zh';
  const until = sheet?.replyBy === null || sheet === null ? '' : day(sheet.replyBy, locale);
  const said = {
    draft: '',
    returned: '',
    submitted: t('commit.wait', { date: until }),
    approved: t('commit.approved'),
    published: t('commit.published'),
  };
  const written = stars.flatMap((star) => {
    const own = items.filter((item) => item.star === star.key);
    return own.length === 0
      ? []
      : [
          text(star[lang], 'strong'),
          list(own.map((item) => t('commit.item_line', { ...item, due: day(item.due, locale) }))),
        ];
  });
  const state = sheet === null ? '' : said[sheet.state];
  return [
    text(state === '' ? t('commit.year_over', { year }) : state),
    ...(items.length === 0 ? [text(t('commit.none_written', { year }), 'muted')] : written),
  ];
}

/** Ways to the other parts, for those who have them. */
function sideButtons(view: CommitmentView, { t }: RenderContext): Button[] {
  const { year: y, whose } = view;
  return [
    ...(view.secretary && whose === 'own'
      ? [button('open_branch', t('commit.open_branch'), { a: 'commit_show', y, w: 'branch', n: 0 })]
      : []),
    ...(whose === 'branch' ? [button('open_posts', t('stars.open_posts'), { a: 'post_list', y })] : []),
    ...(whose === 'branch' ? [button('open_own', t('commit.open_own'), { a: 'commit_show', y, w: 'own', n: 0 })] : []),
    ...(view.waiting > 0
      ? [button('open_queue', t('commit.open_queue', { n: view.waiting }), { a: 'commit_queue' })]
      : []),
    ...(view.committee ? [button('open_overview', t('commit.open_overview'), { a: 'commit_overview', y })] : []),
  ];
}

export function renderCommitment(view: CommitmentView, context: RenderContext): Card {
  const { t, terms } = context;
  const { year, whose, sheet, open, items, range } = view;
  const state = sheet?.state ?? 'draft';
  const side = sideButtons(view, context);
  const actions: Button[] = [
    ...(state === 'submitted'
      ? [button('withdraw', t('commit.withdraw'), { a: 'commit_withdraw', y: year, w: whose })]
      : []),
    ...(view.boardLink === null
      ? []
      : [
          { name: 'board', label: t('commit.board'), style: 'primary', link: view.boardLink } satisfies Button,
          button('board_file', t(whose === 'own' ? 'boardfile.mine' : 'boardfile.branch'), {
            a: 'board_file',
            w: whose,
            y: year,
          }),
        ]),
  ];
  const intro = [
    text(t(whose === 'own' ? 'commit.why' : 'commit.why_branch')),
    text(
      `${t(whose === 'own' ? 'commit.who' : 'commit.who_branch', { years: yearsName(t, terms.sheets_years) })} ${t('commit.range', { min: range[0], max: range[1] })}`,
      'muted',
    ),
  ];
  return {
    title:
      whose === 'own' ? t('commit.title_own', { year }) : t('commit.title_branch', { branch: view.branchName, year }),
    subtitle: t('commit.count', { state: t(`commit.state.${state}`), n: items.length }),
    tone: state === 'returned' ? 'orange' : state === 'draft' ? (open ? 'blue' : 'grey') : 'green',
    blocks: [
      ...(open ? intro : []),
      ...(state === 'returned' && sheet !== null
        ? [text(t('commit.returned', { comment: sheet.comment }), 'warn')]
        : []),
      ...(open ? pageBlocks(view, context) : readBlocks(view, context)),
      ...(actions.length === 0 ? [] : [{ kind: 'buttons', buttons: actions } satisfies Block]),
      ...(side.length === 0 ? [] : [{ kind: 'buttons', buttons: side, compact: true } satisfies Block]),
    ],
  };
}

export const commitmentCard = defineCard({
  name: 'commitment',
  audience: 'person',
  args: cardArgs,
  view: loadCommitment,
  render: renderCommitment,
});
