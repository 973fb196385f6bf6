/** What played colleagues do with the cards of the year: guests answer, sign in first and then fill in the checklist. */
import { describe, expect, it } from 'vitest';
import { activitySignInCard } from '../../cards/activity.ts';
import { renderReviewInvitation } from '../../cards/review-guest.ts';
import type { Card } from '../../src/card.ts';
import type { ReviewState } from '../../src/domain/review.ts';
import { LOCALES } from '../../src/i18n.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import { plausibleForm } from '../../src/playground/autoplay/plausible.ts';
import { stepOf } from '../../src/playground/autoplay/step.ts';
import { createRandom } from '../../src/playground/random.ts';
import type { Message } from '../../src/playground/world.ts';
import { renderIn } from '../support/render-context.ts';

const context = renderIn('zh-CN');
const guest = { branch: 'B002', name: '示例第二支部', comes: null, who: '', present: 0, checklist: null, remark: '' };
const invitation = (state: ReviewState, signedIn: boolean): Card =>
  renderReviewInvitation(
    {
      review: { id: 'R1', state, period: '2026-Q3' },
      hostName: '示例第一支部',
      meeting: null,
      guest,
      signedIn,
      typed: null,
      keptYears: 3,
    },
    context,
  );
const step = (card: Card) => stepOf({ card: renderCard(card), recalled: false } as unknown as Message);

describe('a card of the year', () => {
  it.each([
    ['an invitation', invitation('preparing', false), 'guest_come', 'guest_answer'],
    ['a meeting that has begun', invitation('meeting', false), 'guest_sign_in', 'guest_sign_in'],
    ['signed in', invitation('meeting', true), 'submit', 'guest_checklist'],
    [
      'an activity',
      activitySignInCard.render(
        {
          id: 'y',
          level: 'group',
          scope: 'G01',
          kind: 'seminar',
          title: '研讨',
          place: '',
          date: '2026-10-09',
          state: 'open',
          by: 'S0',
          at: 0,
        },
        context,
      ),
      'activity_sign_in',
      'activity_sign_in',
    ],
  ])('%s', (_what, card, button, work) => {
    expect(step(card)).toMatchObject({ button, work });
  });
  it('nothing is left to do once the results are published', () => {
    expect(step(invitation('notice', true))).toBeNull();
  });
  it.each(LOCALES)('who comes is always said, in %s', (locale) => {
    const form = step(invitation('preparing', false))?.form ?? {};
    for (let seed = 1; seed < 20; seed++)
      expect(plausibleForm(form, locale, createRandom(seed), 0)['who']).toMatch(locale === 'en' ? /secretary/ : /书记/);
  });
});
