/** Objections: the person's form, the case for those who decide, the answer. All private (F10, F20). */
import { z } from 'zod';
import { type Block, button, buttons, type Card, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import type { FilingRefusal } from '../src/domain/objection.ts';
import type { Reader } from '../src/store/db.ts';
import { findObjection, type Objection, objectionsOf } from '../src/store/objections.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch, findPerson } from '../src/store/roster.ts';
import { filingRefused, OBJECTION_MAX } from '../src/usecases/review/objection.ts';
import { deciders } from '../src/usecases/review/objection-people.ts';
import { catalogueOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { stepAsideButton } from './shared/step-aside.ts';
import type { Rules } from '../src/domain/rules.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { daysName, yearsName } from '../src/term-name.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

type StarNames = ReadonlyMap<string, { zh: string; en: string }>;
const starNames = async (h: Reader, catalogue: string): Promise<StarNames> =>
  new Map((await catalogueOf(h, catalogue)).member.map((star) => [star.key, star]));

/** What an upheld objection came to; empty while it is not settled. */
function settledLines(
  { settledReason, barLifted, starNamed }: Objection,
  names: StarNames,
  { t, locale }: RenderContext,
): Block[] {
  if (settledReason === null) return [];
  const star = starNamed === null ? undefined : names.get(starNamed);
  const what = [
    ...(barLifted === 1 ? [t('result.settled_lifted')] : []),
    ...(star === undefined ? [] : [t('result.settled_named', { star: star[locale === 'en' ? 'en' : 'zh'] })]),
  ];
  const said = what.length === 0 ? t('result.settled_none') : what.join(t('common.comma'));
  return [text(t('result.object_settled', { what: said, reason: settledReason }), 'good')];
}

interface FormView {
  review: string;
  period: string;
  rules: Pick<Rules, 'objection' | 'retention'>;
  objections: readonly Objection[];
  names: StarNames;
  /** Why nothing can be filed now; then there is no form. */
  refused: FilingRefusal | null;
}
export const objectionFormCard = defineCard({
  name: 'objection_form',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { use, read, viewer, now }): Promise<FormView | null> {
    const review = await findReview(read, id);
    if (review === null || viewer.person === null) return null;
    return {
      review: id,
      period: review.period,
      rules: await rulesOf(read, review.rules),
      objections: await objectionsOf(read, id, viewer.person),
      names: await starNames(read, review.catalogue),
      refused: await filingRefused(read, use, review, viewer.person, now),
    };
  },
  render({ review: r, period, rules, objections, names, refused }, context) {
    const { t, locale } = context;
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
    const upheld = objections.find((objection) => objection.state === 'upheld');
    if (upheld !== undefined) {
      const settled = settledLines(upheld, names, context);
      const coming = settled.length === 0 ? [text(t('result.object_upheld_done'), 'good')] : settled;
      return { title, tone: 'green', blocks: [...history, ...coming] };
    }
    if (refused !== null)
      return { title, tone: 'grey', blocks: [...history, text(t(`result.object_problem.${refused}`))] };
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

interface CaseView {
  objection: Objection;
  period: string;
  keptYears: number;
  branchName: string;
  name: string;
  /** Whether the reader has said that there is no relation to the person; only then the case is shown (F17). */
  opened: boolean;
}

function renderCase(
  { objection, period, keptYears, branchName, name, opened }: CaseView,
  context: RenderContext,
): Card {
  const { t, locale } = context;
  const o = objection.id;
  const title = t('result.object_case_title');
  const params = {
    branch: branchName,
    period: periodName(t, period),
    name,
    level: objection.level,
    by: day(objection.decideBy, locale),
  };
  const head = [
    text(t('result.object_case_intro', params)),
    keptLine(context, 'objection_case', keptYears),
    text(objection.body),
  ];
  if (objection.state !== 'open')
    return {
      title,
      tone: 'grey',
      blocks: [...head, text(t('result.object_decided')), text(objection.answer ?? '', 'muted')],
    };
  if (!opened)
    return {
      title,
      tone: 'orange',
      blocks: [
        text(t('result.object_case_ask', params)),
        text(t('result.object_case_ask_who'), 'muted'),
        buttons(
          button('open_case', t('result.object_case_open'), { a: 'objection_open', o }, 'primary'),
          stepAsideButton(o, t),
        ),
      ],
    };
  return {
    title,
    tone: 'orange',
    blocks: [
      ...head,
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
      buttons(button('recount', t('result.recount'), { a: 'recount', o }), stepAsideButton(o, t)),
    ],
  };
}

/** For those who decide: first whether they must step aside, then the case. */
export const objectionCaseCard = defineCard({
  name: 'objection_case',
  audience: 'person',
  args: z.object({ objection: z.string(), opened: z.literal(1).optional() }),
  async view({ objection: id, opened }, { use, read, viewer }): Promise<CaseView | null> {
    const objection = await findObjection(read, id);
    const review = objection && (await findReview(read, objection.review));
    if (!objection || !review || viewer.person === null) return null;
    const mine = objection.state === 'open' && (await deciders(read, use, review, objection)).includes(viewer.person);
    if (!mine && objection.decidedBy !== viewer.person) return null;
    const branch = await findBranch(read, review.branch);
    return {
      objection,
      period: review.period,
      keptYears: (await rulesOf(read, review.rules)).retention.sheets_years,
      branchName: branch?.name ?? '',
      name: (await findPerson(read, objection.person))?.name ?? '',
      opened: opened === 1,
    };
  },
  render: renderCase,
});

interface AnswerView {
  objection: Objection;
  names: StarNames;
}
export const objectionAnswerCard = defineCard({
  name: 'objection_answer',
  audience: 'person',
  args: z.object({ objection: z.string() }),
  async view({ objection: id }, { read, viewer }): Promise<AnswerView | null> {
    const objection = await findObjection(read, id);
    const review = objection && (await findReview(read, objection.review));
    if (!objection || !review || objection.person !== viewer.person || objection.state === 'open') return null;
    return { objection, names: await starNames(read, review.catalogue) };
  },
  render({ objection, names }, context) {
    const { t } = context;
    const { state, answer, level, review: r } = objection;
    const settled = settledLines(objection, names, context);
    const said = state === 'rejected' ? t('result.object_rejected') : t('result.object_upheld');
    return {
      title: t('result.object_answer_title'),
      tone: state === 'upheld' ? 'green' : 'grey',
      blocks: [
        ...(settled.length === 0 ? [text(t('result.object_answer_intro', { outcome: said }), 'strong')] : settled),
        text(answer ?? ''),
        ...(settled.length === 0
          ? []
          : [buttons(button('my_result', t('result.mine_button'), { a: 'my_result', r }, 'primary'))]),
        ...(state === 'rejected' && level === 1
          ? [buttons(button('appeal', t('result.object_appeal'), { a: 'objection_form', r }))]
          : []),
      ],
    };
  },
});
