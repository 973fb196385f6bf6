import { z } from 'zod';
import { button, type Field, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { ABSENCE_REASONS } from '../src/domain/absence.ts';
import { mayExcuseElectors } from '../src/domain/review.ts';
import type { ExcusableElector } from '../src/store/elector-excuses.ts';
import { findReview } from '../src/store/reviews.ts';
import { electorsToExcuse } from '../src/usecases/review/elector-excuses.ts';
import { keptLine } from './shared/kept-line.ts';

const PAGE = 12;

interface ElectorExcuseView {
  review: string;
  page: number;
  pages: number;
  people: readonly ExcusableElector[];
}

/** Leaders and committee members after a refused tally: `elector_<employee_no>` = a category, or `none` (A7). */
export const electorExcuseCard = defineCard({
  name: 'elector_excuse',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review: id, page }, { read, viewer }): Promise<ElectorExcuseView | null> {
    const review = await findReview(read, id);
    if (review === null || !mayExcuseElectors(review)) return null;
    const all = await electorsToExcuse(read, id, viewer.person);
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    const shown = Math.min(page, pages - 1);
    return { review: id, page: shown, pages, people: all.slice(shown * PAGE, shown * PAGE + PAGE) };
  },
  render({ review: r, page: p, pages, people }, context) {
    const { t } = context;
    const back = { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] } as const;
    const title = t('review.elector_excuse.title');
    if (people.length === 0) return { title, tone: 'grey', blocks: [text(t('review.elector_excuse.none')), back] };
    const options = [
      { value: 'none', label: t('review.elector_excuse.without') },
      ...ABSENCE_REASONS.map((reason) => ({ value: reason, label: t(`review.absence.${reason}`) })),
    ];
    return {
      title,
      subtitle: `${p + 1} / ${pages}`,
      tone: 'blue',
      blocks: [
        keptLine(context, 'elector_excuse'),
        {
          kind: 'form',
          name: 'elector_excuse',
          fields: [
            { kind: 'text', text: t('review.elector_excuse.intro') },
            ...people.map(
              ({ person, name, category, reason }): Field => ({
                kind: 'select',
                name: `elector_${person}`,
                label: t('review.elector_excuse.name', { name, category: t(`result.category.${category}`) }),
                options,
                initial: reason ?? 'none',
                required: false,
              }),
            ),
          ],
          buttons: [
            button(
              'elector_excuse_save',
              t('review.elector_excuse.save'),
              { a: 'elector_excuse_save', r, p },
              'primary',
            ),
            ...(p + 1 < pages
              ? [button('elector_excuse_more', t('review.due.more'), { a: 'elector_excuses', r, p: p + 1 })]
              : []),
          ],
        },
        back,
      ],
    };
  },
});
