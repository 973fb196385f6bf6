/** What the other branches of the group get of a review, and what the host reads of them (R70, R71, A18). */
import { z } from 'zod';
import { type Block, button, buttons, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import type { Review } from '../src/domain/review.ts';
import { guestMayAnswer, guestMayCheck, guestMaySignIn, REVIEW_GUEST_ITEMS } from '../src/domain/review-guest.ts';
import { periodName } from '../src/period-name.ts';
import { yearsName } from '../src/term-name.ts';
import { findReviewGuest, hasSignedInAsGuest, type ReviewGuest } from '../src/store/review-guests.ts';
import { meetingOf, type ReviewMeeting } from '../src/store/review-meeting.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { onCommittee, runsBranch } from '../src/usecases/access.ts';
import { type GuestsSeen, guestsSeen } from '../src/usecases/review/guests.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { readerOf } from './shared/actor.ts';
import { guestAnswerForm, guestChecklistForm, guestSaid } from './shared/guest-forms.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

interface GuestView {
  review: Pick<Review, 'id' | 'state' | 'period'>;
  hostName: string;
  meeting: ReviewMeeting | null;
  guest: ReviewGuest;
  signedIn: boolean;
  typed: Readonly<Partial<Record<string, string>>> | null;
  /** Years the checklist is kept. */
  keptYears: number;
}
/** Null for whoever does not run an invited branch. */
export async function loadReviewInvitation(
  id: string,
  typed: GuestView['typed'],
  context: CardContext,
): Promise<GuestView | null> {
  const { read } = context;
  const reader = await readerOf(context);
  const review = await findReview(read, id);
  if (reader === null || review === null || !runsBranch(reader, reader.branch)) return null;
  const guest = await findReviewGuest(read, id, reader.branch);
  const host = await findBranch(read, review.branch);
  if (guest === null || host === null) return null;
  const signedIn = await hasSignedInAsGuest(read, id, reader.employeeNo);
  const keptYears = (await rulesOf(read, review.rules)).retention.sheets_years;
  return { review, hostName: host.name, meeting: await meetingOf(read, id), guest, signedIn, typed, keptYears };
}

function guestBody(view: GuestView, context: RenderContext): Block[] {
  const { t } = context;
  const { review, guest, signedIn, typed } = view;
  const r = review.id;
  if (guestMayAnswer(review.state)) {
    const said = guestSaid(guest, context);
    return [
      said === null ? text(t('meeting.review_guest.ask')) : text(said, 'good'),
      keptLine(context, 'guest_answer', view.keptYears),
      guestAnswerForm(guest.who, typed, (c) => ({ a: 'review_guest_answer', r, c }), context),
    ];
  }
  if (!guestMayCheck(review.state)) return [text(t('meeting.review_guest.over'), 'muted')];
  const items = REVIEW_GUEST_ITEMS.map((item) => [item, t(`meeting.review_guest.items.${item}`)] as const);
  const here: Block[] = !guestMaySignIn(review.state)
    ? []
    : signedIn
      ? [text(t('meeting.review_guest.signed_in'), 'good')]
      : [buttons(button('guest_sign_in', t('review.sign_in.button'), { a: 'review_guest_sign_in', r }, 'primary'))];
  return [
    ...here,
    ...(guest.checklist === null ? [] : [text(t('meeting.guest.filed'), 'good')]),
    text(t('meeting.review_guest.check_intro', { years: yearsName(t, view.keptYears) })),
    guestChecklistForm(items, guest.checklist, guest.remark, typed, { a: 'review_guest_check', r }, context),
  ];
}
export function renderReviewInvitation(view: GuestView, context: RenderContext): Card {
  const { t, locale } = context;
  const { review, hostName, meeting } = view;
  return {
    title: t(guestMayAnswer(review.state) ? 'meeting.review_guest.title' : 'meeting.review_guest.check_title', {
      branch: hostName,
    }),
    subtitle: periodName(t, review.period),
    tone: 'blue',
    blocks: [
      ...(meeting === null
        ? []
        : [
            facts(
              [t('meeting.plan.date'), `${day(meeting.date, locale)} ${meeting.time}`],
              [t('meeting.plan.place'), meeting.place],
            ),
          ]),
      ...guestBody(view, context),
    ],
  };
}
export const reviewInvitationCard = defineCard({
  name: 'review_invitation',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: ({ review }, context) => loadReviewInvitation(review, null, context),
  render: renderReviewInvitation,
});

/** Goes to the chat of a guest branch; whoever taps it sees only a toast. */
export const reviewGuestSignInCard = defineCard({
  name: 'review_guest_sign_in',
  audience: 'any',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }) {
    const review = await findReview(read, id);
    const host = review && (await findBranch(read, review.branch));
    return review && host ? { id, hostName: host.name, period: review.period } : null;
  },
  render: ({ id, hostName, period }, { t }) => ({
    title: t('meeting.review_guest.sign_in_title', { branch: hostName, period: periodName(t, period) }),
    tone: 'blue',
    blocks: [
      text(t('meeting.review_guest.sign_in_intro')),
      buttons(button('guest_sign_in', t('review.sign_in.button'), { a: 'review_guest_sign_in', r: id }, 'primary')),
    ],
    typed: t('review.sign_in.typed'),
  }),
});

interface HostView extends GuestsSeen {
  review: Pick<Review, 'id' | 'period'>;
}
/** For the committee of the host: who comes and came, and totals of the checklists. */
export const reviewGuestsCard = defineCard({
  name: 'review_guests',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, context): Promise<HostView | null> {
    const reader = await readerOf(context);
    const review = await findReview(context.read, id);
    if (reader === null || review === null || !onCommittee(reader, review.branch)) return null;
    return { review, ...(await guestsSeen(context.read, id)) };
  },
  render({ review, guests, filed, totals, remarks }, { t }) {
    const said = ({ comes, who, present }: HostView['guests'][number]): string => {
      if (present > 0) return t('network.present', { n: present });
      if (comes === null) return t('meeting.guest.no_answer');
      return comes ? t('meeting.guest.comes_line', { who: who === '' ? '—' : who }) : t('meeting.guest.comes_not');
    };
    return {
      title: t('meeting.review_guest.host_title', { period: periodName(t, review.period) }),
      tone: 'blue',
      blocks: [
        guests.length === 0
          ? text(t('meeting.review_guest.none'), 'muted')
          : list(guests.map((guest) => t('meeting.guest.line', { name: guest.name, said: said(guest) }))),
        text(t('meeting.review_guest.filed', { n: filed }), 'strong'),
        ...(totals.length === 0
          ? []
          : [
              list(
                totals.map(({ item, yes, no }) =>
                  t('meeting.review_guest.total', { item: t(`meeting.review_guest.items.${item}`), yes, no }),
                ),
              ),
            ]),
        ...(remarks.length === 0 ? [] : [text(t('meeting.review_guest.remarks'), 'strong'), list(remarks)]),
        text(t('meeting.review_guest.host_note'), 'muted'),
        buttons(button('console', t('common.back'), { a: 'console', r: review.id })),
      ],
    };
  },
});
