/** "Correct the result": for those who settle an upheld objection. Choices that raise only, a reason, and a preview before it counts. */
import { z } from 'zod';
import { type Block, button, buttons, type Card, type Field, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { changesStars, type Correction, isBarred, nameable } from '../src/domain/correction.ts';
import { type MemberSheet, outstandingCap } from '../src/domain/sheet.ts';
import { findObjection, type Objection } from '../src/store/objections.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch, findPerson } from '../src/store/roster.ts';
import { memberSheets, REASON_MAX } from '../src/usecases/review/confirm.ts';
import { settleBy } from '../src/usecases/review/objection-clock.ts';
import { settlers } from '../src/usecases/review/objection-people.ts';
import type { Preview } from '../src/usecases/review/settle.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { stepAsideButton } from './shared/step-aside.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

export interface SettleView {
  objection: Objection;
  branchName: string;
  period: string;
  name: string;
  by: string;
  barred: boolean;
  /** Stars that may be named outstanding, those that a lifted bar gives back included. */
  stars: readonly { key: string; zh: string; en: string }[];
  /** What was chosen and typed so far. */
  chosen: Correction & { reason: string };
  /** Set once the choices were checked: what they come to. */
  preview: Preview | null;
}
const NOTHING: SettleView['chosen'] = { liftBar: false, outstanding: null, reason: '' };

async function load(id: string, { use, read, viewer }: CardContext): Promise<SettleView | null> {
  const objection = await findObjection(read, id);
  const review = objection && (await findReview(read, objection.review));
  if (!objection || !review || viewer.person === null || objection.state !== 'upheld') return null;
  const mine =
    objection.settledAt === null
      ? (await settlers(read, use, review, objection)).includes(viewer.person)
      : objection.settledBy === viewer.person;
  if (!mine) return null;
  const sheets = await memberSheets(read, review.id);
  const sheet = sheets.find(({ employee_no }) => employee_no === objection.person);
  const { named, allowed } = outstandingCap(sheets, await rulesOf(read, review.rules));
  const may = new Set(sheet === undefined || named >= allowed ? [] : nameable(sheet, isBarred(sheet)));
  return {
    objection,
    branchName: (await findBranch(read, review.branch))?.name ?? '',
    period: review.period,
    name: (await findPerson(read, objection.person))?.name ?? '',
    by: await settleBy(read, use, review, objection),
    barred: sheet !== undefined && isBarred(sheet),
    stars: (await catalogueOf(read, review.catalogue)).member.filter((star) => may.has(star.key)),
    chosen: NOTHING,
    preview: null,
  };
}

const reasonField = ({ chosen }: SettleView, { t }: RenderContext): Field => ({
  kind: 'input',
  name: 'reason',
  label: t('result.settle_reason'),
  multiline: true,
  maxLength: REASON_MAX,
  required: true,
  ...(chosen.reason === '' ? {} : { initial: chosen.reason }),
});

function choices(view: SettleView, context: RenderContext): Field[] {
  const { barred, stars, chosen } = view;
  const { t, locale } = context;
  return [
    ...(barred
      ? [
          {
            kind: 'select',
            name: 'bar',
            label: t('result.settle_bar'),
            options: [
              { value: 'keep', label: t('result.settle_bar_keep') },
              { value: 'lift', label: t('result.settle_bar_lift') },
            ],
            initial: chosen.liftBar ? 'lift' : 'keep',
            required: false,
          } satisfies Field,
        ]
      : []),
    ...(stars.length === 0
      ? []
      : [
          {
            kind: 'select',
            name: 'star',
            label: t('result.settle_star'),
            options: [
              { value: 'none', label: t('result.settle_star_none') },
              ...stars.map((star) => ({ value: star.key, label: star[locale === 'en' ? 'en' : 'zh'] })),
            ],
            initial: chosen.outstanding ?? 'none',
            required: false,
          } satisfies Field,
        ]),
    reasonField(view, context),
  ];
}

function previewLines({ chosen, preview, name, stars }: SettleView, { t, locale }: RenderContext): string[] {
  if (preview === null) return [];
  const level = ({ level: n }: MemberSheet): string => (n === null ? '–' : String(n));
  const star = stars.find(({ key }) => key === chosen.outstanding);
  return [
    ...(chosen.liftBar ? [t('result.settled_lifted')] : []),
    ...(star === undefined ? [] : [t('result.settled_named', { star: star[locale === 'en' ? 'en' : 'zh'] })]),
    ...(changesStars(chosen) ? [] : [t('result.settled_none')]),
    t('result.settle_stars', { name, before: level(preview.before), after: level(preview.after) }),
  ];
}

/** Choices and a preview are never on one card, so that nothing counts but what was seen. */
function render(view: SettleView, context: RenderContext): Card {
  const { objection, chosen, preview, branchName, period, name, by } = view;
  const { t, locale } = context;
  const o = objection.id;
  const title = t('result.settle_title');
  const head: Block[] = [
    text(t('result.settle_intro', { branch: branchName, period: periodName(t, period), name, by: day(by, locale) })),
    text(t('result.settle_who'), 'muted'),
    keptLine(context, 'settle'),
    text(t('result.settle_answer', { answer: objection.answer ?? '' })),
  ];
  if (objection.settledAt !== null)
    return {
      title,
      tone: 'grey',
      blocks: [text(t('result.settle_over'), 'good'), text(objection.settledReason ?? '', 'muted')],
    };
  if (preview === null)
    return {
      title,
      tone: 'orange',
      blocks: [
        ...head,
        {
          kind: 'form',
          name: 'correction',
          fields: choices(view, context),
          buttons: [button('settle_preview', t('result.settle_preview'), { a: 'settle_preview', o }, 'primary')],
        },
        buttons(stepAsideButton(o, t)),
      ],
    };
  const value = { o, l: chosen.liftBar ? 1 : 0, s: chosen.outstanding ?? '' };
  return {
    title,
    tone: 'orange',
    blocks: [
      text(t('result.settle_preview_title'), 'strong'),
      list(previewLines(view, context)),
      text(t('result.settle_who'), 'muted'),
      keptLine(context, 'settle'),
      {
        kind: 'form',
        name: 'correction_check',
        fields: [reasonField(view, context)],
        buttons: [
          button('settle', t('result.settle_button'), { a: 'settle', ...value }, 'primary', {
            title: t('result.settle_sure_title'),
            text: t(changesStars(chosen) ? 'result.settle_sure' : 'result.settle_sure_none'),
          }),
          button('settle_edit', t('result.settle_edit'), { a: 'settle_form', ...value }),
        ],
      },
    ],
  };
}

export const objectionSettleCard = defineCard({
  name: 'objection_settle',
  audience: 'person',
  args: z.object({ objection: z.string() }),
  view: ({ objection }, context) => load(objection, context),
  render,
});

/** The card with what was chosen so far, and what it comes to once that was checked. */
export async function settleAgain(
  objection: string,
  chosen: SettleView['chosen'],
  preview: Preview | null,
  context: CardContext,
  how: RenderContext,
): Promise<Card | null> {
  const view = await load(objection, context);
  return view === null ? null : render({ ...view, chosen, preview }, how);
}
