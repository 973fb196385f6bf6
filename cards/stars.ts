/** The ten stars to look up: what each means for the reader, and what branch and unit hang on them (R42, R46). */
import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { today } from '../src/domain/period.ts';
import { type PersonStar, starsOfPerson } from '../src/domain/post-plan.ts';
import { ITEMS_MAX, type StarItemLevel } from '../src/domain/star-item.ts';
import { postPlanInForce } from '../src/store/post-plans.ts';
import type { StarItem } from '../src/store/star-items.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';
import { currentItems, levelsKept } from '../src/usecases/stars/items.ts';
import { readerOf } from './shared/actor.ts';
import { itemBlocks, itemDates } from './shared/star-item-words.ts';

/** Items on a page. */
const PER_PAGE = 12;
interface NamedStar {
  key: string;
  zh: string;
  en: string;
}

interface ListView {
  member: readonly NamedStar[];
  branch: readonly NamedStar[];
  items: readonly StarItem[];
  page: number;
  /** What the reader keeps items of. */
  keeps: readonly StarItemLevel[];
}
function itemLine(item: StarItem, stars: readonly NamedStar[], context: RenderContext): string {
  const { t, locale } = context;
  const names = item.stars.map((key) => stars.find((star) => star.key === key)?.[locale === 'en' ? 'en' : 'zh'] ?? '');
  const said = { name: item.name, stars: names.join(t('common.and')), dates: itemDates(item, context) };
  return item.ownerName === null
    ? t('stars.items.line', said)
    : t('stars.items.line_owner', { ...said, owner: item.ownerName });
}
export const starsCard = defineCard({
  name: 'stars',
  audience: 'person',
  args: z.object({ page: z.int().min(0) }),
  async view({ page }, context): Promise<ListView | null> {
    const { read, use, now } = context;
    const actor = await readerOf(context);
    if (actor === null) return null;
    const items = await currentItems(read, actor, today(now, use.config.timezone));
    return { ...schemeNow(use, now).catalogue, items, page, keeps: await levelsKept(read, actor) };
  },
  render({ member, branch, items, page, keeps }, context) {
    const { t, locale } = context;
    const lang = locale === 'en' ? 'en' : 'zh';
    const pages = Math.max(1, Math.ceil(items.length / PER_PAGE));
    const p = Math.min(page, pages - 1);
    const shown = items.slice(p * PER_PAGE, (p + 1) * PER_PAGE);
    const starButtons = (stars: readonly NamedStar[]): Block => ({
      kind: 'buttons',
      buttons: stars.map((star) => button(`star_${star.key}`, star[lang], { a: 'star_show', k: star.key })),
      compact: true,
    });
    const edits = shown
      .filter((item) => keeps.includes(item.level))
      .map((item, i) =>
        button(`item_${i + 1}`, t('stars.items.edit', { name: item.name }), { a: 'star_item_show', i: item.id, p: 0 }),
      );
    const full = (level: StarItemLevel) => items.filter((item) => item.level === level).length >= ITEMS_MAX;
    const steps: Button[] = [
      ...keeps
        .filter((level) => !full(level))
        .map((l) => button(`add_${l}`, t(`stars.items.add_${l}`), { a: 'star_item_new', l, p: 0 }, 'primary')),
      ...(p > 0 ? [button('page_back', t('common.back'), { a: 'stars_list', p: p - 1 })] : []),
      ...(p < pages - 1 ? [button('page_next', t('common.next'), { a: 'stars_list', p: p + 1 })] : []),
    ];
    return {
      title: t('stars.items.title'),
      ...(pages > 1 ? { subtitle: t('stars.items.page', { n: p + 1, of: pages }) } : {}),
      tone: 'blue',
      blocks: [
        text(t('stars.items.intro')),
        text(t('stars.items.member_star'), 'muted'),
        starButtons(member),
        text(t('stars.items.branch_star'), 'muted'),
        starButtons(branch),
        ...(shown.length === 0
          ? [text(t('stars.items.none'), 'muted')]
          : [list(shown.map((item) => itemLine(item, [...member, ...branch], context)))]),
        ...(edits.length === 0 ? [] : [{ kind: 'buttons', buttons: edits } satisfies Block]),
        ...(steps.length === 0 ? [] : [{ kind: 'buttons', buttons: steps } satisfies Block]),
      ],
    };
  },
});

interface StarView {
  star: PersonStar;
  of: 'member' | 'branch';
  items: readonly StarItem[];
}
/** One star as it is for the reader this year. */
export const starCard = defineCard({
  name: 'star',
  audience: 'person',
  args: z.object({ star: z.string() }),
  async view({ star: key }, context): Promise<StarView | null> {
    const { read, use, now } = context;
    const actor = await readerOf(context);
    if (actor === null) return null;
    const date = today(now, use.config.timezone);
    const plan = await postPlanInForce(read, actor.branch, Number(date.slice(0, 4)));
    const { catalogue } = schemeNow(use, now);
    const own = starsOfPerson(catalogue.member, plan, actor.employeeNo).find((star) => star.key === key);
    const branch = starsOfPerson(catalogue.branch, null, actor.employeeNo).find((star) => star.key === key);
    const star = own ?? branch;
    const items = (await currentItems(read, actor, date)).filter((item) => item.stars.includes(key));
    return star === undefined ? null : { star, of: own === undefined ? 'branch' : 'member', items };
  },
  render({ star, of, items }, context) {
    const { t, locale } = context;
    const lang = locale === 'en' ? 'en' : 'zh';
    return {
      title: star[lang],
      subtitle: t(`stars.items.${of}_star`),
      tone: 'blue',
      blocks: [
        text(t(star.individual ? 'stars.items.standard_own' : 'stars.items.standard'), 'strong'),
        list(star.indicators.map((indicator) => indicator[lang])),
        ...itemBlocks(items, context),
        { kind: 'buttons', buttons: [button('stars', t('stars.items.all'), { a: 'stars_list', p: 0 })], compact: true },
      ],
    };
  },
});
