import { z } from 'zod';
import { button, type Field, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { ABSENCE_REASONS, type AbsenceReason } from '../src/domain/absence.ts';
import { isRated } from '../src/domain/rating.ts';
import { dueList } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { missingSelfReviews } from '../src/usecases/review/self-review.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { keptLine } from './shared/kept-line.ts';

const PAGE = 12;

interface ExcuseEditView {
  review: string;
  page: number;
  pages: number;
  /** Weight of the self-review, in per cent. */
  percent: number;
  keptYears: number;
  people: readonly { person: string; name: string; reason: AbsenceReason | null }[];
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
    const all = await missingSelfReviews(read, review, members);
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    const shown = Math.min(page, pages - 1);
    const { weights, retention } = await rulesOf(read, review.rules);
    return {
      review: id,
      percent: weights.self,
      keptYears: retention.sheets_years,
      page: shown,
      pages,
      people: all.slice(shown * PAGE, shown * PAGE + PAGE),
    };
  },
  render({ review: r, page: p, pages, percent, keptYears, people }, context) {
    const { t } = context;
    const back = { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] } as const;
    const title = t('review.excuse.title');
    if (people.length === 0) return { title, tone: 'green', blocks: [text(t('review.excuse.none')), back] };
    const options = [
      { value: 'none', label: t('review.excuse.without') },
      ...ABSENCE_REASONS.map((reason) => ({ value: reason, label: t(`review.absence.${reason}`) })),
    ];
    return {
      title,
      subtitle: `${p + 1} / ${pages}`,
      tone: 'blue',
      blocks: [
        keptLine(context, 'excuse', keptYears),
        {
          kind: 'form',
          name: 'excuse',
          fields: [
            { kind: 'text', text: t('review.excuse.intro', { percent }) },
            ...people.map(
              ({ person, name, reason }): Field => ({
                kind: 'select',
                name: `excuse_${person}`,
                label: name,
                options,
                initial: reason ?? 'none',
                required: false,
              }),
            ),
          ],
          buttons: [
            button('excuse_save', t('review.excuse.save'), { a: 'excuse_save', r, p }, 'primary'),
            ...(p + 1 < pages ? [button('excuse_more', t('review.due.more'), { a: 'excuse_list', r, p: p + 1 })] : []),
          ],
        },
        back,
      ],
    };
  },
});
