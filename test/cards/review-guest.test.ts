/** Cards of guests at a review with the worst that people can bring about, in both languages, on both platforms. */
import { describe, it } from 'vitest';
import { renderReviewInvitation, reviewGuestsCard, reviewGuestSignInCard } from '../../cards/review-guest.ts';
import { REMARK_MAX } from '../../src/domain/checklist.ts';
import { PLACE_MAX, WHO_MAX } from '../../src/domain/meeting.ts';
import { REVIEW_GUEST_ITEMS, reviewChecklistSchema } from '../../src/domain/review-guest.ts';
import { reviewStateSchema } from '../../src/domain/review.ts';
import { LOCALES } from '../../src/i18n.ts';
import { fits, longName, nasty } from '../support/fits.ts';
import { renderIn } from '../support/render-context.ts';

const id = 'r'.repeat(36);
const checklist = reviewChecklistSchema.parse(Object.fromEntries(REVIEW_GUEST_ITEMS.map((item) => [item, false])));
const guest = {
  branch: 'B002',
  name: longName(2),
  comes: true,
  who: nasty(WHO_MAX),
  present: 0,
  checklist,
  remark: nasty(REMARK_MAX),
};

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);

  it.each(reviewStateSchema.options)('an invitation while the review is %s', (state) => {
    const review = { id, state, period: '2026-Q3' };
    const meeting = { date: '2026-10-15', time: '09:30', place: nasty(PLACE_MAX) };
    const seen = { review, hostName: longName(1), meeting, guest, signedIn: false, typed: null, keptYears: 3 };
    fits(renderReviewInvitation(seen, context));
    fits(
      renderReviewInvitation({ ...seen, meeting: null, signedIn: true, guest: { ...guest, checklist: null } }, context),
    );
    fits(renderReviewInvitation({ ...seen, typed: { who: nasty(WHO_MAX), remark: nasty(REMARK_MAX) } }, context));
  });
  it('the sign-in and what the host reads', () => {
    fits(reviewGuestSignInCard.render({ id, hostName: longName(1), period: '2026-Q3' }, context));
    const totals = REVIEW_GUEST_ITEMS.map((item) => ({ item, yes: 3, no: 3 }));
    const remarks = [1, 2, 3].map(() => nasty(REMARK_MAX));
    const host = {
      review: { id, period: '2026-Q3' },
      guests: [guest, { ...guest, present: 9 }, { ...guest, comes: null }],
      filed: 3,
      totals,
      remarks,
    };
    fits(reviewGuestsCard.render(host, context));
    fits(reviewGuestsCard.render({ ...host, guests: [], filed: 0, totals: [], remarks: [] }, context));
  });
});
