import { z } from 'zod';
import { button } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { groundsOf, type RatingGround } from '../src/domain/rating.ts';
import type { DueEntry } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { membersToRate } from '../src/usecases/review/ratings.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { keptLine } from './shared/kept-line.ts';
import { noPeople, type Page, pageOf, peopleForm } from './shared/people-form.ts';

interface RatingEditView extends Page<DueEntry> {
  review: string;
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
    const people = pageOf(await membersToRate(read, id), page);
    return { review: id, grounds: groundsOf(rules), months: rules.eligibility.min_months, ...people };
  },
  render(view, context) {
    const { t } = context;
    const { review: r, page: p, grounds, months } = view;
    const title = t('review.rating.title');
    if (grounds.length === 0)
      return noPeople({ review: r, title, why: t('review.rating.none'), tone: 'grey' }, context);
    const options = [
      { value: 'usual', label: t('review.rating.usual') },
      ...grounds.map((ground) => ({ value: ground, label: t(`review.rating.ground.${ground}`, { months }) })),
    ];
    return peopleForm(
      {
        review: r,
        title,
        kept: keptLine(context, 'rating'),
        intro: t('review.rating.intro'),
        name: 'rating',
        page: view,
        people: view.people.map(({ person, name, ground }) => ({
          field: `rating_${person}`,
          label: name,
          options,
          chosen: ground ?? 'usual',
        })),
        save: button('rating_save', t('review.rating.save'), { a: 'rating_save', r, p }, 'primary'),
        more: button('rating_more', t('review.due.more'), { a: 'rating_list', r, p: p + 1 }),
      },
      context,
    );
  },
});
