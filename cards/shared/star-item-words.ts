import { type Block, list, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import type { StarItem } from '../../src/store/star-items.ts';
import { day } from './when.ts';

type Shown = Pick<StarItem, 'name' | 'ownerName' | 'from' | 'to'>;
export const itemDates = ({ from, to }: Pick<StarItem, 'from' | 'to'>, { t, locale }: RenderContext): string =>
  t('stars.items.dates', { from: day(from, locale), to: day(to, locale) });
/** The items of branch and unit under one star, each with who carries it; nothing where there is none. */
export function itemBlocks(items: readonly Shown[], context: RenderContext): Block[] {
  const { t } = context;
  const lines = items.map((item) => {
    const said = { name: item.name, dates: itemDates(item, context) };
    return item.ownerName === null
      ? t('stars.items.short', said)
      : t('stars.items.short_owner', { ...said, owner: item.ownerName });
  });
  return items.length === 0 ? [] : [text(t('stars.items.heading'), 'strong'), list(lines)];
}
/** The same in one line, where there is much else to say. @param most named; the others are counted */
export function itemSummary(items: readonly Shown[], most: number, context: RenderContext): Block[] {
  const { t } = context;
  const named = items
    .slice(0, most)
    .map((item) => t('stars.items.short', { name: item.name, dates: itemDates(item, context) }));
  const more = items.length > most ? [t('stars.items.more', { n: items.length - most })] : [];
  const all = [...named, ...more].join(t('common.semicolon'));
  return items.length === 0 ? [] : [text(`${t('stars.items.heading')}${t('common.colon')}${all}`, 'muted')];
}
