/** The notice of a review meeting, and the form it is given with. */
import { z } from 'zod';
import { button, type Card, facts, type Field, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { AGENDA, type Review } from '../src/domain/review.ts';
import type { Reader } from '../src/store/db.ts';
import { periodName } from '../src/period-name.ts';
import { workingDaysName } from '../src/term-name.ts';
import { meetingOf, type ReviewMeeting } from '../src/store/review-meeting.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { PLACE_MAX } from '../src/usecases/review/meeting-notice.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { initialDate } from './shared/event-fields.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

interface FormView {
  review: string;
  period: string;
  /** Working days the notice comes before the meeting, by the rules. */
  noticeDays: number;
  keptYears: number;
  /** What was said before, or typed and refused. */
  values: Readonly<Record<string, string>>;
}
export function renderMeetingForm(
  { review: r, period, noticeDays, keptYears, values }: FormView,
  context: RenderContext,
): Card {
  const { t } = context;
  const input = (name: 'time' | 'place', maxLength: number): Field => ({
    kind: 'input',
    name,
    label: t(`review.notice.${name}`),
    placeholder: t(`review.notice.${name}_hint`),
    multiline: false,
    maxLength,
    required: true,
    ...(values[name] ? { initial: values[name] } : {}),
  });
  return {
    title: t('review.notice.form_title', { period: periodName(t, period) }),
    tone: 'blue',
    blocks: [
      text(t('review.notice.form_intro', { days: workingDaysName(t, noticeDays) })),
      keptLine(context, 'meeting_notice', keptYears),
      {
        kind: 'form',
        name: 'meeting_notice',
        fields: [
          {
            kind: 'date',
            name: 'date',
            label: t('review.notice.date'),
            required: true,
            ...initialDate(values.date),
          },
          input('time', 5),
          input('place', PLACE_MAX),
        ],
        buttons: [button('submit', t('review.notice.send'), { a: 'meeting_notice', r }, 'primary')],
      },
      { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] },
    ],
  };
}
export const meetingFormCard = defineCard({
  name: 'meeting_form',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }): Promise<FormView | null> {
    const review = await findReview(read, id);
    if (review === null) return null;
    const known = await meetingOf(read, id);
    return {
      review: id,
      period: review.period,
      ...(await meetingTerms(read, review)),
      values: known === null ? {} : { ...known },
    };
  },
  render: renderMeetingForm,
});

/** What the rules of the review say about its meeting. */
export async function meetingTerms(h: Reader, { rules }: Pick<Review, 'rules'>) {
  const { meeting, retention } = await rulesOf(h, rules);
  return { noticeDays: meeting.notice_working_days, keptYears: retention.results_years };
}

interface NoticeView {
  /** Who must be present for the ballot to open, by the rules: `2/3`. */
  share: string;
  branchName: string;
  period: string;
  meeting: ReviewMeeting;
}
/** For the branch chat and the unit's leaders; the group's other branches get an invitation of their own. */
export const meetingNoticeCard = defineCard({
  name: 'meeting_notice',
  audience: 'any',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }): Promise<NoticeView | null> {
    const review = await findReview(read, id);
    const branch = review && (await findBranch(read, review.branch));
    const meeting = await meetingOf(read, id);
    if (!review || !branch || !meeting) return null;
    const { quorum } = await rulesOf(read, review.rules);
    return { branchName: branch.name, period: review.period, meeting, share: quorum.fraction };
  },
  render: ({ branchName, period, meeting, share }, { t, locale }) => ({
    title: t('review.notice.title', { branch: branchName, period: periodName(t, period) }),
    tone: 'blue',
    blocks: [
      facts(
        [t('review.notice.date'), `${day(meeting.date, locale)} ${meeting.time}`],
        [t('review.notice.place'), meeting.place],
      ),
      text(t('review.console.agenda'), 'strong'),
      list([...AGENDA.map((item) => t(`review.agenda.${item}`)), t('review.notice.then_ballot', { share })]),
      text(t('review.notice.guests'), 'muted'),
    ],
  }),
});
