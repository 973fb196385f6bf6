import { z } from 'zod';
import { button, buttons, type Card, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { BRANCH_SUBJECT } from '../src/domain/marks.ts';
import { type PersonStar, starsOfPerson } from '../src/domain/post-plan.ts';
import { findReview } from '../src/store/reviews.ts';
import { findSelfReview } from '../src/store/self-reviews.ts';
import { passedText } from '../src/usecases/review/opinion-answers.ts';
import { SELF_TEXT_MAX, takesForms, TEXT_FIELDS, type TextField } from '../src/usecases/review/self-review.ts';
import { starsInReview } from '../src/usecases/stars/person-stars.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { yearsName } from '../src/term-name.ts';
import { individualBlocks } from './shared/individual-stars.ts';
import { selfReviewBlocks } from './shared/self-review-blocks.ts';

export interface SelfReviewView {
  review: string;
  period: string;
  kind: 'own' | 'branch';
  stars: readonly PersonStar[];
  marks: Readonly<Record<string, number | string>>;
  texts: Readonly<Partial<Record<TextField, string>>>;
  open: boolean;
  filed: boolean;
  /** What others said, as the branch grouped it (R81); null when nothing was passed on. */
  opinions: string | null;
  /** Years it is kept. */
  keptYears: number;
}

const MARKS = Array.from({ length: 11 }, (_, mark) => ({ value: String(mark), label: String(mark) }));

async function load(
  id: string,
  subject: string,
  kind: SelfReviewView['kind'],
  { read }: CardContext,
): Promise<SelfReviewView | null> {
  const review = await findReview(read, id);
  if (review === null) return null;
  const self = await findSelfReview(read, id, subject);
  return {
    review: id,
    period: review.period,
    kind,
    stars:
      kind === 'branch'
        ? starsOfPerson((await catalogueOf(read, review.catalogue)).branch, null, subject)
        : await starsInReview(read, review, subject),
    marks: self?.marks ?? {},
    texts: self ?? {},
    open: takesForms(review),
    filed: self !== null,
    opinions: (await passedText(read, id, subject))?.body ?? null,
    keptYears: (await rulesOf(read, review.rules)).retention.sheets_years,
  };
}

/** Ten marks and three texts; what was filed before comes back, so it can be changed until the ballot closes. */
export function renderSelfReview(view: SelfReviewView, context: RenderContext): Card {
  const { t, locale } = context;
  const { review: r, kind } = view;
  const period = periodName(t, view.period);
  const title = kind === 'branch' ? t('review.self.title_branch', { period }) : t('review.self.title', { period });
  if (!view.open) {
    const marks = view.stars.flatMap(({ key, zh, en }) => {
      const mark = view.marks[key];
      return mark === undefined ? [] : [{ zh, en, mark }];
    });
    const own = view.filed ? selfReviewBlocks(view.texts, marks, context) : [];
    return { title, tone: 'grey', blocks: [text(t('review.self.closed')), ...own] };
  }
  const marks = view.stars.map((star): Field => {
    const mark = view.marks[star.key];
    return {
      kind: 'select',
      name: star.key,
      label: star[locale === 'en' ? 'en' : 'zh'],
      options: MARKS,
      ...(mark === undefined ? {} : { initial: String(mark) }),
      required: true,
    };
  });
  const texts = TEXT_FIELDS.map((field): Field => {
    const initial = view.texts[field];
    return {
      kind: 'input',
      name: field,
      label: t(`review.self.${field}`),
      placeholder: t('review.self.placeholder'),
      multiline: true,
      maxLength: SELF_TEXT_MAX,
      required: true,
      ...(initial === undefined || initial === '' ? {} : { initial }),
    };
  });
  return {
    title,
    ...(view.filed ? { subtitle: t('review.self.saved_title') } : {}),
    tone: view.filed ? 'green' : 'blue',
    blocks: [
      text(t('review.self.why')),
      text(
        t(kind === 'branch' ? 'review.self.who_branch' : 'review.self.who', { years: yearsName(t, view.keptYears) }),
        'muted',
      ),
      ...(view.opinions === null ? [] : [text(t('opinion.mine.block', { text: view.opinions }), 'muted')]),
      ...individualBlocks(view.stars, t('stars.individual_self'), context),
      {
        kind: 'form',
        name: kind === 'branch' ? 'branch_review' : 'self_review',
        fields: [...marks, ...texts],
        buttons: [
          button(
            'submit',
            t('review.self.submit'),
            { a: kind === 'branch' ? 'branch_review' : 'self_review', r },
            'primary',
          ),
        ],
      },
      // The branch's form is opened from the console.
      ...(kind === 'branch' ? [buttons(button('console', t('common.back'), { a: 'console', r }))] : []),
    ],
  };
}

export const selfReviewCard = defineCard({
  name: 'self_review',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: async ({ review }, context) =>
    context.viewer.person === null ? null : load(review, context.viewer.person, 'own', context),
  render: renderSelfReview,
});

export const branchReviewCard = defineCard({
  name: 'branch_review',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: ({ review }, context) => load(review, BRANCH_SUBJECT, 'branch', context),
  render: renderSelfReview,
});

/** The form again with what was typed, after a refusal: nothing is lost. */
export async function selfReviewAgain(
  id: string,
  kind: SelfReviewView['kind'],
  form: Readonly<Record<string, string>>,
  context: CardContext,
  render: RenderContext,
): Promise<Card | null> {
  const subject = kind === 'branch' ? BRANCH_SUBJECT : (context.viewer.person ?? '');
  const view = await load(id, subject, kind, context);
  if (view === null) return null;
  const typed = Object.fromEntries(
    view.stars.flatMap(({ key }) => (/^(10|[0-9])$/.test(form[key] ?? '') ? [[key, form[key] ?? '']] : [])),
  );
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, (form[field] ?? '').slice(0, SELF_TEXT_MAX)]));
  return renderSelfReview({ ...view, marks: { ...view.marks, ...typed }, texts: { ...view.texts, ...texts } }, render);
}
