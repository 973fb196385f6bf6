import { z } from 'zod';
import { button } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { AbsenceReason } from '../src/domain/absence.ts';
import { isRated } from '../src/domain/rating.ts';
import { dueList } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { missingSelfReviews } from '../src/usecases/review/self-review.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { keptLine } from './shared/kept-line.ts';
import { absenceOptions, noPeople, type Page, pageOf, peopleForm } from './shared/people-form.ts';

interface ExcuseEditView extends Page<{ person: string; name: string; reason: AbsenceReason | null }> {
  review: string;
  /** Weight of the self-review, in per cent. */
  percent: number;
  keptYears: number;
}

/** Members whose self-review is missing: `excuse_<employee_no>` = a category, or `none` (A9). */
export const excuseEditCard = defineCard({
  name: 'excuse_edit',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review: id, page }, { read }): Promise<ExcuseEditView | null> {
    const review = await findReview(read, id);
    if (review === null) return null;
    const members = (await dueList(read, id)).filter(isRated);
    const { weights, retention } = await rulesOf(read, review.rules);
    const people = pageOf(await missingSelfReviews(read, review, members), page);
    return { review: id, percent: weights.self, keptYears: retention.sheets_years, ...people };
  },
  render(view, context) {
    const { t } = context;
    const { review: r, page: p } = view;
    const title = t('review.excuse.title');
    if (view.people.length === 0)
      return noPeople({ review: r, title, why: t('review.excuse.none'), tone: 'green' }, context);
    const options = absenceOptions(t, { value: 'none', label: t('review.excuse.without') });
    return peopleForm(
      {
        review: r,
        title,
        kept: keptLine(context, 'excuse', view.keptYears),
        intro: t('review.excuse.intro', { percent: view.percent }),
        name: 'excuse',
        page: view,
        people: view.people.map(({ person, name, reason }) => ({
          field: `excuse_${person}`,
          label: name,
          options,
          chosen: reason ?? 'none',
        })),
        save: button('excuse_save', t('review.excuse.save'), { a: 'excuse_save', r, p }, 'primary'),
        more: button('excuse_more', t('review.due.more'), { a: 'excuse_list', r, p: p + 1 }),
      },
      context,
    );
  },
});
