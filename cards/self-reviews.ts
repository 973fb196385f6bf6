/** Self-reviews for the branch committee and the unit's leaders (F14): who has filed one, and the words of each. Marks stay hidden until the ballot has closed (A55). */
import { z } from 'zod';
import { type Block, button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { BRANCH_SUBJECT } from '../src/domain/marks.ts';
import { periodName } from '../src/period-name.ts';
import { findReview } from '../src/store/reviews.ts';
import { findPerson } from '../src/store/roster.ts';
import { findSelfReview, type SelfReview } from '../src/store/self-reviews.ts';
import { onCommittee } from '../src/usecases/access.ts';
import { filedSelfReviews, showsSelfMarks } from '../src/usecases/review/self-review.ts';
import { catalogueOf } from '../src/usecases/versions.ts';
import { readerOf } from './shared/actor.ts';
import { selfReviewBlocks } from './shared/self-review-blocks.ts';

/** Buttons a card; a larger branch reads the rest in the count sheet. */
const MOST = 60;

interface ListView {
  review: string;
  period: string;
  filed: readonly { person: string; name: string }[];
  /** Where the reader came from: the committee from its console, leaders of the unit from the scores. */
  back: 'console' | 'scores';
}
export const selfReviewsCard = defineCard({
  name: 'self_reviews',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, context): Promise<ListView | null> {
    const review = await findReview(context.read, id);
    if (review === null) return null;
    const reader = await readerOf(context);
    const back = reader !== null && onCommittee(reader, review.branch) ? 'console' : 'scores';
    return { review: id, period: review.period, filed: await filedSelfReviews(context.read, id), back };
  },
  render: ({ review: r, period, filed, back }, { t }) => ({
    title: t('review.self.list_title', { period: periodName(t, period) }),
    tone: 'blue',
    blocks: [
      text(filed.length === 0 ? t('review.self.list_none') : t('review.self.list_intro')),
      ...(filed.length === 0
        ? []
        : [
            {
              kind: 'buttons',
              compact: true,
              buttons: filed.slice(0, MOST).map(({ person, name }) =>
                button(`read_${person}`, person === BRANCH_SUBJECT ? t('ballot.branch_name') : name, {
                  a: 'self_review_read',
                  r,
                  p: person,
                }),
              ),
            } satisfies Block,
          ]),
      buttons(button(back, t('common.back'), { a: back, r })),
    ],
  }),
});

interface TextView {
  review: string;
  period: string;
  /** Null: the branch's own. */
  name: string | null;
  self: SelfReview;
  /** Null while they are hidden. */
  marks: readonly { zh: string; en: string; mark: number }[] | null;
}
export const selfReviewTextCard = defineCard({
  name: 'self_review_text',
  audience: 'person',
  args: z.object({ review: z.string(), person: z.string() }),
  async view({ review: id, person }, { read }): Promise<TextView | null> {
    const review = await findReview(read, id);
    const self = review && (await findSelfReview(read, id, person));
    if (!review || !self) return null;
    const catalogue = await catalogueOf(read, review.catalogue);
    const stars = person === BRANCH_SUBJECT ? catalogue.branch : catalogue.member;
    const marks = showsSelfMarks(review)
      ? stars.flatMap(({ key, zh, en }) => (self.marks[key] === undefined ? [] : [{ zh, en, mark: self.marks[key] }]))
      : null;
    return {
      review: id,
      period: review.period,
      name: person === BRANCH_SUBJECT ? null : ((await findPerson(read, person))?.name ?? ''),
      self,
      marks,
    };
  },
  render({ review: r, period, name, self, marks }, context) {
    const { t } = context;
    return {
      title: name ?? t('ballot.branch_name'),
      subtitle: t('review.self.title', { period: periodName(t, period) }),
      tone: 'blue',
      blocks: [
        ...selfReviewBlocks(self, marks, context),
        buttons(button('self_reviews', t('common.back'), { a: 'self_reviews', r })),
      ],
    };
  },
});
