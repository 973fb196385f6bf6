/** Objections: the person's form, the case for those who decide, the answer. All private (F10, F20). */
import { z } from 'zod';
import { type Block, button, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Rules } from '../src/domain/rules.ts';
import { findObjection, type Objection, objectionsOf } from '../src/store/objections.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch, findPerson } from '../src/store/roster.ts';
import { deciders, OBJECTION_MAX } from '../src/usecases/review/objection.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { daysName, yearsName } from '../src/term-name.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

interface FormView {
  review: string;
  period: string;
  rules: Pick<Rules, 'objection' | 'retention'>;
  objections: readonly Objection[];
}
export const objectionFormCard = defineCard({
  name: 'objection_form',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read, viewer }): Promise<FormView | null> {
    const review = await findReview(read, id);
    if (review === null || viewer.person === null) return null;
    const rules = await rulesOf(read, review.rules);
    return { review: id, period: review.period, rules, objections: await objectionsOf(read, id, viewer.person) };
  },
  render({ review: r, period, rules, objections }, { t, locale }) {
    const title = t('result.object_title');
    const open = objections.find((objection) => objection.state === 'open');
    const history = objections.flatMap((objection): Block[] => [
      text(objection.body),
      ...(objection.answer === null ? [] : [text(objection.answer, 'muted')]),
    ]);
    if (open !== undefined)
      return {
        title,
        tone: 'orange',
        blocks: [text(t('result.object_open', { by: day(open.decideBy, locale) })), ...history],
      };
    if (objections.some((objection) => objection.state === 'upheld'))
      return { title, tone: 'green', blocks: [...history, text(t('result.object_upheld_done'), 'good')] };
    if (objections.length >= 2)
      return { title, tone: 'grey', blocks: [...history, text(t('result.object_problem.no_further_appeal'))] };
    return {
      title,
      subtitle: periodName(t, period),
      tone: 'blue',
      blocks: [
        ...history,
        text(t('result.object_intro')),
        text(
          t('result.object_who', {
            decide: daysName(t, rules.objection.decide_days),
            appeal: daysName(t, rules.objection.appeal_days),
            years: yearsName(t, rules.retention.sheets_years),
          }),
          'muted',
        ),
        {
          kind: 'form',
          name: 'objection',
          fields: [
            {
              kind: 'input',
              name: 'text',
              label: t('result.object_text'),
              multiline: true,
              maxLength: OBJECTION_MAX,
              required: true,
            },
          ],
          buttons: [
            button(
              'submit',
              objections.length === 0 ? t('result.object_send') : t('result.object_appeal'),
              { a: 'objection_file', r },
              'primary',
            ),
          ],
        },
      ],
    };
  },
});

export const objectionCaseCard = defineCard({
  name: 'objection_case',
  audience: 'person',
  args: z.object({ objection: z.string() }),
  async view({ objection: id }, { use, read, viewer }) {
    const objection = await findObjection(read, id);
    const review = objection && (await findReview(read, objection.review));
    if (!objection || !review || viewer.person === null) return null;
    const mine = (await deciders(read, use, review, objection.person, objection.level === 1 ? 1 : 2)).includes(
      viewer.person,
    );
    if (!mine && objection.decidedBy !== viewer.person) return null;
    const branch = await findBranch(read, review.branch);
    return {
      objection,
      period: review.period,
      keptYears: (await rulesOf(read, review.rules)).retention.sheets_years,
      branchName: branch?.name ?? '',
      name: (await findPerson(read, objection.person))?.name ?? '',
    };
  },
  render({ objection, period, keptYears, branchName, name }, context) {
    const { t, locale } = context;
    const o = objection.id;
    const params = {
      branch: branchName,
      period: periodName(t, period),
      name,
      level: objection.level,
      by: day(objection.decideBy, locale),
    };
    const head = [text(t('result.object_case_intro', params)), text(objection.body)];
    if (objection.state !== 'open')
      return {
        title: t('result.object_case_title'),
        tone: 'grey',
        blocks: [...head, text(t('result.object_decided')), text(objection.answer ?? '', 'muted')],
      };
    return {
      title: t('result.object_case_title'),
      tone: 'orange',
      blocks: [
        ...head,
        keptLine(context, 'objection_case', keptYears),
        {
          kind: 'form',
          name: 'decision',
          fields: [
            {
              kind: 'input',
              name: 'answer',
              label: t('result.object_answer'),
              multiline: true,
              maxLength: OBJECTION_MAX,
              required: false,
            },
          ],
          buttons: [
            button('uphold', t('result.object_uphold'), { a: 'objection_decide', o }, 'primary'),
            button('reject', t('result.object_reject'), { a: 'objection_decide', o }),
          ],
        },
        { kind: 'buttons', buttons: [button('recount', t('result.recount'), { a: 'recount', o })] },
      ],
    };
  },
});

export const objectionAnswerCard = defineCard({
  name: 'objection_answer',
  audience: 'person',
  args: z.object({ objection: z.string() }),
  async view({ objection: id }, { read, viewer }) {
    const objection = await findObjection(read, id);
    return objection !== null && objection.person === viewer.person && objection.state !== 'open' ? objection : null;
  },
  render({ state, answer, level, review: r }, { t }) {
    return {
      title: t('result.object_answer_title'),
      tone: state === 'upheld' ? 'green' : 'grey',
      blocks: [
        text(
          t('result.object_answer_intro', {
            outcome: state === 'upheld' ? t('result.object_upheld') : t('result.object_rejected'),
          }),
          'strong',
        ),
        text(answer ?? ''),
        ...(state === 'rejected' && level === 1
          ? [
              {
                kind: 'buttons',
                buttons: [button('appeal', t('result.object_appeal'), { a: 'objection_form', r })],
              } satisfies Block,
            ]
          : []),
      ],
    };
  },
});
