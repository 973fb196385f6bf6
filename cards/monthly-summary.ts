/** The monthly summary: a draft from the month's figures, the form, the reminder, and which branches are late. */
import { z } from 'zod';
import { type Block, button, buttons, type Card, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { SUMMARY_FIELDS, SUMMARY_MAX, type SummaryField } from '../src/domain/month.ts';
import { periodName } from '../src/period-name.ts';
import { findBranch, findDistrict } from '../src/store/roster.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { type MonthFigures, monthFigures } from '../src/usecases/month/figures.ts';
import { branchesOwing, overdueBranches } from '../src/usecases/month/rounds.ts';
import { isEditable, type SummaryState, summaryState } from '../src/usecases/month/summary.ts';
import { yearsName } from '../src/term-name.ts';
import { readerOf } from './shared/actor.ts';
import { day } from './shared/when.ts';

type Typed = Readonly<Partial<Record<string, string>>>;
interface SummaryView {
  branchName: string;
  state: SummaryState;
  figures: MonthFigures;
  /** What was typed and refused. */
  typed: Typed | null;
}
/** Null for whoever does not run a branch. */
export async function loadSummary(
  month: string,
  typed: Typed | null,
  context: CardContext,
): Promise<SummaryView | null> {
  const reader = await readerOf(context);
  if (reader === null || !runsBranch(reader, reader.branch)) return null;
  const branch = await findBranch(context.read, reader.branch);
  const state = await summaryState(context.read, context.use, reader.branch, month, context.now);
  return {
    branchName: branch?.name ?? '',
    state,
    figures: await monthFigures(context.read, reader.branch, month),
    typed,
  };
}

/** Texts of tasks in a draft, and how much of each. */
const TEXTS_IN_DRAFT = 8;
const TEXT_IN_DRAFT = 60;
const short = (value: string): string =>
  Array.from(value).length > TEXT_IN_DRAFT ? `${Array.from(value).slice(0, TEXT_IN_DRAFT).join('')}…` : value;
const some = (texts: readonly string[], { t }: RenderContext): string =>
  texts.slice(0, TEXTS_IN_DRAFT).map(short).join(t('common.semicolon')) + (texts.length > TEXTS_IN_DRAFT ? '…' : '');

/** A first wording from figures; the secretary makes it the branch's own (F11). */
function draft(
  { checks, done, needHelp, overdue, coming }: MonthFigures,
  context: RenderContext,
): Readonly<Record<SummaryField, string>> {
  const { t } = context;
  const lines = (...parts: (string | null)[]) => parts.filter((part) => part !== null).join('\n');
  return {
    progress: lines(
      done.length === 0 ? null : t('meeting.summary.draft_done', { n: done.length, texts: some(done, context) }),
      checks.due === 0
        ? null
        : t('meeting.summary.draft_checks', { weeks: checks.weeks, answered: checks.answered, due: checks.due }),
    ),
    problems: lines(
      overdue === 0 ? null : t('meeting.summary.draft_overdue', { n: overdue }),
      needHelp === 0 ? null : t('meeting.summary.draft_help', { n: needHelp }),
    ),
    plan: lines(
      coming.length === 0
        ? null
        : t('meeting.summary.draft_coming', { n: coming.length, texts: some(coming, context) }),
    ),
    measures: '',
  };
}

export function renderSummary(view: SummaryView, context: RenderContext): Card {
  const { t, locale, terms } = context;
  const { state, figures, typed, branchName } = view;
  const { month, filed } = state;
  const editable = isEditable(state);
  const drafted = draft(figures, context);
  const initial = (field: SummaryField) => (typed === null ? (filed?.[field] ?? drafted[field]) : (typed[field] ?? ''));
  const agenda = [
    t('meeting.summary.agenda_progress', {
      done: figures.done.length,
      answered: figures.checks.answered,
      due: figures.checks.due,
    }),
    t('meeting.summary.agenda_problems', { overdue: figures.overdue, help: figures.needHelp }),
    t('meeting.summary.agenda_plan', { n: figures.coming.length }),
    t('meeting.summary.agenda_measures'),
  ];
  const said =
    filed !== null
      ? t('meeting.summary.filed', { date: day(filed.filedOn, locale) })
      : state.closed
        ? t('meeting.summary.late')
        : t('meeting.summary.open', { date: day(state.closesOn, locale) });
  const body: Block[] = editable
    ? [
        {
          kind: 'form',
          name: 'monthly_summary',
          fields: SUMMARY_FIELDS.map((name) => {
            const value = initial(name);
            return {
              kind: 'input',
              name,
              label: t(`meeting.summary.${name}`),
              multiline: true,
              maxLength: SUMMARY_MAX,
              required: true,
              ...(value === '' ? {} : { initial: value }),
            };
          }),
          buttons: [
            button(
              'submit',
              t(filed === null ? 'meeting.summary.submit' : 'meeting.summary.change'),
              { a: 'summary_file', m: month },
              'primary',
            ),
          ],
        },
      ]
    : SUMMARY_FIELDS.flatMap((name) => [text(t(`meeting.summary.${name}`), 'strong'), text(filed?.[name] ?? '')]);
  return {
    title: t('meeting.summary.title', { month: periodName(t, month) }),
    subtitle: branchName,
    tone: filed === null ? (state.closed ? 'orange' : 'blue') : 'green',
    blocks: [
      text(said, filed === null ? 'strong' : 'good'),
      ...(editable
        ? [
            text(t('meeting.summary.intro', { years: yearsName(t, terms.sheets_years) }), 'muted'),
            text(t('meeting.summary.agenda'), 'strong'),
            list(agenda),
          ]
        : []),
      ...body,
    ],
  };
}
export const monthlySummaryCard = defineCard({
  name: 'monthly_summary',
  audience: 'person',
  args: z.object({ month: z.string() }),
  view: ({ month }, context) => loadSummary(month, null, context),
  render: renderSummary,
});

interface ReminderView {
  month: string;
  until: string;
}
/** Says nothing any more once it was filed. */
export const summaryReminderCard = defineCard({
  name: 'monthly_summary_reminder',
  audience: 'person',
  args: z.object({ month: z.string() }),
  async view({ month }, context): Promise<ReminderView | null> {
    const reader = await readerOf(context);
    if (reader === null || !(await branchesOwing(context.read, month)).includes(reader.branch)) return null;
    return {
      month,
      until: (await summaryState(context.read, context.use, reader.branch, month, context.now)).closesOn,
    };
  },
  render: ({ month, until }, { t, locale }) => ({
    title: t('meeting.summary.title', { month: periodName(t, month) }),
    tone: 'orange',
    blocks: [
      text(t('meeting.summary.remind', { date: day(until, locale) })),
      buttons(button('summary', t('meeting.summary.write'), { a: 'summary_show', m: month }, 'primary')),
    ],
  }),
});

interface OverdueView {
  month: string;
  districtName: string;
  branches: readonly string[];
}
/** For liaison officers: names of branches and nothing else. */
export const summariesOverdueCard = defineCard({
  name: 'summaries_overdue',
  audience: 'person',
  args: z.object({ month: z.string(), district: z.string() }),
  async view({ month, district }, { read }): Promise<OverdueView | null> {
    const known = await findDistrict(read, district);
    const branches = await overdueBranches(read, month, district);
    return known === null || branches.length === 0 ? null : { month, districtName: known.name, branches };
  },
  render: ({ month, districtName, branches }, { t }) => ({
    title: t('meeting.summary.overdue_title', { month: periodName(t, month) }),
    subtitle: districtName,
    tone: 'orange',
    blocks: [text(t('meeting.summary.overdue', { n: branches.length }), 'strong'), list(branches)],
  }),
});
