import { z } from 'zod';
import { type Block, button, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { BRANCH_SUBJECT } from '../src/domain/marks.ts';
import { ANSWER_MAX } from '../src/domain/opinion.ts';
import { findReview } from '../src/store/reviews.ts';
import { findPerson } from '../src/store/roster.ts';
import { type About, ownText, passedText } from '../src/usecases/review/opinion-answers.ts';
import { takesForms } from '../src/usecases/review/self-review.ts';
import { periodName } from '../src/period-name.ts';
import { yearsName } from '../src/term-name.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { day } from './shared/when.ts';

export interface OpinionMineView {
  review: string;
  period: string;
  about: About;
  body: string;
  answerBy: string | null;
  answer: string | null;
  /** Whether the self-review can still use it. */
  open: boolean;
  reminder: boolean;
  /** Years the text and the answer are kept. */
  keptYears: number;
}

/** The grouped text about oneself, or for those who run the branch about the branch, and the answer to it. */
export const opinionMineCard = defineCard({
  name: 'opinion_mine',
  audience: 'person',
  args: z.object({
    review: z.string(),
    about: z.enum(['own', BRANCH_SUBJECT]),
    reminder: z.coerce.number().optional(),
  }),
  async view({ review: id, about, reminder }, { read, viewer }): Promise<OpinionMineView | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    const review = await findReview(read, id);
    if (review === null || person === null || person.leftOn !== null) return null;
    const digest = await ownText(read, { ...person, leftOn: null }, review, about);
    if (digest === null || (reminder !== undefined && digest.answer !== null)) return null;
    const { body, answerBy, answer } = digest;
    return {
      review: id,
      period: review.period,
      about,
      body,
      answerBy,
      answer,
      open: takesForms(review),
      reminder: reminder !== undefined,
      keptYears: (await rulesOf(read, review.rules)).retention.sheets_years,
    };
  },
  render({ review: r, period, about, body, answerBy, answer, open, reminder, keptYears }, { t, locale }) {
    const own = about === 'own';
    const blocks: Block[] = [
      ...(reminder ? [text(t('opinion.mine.reminder'), 'warn')] : []),
      text(t('opinion.mine.intro')),
      text(t('opinion.mine.who', { years: yearsName(t, keptYears) }), 'muted'),
      text(body),
      {
        kind: 'form',
        name: 'opinion_answer',
        fields: [
          ...(answerBy === null
            ? []
            : [
                {
                  kind: 'text',
                  text: t('opinion.mine.answer_by', { date: day(answerBy, locale) }),
                  tone: 'muted',
                } as const,
              ]),
          {
            kind: 'input',
            name: 'answer',
            label: own ? t('opinion.mine.answer') : t('opinion.mine.answer_branch'),
            multiline: true,
            maxLength: ANSWER_MAX,
            required: true,
            ...(answer === null ? {} : { initial: answer }),
          },
        ],
        buttons: [button('submit', t('opinion.mine.submit'), { a: 'opinion_answer', r, w: about }, 'primary')],
      },
      ...(open
        ? [
            {
              kind: 'buttons',
              buttons: [
                button('self_review_open', t('opinion.mine.self_review'), {
                  a: own ? 'self_review_open' : 'branch_review_open',
                  r,
                }),
              ],
            } satisfies Block,
          ]
        : []),
    ];
    const name = periodName(t, period);
    return {
      title: own ? t('opinion.mine.title', { period: name }) : t('opinion.mine.title_branch', { period: name }),
      tone: answer === null ? 'blue' : 'green',
      blocks,
    };
  },
});

/** The branch's answer, to everybody who was asked (P24): the answer only, the grouped opinions stay with the committee. */
export const opinionReplyCard = defineCard({
  name: 'opinion_reply',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }) {
    const review = await findReview(read, id);
    const digest = await passedText(read, id, BRANCH_SUBJECT);
    return review === null || digest?.answer == null ? null : { period: review.period, answer: digest.answer };
  },
  render: ({ period, answer }, { t }) => ({
    title: t('opinion.reply.title', { period: periodName(t, period) }),
    tone: 'green',
    blocks: [text(t('opinion.reply.intro')), text(answer)],
  }),
});

/** The calendar's call to a secretary whose branch has no review of the quarter yet (J14, J23). */
export const opinionCallCard = defineCard({
  name: 'opinion_call',
  audience: 'person',
  args: z.object({ period: z.string(), until: z.string() }),
  view: async (args) => args,
  render: ({ period, until }, { t, locale }) => ({
    title: t('opinion.call.title'),
    tone: 'blue',
    blocks: [text(t('opinion.call.text', { period: periodName(t, period), until: day(until, locale), code: period }))],
  }),
});
