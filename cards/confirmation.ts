import { z } from 'zod';
import { type Block, button, type Card, type Field, type Option, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { type CapWarning, capWarning } from '../src/domain/distribution.ts';
import type { Review } from '../src/domain/review.ts';
import type { Rules } from '../src/domain/rules.ts';
import type { MemberSheet } from '../src/domain/sheet.ts';
import { BARRED_GROUNDS, type Decision, decisionsOf } from '../src/store/decisions.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { subjectsOf } from '../src/store/subjects.ts';
import { memberSheets, REASON_MAX } from '../src/usecases/review/confirm.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { workingDaysName } from '../src/term-name.ts';
import { barredStars, type StarName, starNames } from './shared/barred-stars.ts';
import { keptLine } from './shared/kept-line.ts';

/** Tags a page may use for people; the rest of the 180 is for heads and buttons. */
const TAG_BUDGET = 150;
/** Tags of one person beside the options: heading, statement, two labelled selects with placeholder, a labelled input with placeholder. */
const TAGS_PER_PERSON = 11 + BARRED_GROUNDS.length + 2;

interface Person {
  sheet: MemberSheet;
  name: string;
  /** Stars the committee may name outstanding. */
  eligible: readonly { key: string; zh: string; en: string }[];
}
interface ConfirmationView {
  review: Review;
  branchName: string;
  page: number;
  pages: readonly (readonly Person[])[];
  decisions: readonly Decision[];
  /** More members than usual have many stars (A36); a warning to the committee, never a limit. */
  high: CapWarning | null;
  rules: Rules;
  /** Those a ground bars, by the rules. */
  barred: readonly StarName[];
  /** What was typed in a form that was refused; it comes back. */
  typed: Readonly<Record<string, string>>;
}

/** Splits people so that each page stays under the element limit whatever stars they may be named for. */
function paginate(people: readonly Person[]): Person[][] {
  const pages: Person[][] = [[]];
  let used = 0;
  for (const person of people) {
    const tags = TAGS_PER_PERSON + person.eligible.length;
    if (used + tags > TAG_BUDGET) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(person);
    used += tags;
  }
  return pages;
}

async function load(id: string, page: number, { read }: CardContext): Promise<ConfirmationView | null> {
  const review = await findReview(read, id);
  const branch = review && (await findBranch(read, review.branch));
  if (!review || !branch || review.state !== 'tallied') return null;
  const catalogue = await catalogueOf(read, review.catalogue);
  const sheets = new Map((await memberSheets(read, id)).map((sheet) => [sheet.employee_no, sheet]));
  const people = (await subjectsOf(read, id)).flatMap((subject): Person[] => {
    const sheet = sheets.get(subject.person);
    if (sheet === undefined || !sheet.graded) return [];
    const may = new Set(sheet.stars.filter((star) => star.may_stand_out).map((star) => star.key));
    return [{ sheet, name: subject.name, eligible: catalogue.member.filter((star) => may.has(star.key)) }];
  });
  const pages = paginate(people);
  const rules = await rulesOf(read, review.rules);
  return {
    review,
    branchName: branch.name,
    page: Math.min(page, pages.length - 1),
    pages,
    decisions: await decisionsOf(read, id),
    high: capWarning(
      'member_high_share',
      people.map(({ sheet }) => sheet.level),
      rules,
    ),
    rules,
    barred: barredStars(catalogue, rules),
    typed: {},
  };
}

/** A select that shows `value` if it is still one of the options. */
const select = (name: string, label: string, options: readonly Option[], value: string | undefined): Field => ({
  kind: 'select',
  name,
  label,
  options,
  ...(value !== undefined && options.some((option) => option.value === value) ? { initial: value } : {}),
  required: false,
});

/** What the committee decides about one person; the person's own statement stands beside it. */
function personFields(
  { sheet, name, eligible }: Person,
  { decisions, typed }: ConfirmationView,
  { t, locale }: RenderContext,
): Field[] {
  const person = sheet.employee_no;
  const earlier = (kind: Decision['kind']) =>
    decisions.find((decision) => decision.person === person && decision.kind === kind);
  const outstanding = earlier('outstanding');
  const barred = earlier('barred');
  const reason = typed[`reason_${person}`] ?? outstanding?.reason ?? barred?.reason ?? '';
  const stars = eligible.map((star) => ({ value: star.key, label: star[locale === 'en' ? 'en' : 'zh'] }));
  const grounds = BARRED_GROUNDS.map((ground) => ({ value: ground, label: t(`result.ground.${ground}`) }));
  const level = sheet.level === null ? t('result.too_few') : t('result.level_n', { n: sheet.level });
  return [
    { kind: 'text', text: t('result.confirm_person', { name, level }), tone: 'strong' },
    ...(barred?.statement
      ? [
          {
            kind: 'text',
            text: t('result.confirm_statement', { text: barred.statement }),
            tone: 'muted',
          } satisfies Field,
        ]
      : []),
    ...(stars.length === 0
      ? []
      : [
          select(
            `outstanding_${person}`,
            t('result.confirm_outstanding'),
            [{ value: 'none', label: t('result.confirm_none') }, ...stars],
            typed[`outstanding_${person}`] ?? outstanding?.value,
          ),
        ]),
    select(
      `barred_${person}`,
      t('result.confirm_barred'),
      [{ value: 'none', label: t('result.confirm_not_barred') }, ...grounds],
      typed[`barred_${person}`] ?? barred?.value,
    ),
    {
      kind: 'input',
      name: `reason_${person}`,
      label: t('result.confirm_reason'),
      multiline: false,
      maxLength: REASON_MAX,
      required: false,
      ...(reason === '' ? {} : { initial: reason }),
    },
  ];
}

function render(view: ConfirmationView, context: RenderContext): Card {
  const { review, branchName, page: p, pages, rules, high } = view;
  const { t } = context;
  const r = review.id;
  const fields = (pages[p] ?? []).flatMap((person) => personFields(person, view, context));
  const last = p === pages.length - 1;
  const blocks: Block[] = [
    text(
      t('result.confirm_intro', {
        n: rules.outstanding.per_branch_period,
        min: rules.outstanding.min_score,
        barred: starNames(view.barred, context),
        days: workingDaysName(t, rules.hearing.working_days),
      }),
    ),
    ...(high === null ? [] : [text(t('result.confirm_high_share', { ...high }), 'warn')]),
    keptLine(context, 'confirmation', rules.retention.sheets_years),
    {
      kind: 'form',
      name: 'confirmation',
      fields,
      buttons: [
        ...(last
          ? []
          : [button('confirm_next', t('result.confirm_more'), { a: 'confirm_page', r, p: p + 1 }, 'primary')]),
        button(
          'confirm_results',
          t('result.confirm_button'),
          { a: 'confirm_results', r, p },
          last ? 'primary' : 'default',
          {
            title: t('result.confirm_sure_title'),
            text: last ? t('result.confirm_sure') : t('result.confirm_sure_early'),
          },
        ),
      ],
    },
    { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] },
  ];
  return {
    title: t('result.confirm_title', { branch: branchName, period: periodName(t, review.period) }),
    ...(pages.length > 1 ? { subtitle: `${p + 1} / ${pages.length}` } : {}),
    tone: 'blue',
    blocks,
    typed: t('result.confirm_typed'),
  };
}

/** The committee's form: for each graded member an outstanding star, a ground for barring stars, and the reason; all optional. */
export const confirmationCard = defineCard({
  name: 'confirmation',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  view: ({ review, page }, context) => load(review, page, context),
  render,
});

/** The page again with what was typed, after a refusal. */
export async function confirmationAgain(
  id: string,
  page: number,
  typed: Readonly<Record<string, string>>,
  context: CardContext,
  how: RenderContext,
): Promise<Card | null> {
  const view = await load(id, page, context);
  return view === null ? null : render({ ...view, typed }, how);
}
