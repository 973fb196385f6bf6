import { z } from 'zod';
import { type Block, button, type Button, type Card, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { type OpinionForm, PEOPLE_MAX, readForm, REMARK_MAX, rowField, takeRow } from '../src/domain/opinion.ts';
import { findBranch } from '../src/store/roster.ts';
import { type OpinionPaper, opinionPaper } from '../src/usecases/review/opinion-paper.ts';
import { periodName } from '../src/period-name.ts';
import { daysName, yearsName } from '../src/term-name.ts';
import { when } from './shared/when.ts';

/** Names a select offers at once: with eight rows of texts the card stays under the platform's element limit. */
const NAMES = 80;

export interface OpinionView {
  paper: OpinionPaper;
  branchName: string;
  timezone: string;
  typed: OpinionForm;
  /** Page of names, counted from 0. */
  page: number;
}

async function load(id: string, { use, read, viewer, now }: CardContext): Promise<OpinionView | null> {
  const paper = viewer.person === null ? null : await opinionPaper(read, id, viewer.person, now);
  if (paper === null) return null;
  const branch = await findBranch(read, paper.branch);
  return { paper, branchName: branch?.name ?? '', timezone: use.config.timezone, typed: readForm({}), page: 0 };
}

const remark = (name: string, label: string, value: string, placeholder: string): Field => ({
  kind: 'input',
  name,
  label,
  placeholder,
  multiline: true,
  maxLength: REMARK_MAX,
  required: false,
  ...(value === '' ? {} : { initial: value }),
});

/** One short form: the branch, and as many colleagues as the person adds. Nothing is required. */
function formBlock({ paper, typed, page }: OpinionView, { t }: RenderContext): Block {
  const r = paper.review;
  const names = new Map(paper.subjects.map(({ person, name }) => [person, name]));
  const placeholder = t('opinion.placeholder', { max: REMARK_MAX });
  const rows = typed.rows.filter(({ subject }) => names.has(subject));
  const chosen = new Set(rows.map(({ subject }) => subject));
  const free = paper.subjects.filter(({ person }) => !chosen.has(person));
  const pages = Math.max(1, Math.ceil(free.length / NAMES));
  const p = page % pages;
  const offered = rows.length >= PEOPLE_MAX ? [] : free.slice(p * NAMES, p * NAMES + NAMES);
  const fields: Field[] = [
    remark('branch', t('opinion.branch'), typed.branch, placeholder),
    ...rows.map(({ subject, text: value }) =>
      remark(rowField(subject), t('opinion.about', { name: names.get(subject) ?? '' }), value, placeholder),
    ),
  ];
  if (offered.length > 0)
    fields.push(
      {
        kind: 'select',
        name: 'who',
        label: t('opinion.who_label'),
        hint: t('opinion.who_hint', { max: PEOPLE_MAX }),
        options: offered.map(({ person, name }) => ({ value: person, label: name })),
        ...(typed.who === null ? {} : { initial: typed.who }),
        required: false,
      },
      remark('about', t('opinion.about_label'), typed.about, placeholder),
    );
  const buttons: Button[] = [
    button('submit', t('opinion.submit'), { a: 'opinion', r }, 'primary', {
      title: t('opinion.submit_title'),
      text: t('opinion.submit_text'),
    }),
    ...(offered.length > 0 ? [button('opinion_add', t('opinion.add'), { a: 'opinion_add', r, p })] : []),
    ...(offered.length > 0 && pages > 1
      ? [
          button('opinion_names', t('opinion.names_more', { n: p + 1, of: pages }), {
            a: 'opinion_add',
            r,
            p: (p + 1) % pages,
          }),
        ]
      : []),
  ];
  return { kind: 'form', name: 'opinion', fields, buttons };
}

function render(view: OpinionView, context: RenderContext): Card {
  const { t, locale } = context;
  const { paper, branchName, timezone } = view;
  const title = t('opinion.title', { branch: branchName, period: periodName(t, paper.period) });
  switch (paper.status) {
    case 'given':
      return { title, subtitle: t('opinion.given_title'), tone: 'green', blocks: [text(t('opinion.given_text'))] };
    case 'closed':
      return { title, tone: 'grey', blocks: [text(t('opinion.closed'))] };
    case 'not_asked':
      return { title, tone: 'grey', blocks: [text(t('opinion.not_asked'))] };
    case 'form':
      return {
        title,
        tone: 'blue',
        blocks: [
          text(t('opinion.ask')),
          text(t('opinion.who', { days: daysName(t, paper.keptDays), years: yearsName(t, paper.keptYears) })),
          text(
            `${t('opinion.few', { min: paper.minForms })}${locale === 'en' ? ' ' : ''}${t('opinion.limits')}`,
            'muted',
          ),
          ...(paper.until === null
            ? []
            : [text(t('opinion.until', { until: when(paper.until, timezone, locale) }), 'muted')]),
          formBlock(view, context),
        ],
      };
  }
}

/** The opinion form; once it is given or closed, only that. */
export const opinionCard = defineCard({
  name: 'opinion',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: ({ review }, context) => load(review, context),
  render,
});

/** The form as it was typed, with the colleague being added in a row of their own. It lives in this answer only: nothing is stored. */
export async function opinionAgain(
  id: string,
  typed: OpinionForm,
  page: number,
  context: CardContext,
  how: RenderContext,
): Promise<Card | null> {
  const view = await load(id, context);
  return view === null ? null : render({ ...view, typed: takeRow(typed), page }, how);
}
