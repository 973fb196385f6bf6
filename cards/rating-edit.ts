import { z } from 'zod';
import { button, type Field, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { groundsOf, type RatingGround } from '../src/domain/rating.ts';
import type { DueEntry } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { membersToRate } from '../src/usecases/review/ratings.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { keptLine } from './shared/kept-line.ts';

const PAGE = 12;

interface RatingEditView {
  review: string;
  page: number;
  pages: number;
  members: readonly DueEntry[];
  grounds: readonly RatingGround[];
  /** Least months in the year for a level (A20). */
  months: number;
}

/** Members as a form: `rating_<employee_no>` = `usual`, or a ground for feedback only or for no rating (A20, A21). */
export const ratingEditCard = defineCard({
  name: 'rating_edit',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review: id, page }, { read }): Promise<RatingEditView | null> {
    const review = await findReview(read, id);
    if (review === null) return null;
    const rules = await rulesOf(read, review.rules);
    const all = await membersToRate(read, id);
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    const shown = Math.min(page, pages - 1);
    const members = all.slice(shown * PAGE, shown * PAGE + PAGE);
    return { review: id, page: shown, pages, members, grounds: groundsOf(rules), months: rules.eligibility.min_months };
  },
  render({ review: r, page: p, pages, members, grounds, months }, context) {
    const { t } = context;
    const back = { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] } as const;
    const title = t('review.rating.title');
    if (grounds.length === 0) return { title, tone: 'grey', blocks: [text(t('review.rating.none')), back] };
    const options = [
      { value: 'usual', label: t('review.rating.usual') },
      ...grounds.map((ground) => ({ value: ground, label: t(`review.rating.ground.${ground}`, { months }) })),
    ];
    return {
      title,
      subtitle: `${p + 1} / ${pages}`,
      tone: 'blue',
      blocks: [
        keptLine(context, 'rating'),
        {
          kind: 'form',
          name: 'rating',
          fields: [
            { kind: 'text', text: t('review.rating.intro') },
            ...members.map(
              ({ person, name, ground }): Field => ({
                kind: 'select',
                name: `rating_${person}`,
                label: name,
                options,
                initial: ground ?? 'usual',
                required: false,
              }),
            ),
          ],
          buttons: [
            button('rating_save', t('review.rating.save'), { a: 'rating_save', r, p }, 'primary'),
            ...(p + 1 < pages ? [button('rating_more', t('review.due.more'), { a: 'rating_list', r, p: p + 1 })] : []),
          ],
        },
        back,
      ],
    };
  },
});
