import { z } from 'zod';
import { button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { ballotAccess } from '../src/store/ballot-access.ts';
import { isRated } from '../src/domain/rating.ts';
import { findDue } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { excusesOf, selfReviewsFiled } from '../src/store/self-reviews.ts';
import { takesForms } from '../src/usecases/review/self-review.ts';
import { periodName } from '../src/period-name.ts';
import { when } from './shared/when.ts';

/** Private reminder of a ballot not cast; not sent when its reader has voted in the meantime. */
export const ballotReminderCard = defineCard({
  name: 'ballot_reminder',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review }, { use, read, viewer, now }) {
    const access = viewer.person === null ? null : await ballotAccess(read, review, viewer.person);
    if (
      access === null ||
      access.state !== 'balloting' ||
      access.voted !== 0 ||
      (access.until !== null && access.until <= now)
    )
      return null;
    return { ...access, timezone: use.config.timezone };
  },
  render: ({ review: r, branchName, period, until, timezone }, { t, locale }) => ({
    title: t('review.remind.title'),
    tone: 'orange',
    blocks: [
      text(
        t('review.remind.ballot', {
          branch: branchName,
          period: periodName(t, period),
          until: until === null ? '' : when(until, timezone, locale),
        }),
      ),
      buttons(button('ballot_open', t('review.remind.open'), { a: 'ballot_open', r }, 'primary')),
    ],
    typed: t('webballot.typed'),
  }),
});

/** Private reminder of a self-review not filed; not sent when it, or a reason for its absence, is there by then. */
export const selfReviewReminderCard = defineCard({
  name: 'self_review_reminder',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read, viewer }) {
    const review = await findReview(read, id);
    if (review === null || viewer.person === null || !takesForms(review)) return null;
    const due = await findDue(read, id, viewer.person);
    if (due === null || !isRated(due) || (await selfReviewsFiled(read, id)).has(viewer.person)) return null;
    if ((await excusesOf(read, id)).some((excuse) => excuse.person === viewer.person)) return null;
    return { review: id, period: review.period };
  },
  render: ({ review: r, period }, { t }) => ({
    title: t('review.remind.title'),
    tone: 'orange',
    blocks: [
      text(t('review.remind.self_review', { period: periodName(t, period) })),
      buttons(button('self_review_open', t('result.open_self'), { a: 'self_review_open', r }, 'primary')),
    ],
  }),
});
