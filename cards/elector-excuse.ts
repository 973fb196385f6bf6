import { z } from 'zod';
import { button } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { mayExcuseElectors } from '../src/domain/review.ts';
import type { ExcusableElector } from '../src/store/elector-excuses.ts';
import { findReview } from '../src/store/reviews.ts';
import { electorsToExcuse } from '../src/usecases/review/elector-excuses.ts';
import { keptLine } from './shared/kept-line.ts';
import { absenceOptions, noPeople, type Page, pageOf, peopleForm } from './shared/people-form.ts';

interface ElectorExcuseView extends Page<ExcusableElector> {
  review: string;
}

/** Leaders and committee members after a refused tally: `elector_<employee_no>` = a category, or `none` (A7). */
export const electorExcuseCard = defineCard({
  name: 'elector_excuse',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review: id, page }, { read, viewer }): Promise<ElectorExcuseView | null> {
    const review = await findReview(read, id);
    if (review === null || !mayExcuseElectors(review)) return null;
    return { review: id, ...pageOf(await electorsToExcuse(read, id, viewer.person), page) };
  },
  render(view, context) {
    const { t } = context;
    const { review: r, page: p } = view;
    const title = t('review.elector_excuse.title');
    if (view.people.length === 0)
      return noPeople({ review: r, title, why: t('review.elector_excuse.none'), tone: 'grey' }, context);
    const options = absenceOptions(t, { value: 'none', label: t('review.elector_excuse.without') });
    return peopleForm(
      {
        review: r,
        title,
        kept: keptLine(context, 'elector_excuse'),
        intro: t('review.elector_excuse.intro'),
        name: 'elector_excuse',
        page: view,
        people: view.people.map(({ person, name, category, reason }) => ({
          field: `elector_${person}`,
          label: t('review.elector_excuse.name', { name, category: t(`result.category.${category}`) }),
          options,
          chosen: reason ?? 'none',
        })),
        save: button(
          'elector_excuse_save',
          t('review.elector_excuse.save'),
          { a: 'elector_excuse_save', r, p },
          'primary',
        ),
        more: button('elector_excuse_more', t('review.due.more'), { a: 'elector_excuses', r, p: p + 1 }),
      },
      context,
    );
  },
});
