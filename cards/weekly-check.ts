/** The weekly self-check of one person: a tap a task (R64, F22). */
import { z } from 'zod';
import { type Block, button, type Button, type Card, type Field, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { today } from '../src/domain/period.ts';
import { CHECK_STATES, nextOpening, NOTE_MAX } from '../src/domain/weekly-check.ts';
import { periodName } from '../src/period-name.ts';
import { openTasksOf } from '../src/store/tasks.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { type OwnCheck, ownCheck, TASKS_PER_PAGE } from '../src/usecases/commit/weekly-check.ts';
import { readerOf } from './shared/actor.ts';
import { day, when } from './shared/when.ts';

export interface CheckView extends OwnCheck {
  page: number;
  timezone: string;
  today: string;
  /** Values of a refused form. */
  typed: Readonly<Record<string, string>>;
  /** Monday's word to those who owe. */
  reminder: boolean;
}
export async function loadCheck(
  week: string,
  page: number,
  typed: CheckView['typed'],
  { use, read, viewer, now }: CardContext,
): Promise<CheckView | null> {
  const check = viewer.person === null ? null : await ownCheck(read, week, viewer.person);
  const { timezone } = use.config;
  return check === null ? null : { ...check, page, typed, timezone, today: today(now, timezone), reminder: false };
}

function formBlocks(view: CheckView, { t, locale }: RenderContext): Block[] {
  const { tasks, answers, typed, round } = view;
  const k = round.week;
  const pages = Math.max(1, Math.ceil(tasks.length / TASKS_PER_PAGE));
  const p = Math.min(view.page, pages - 1);
  const fields = tasks.slice(p * TASKS_PER_PAGE, (p + 1) * TASKS_PER_PAGE).flatMap((task): Field[] => {
    const answer = answers.get(task.id);
    const state = typed[`task_${task.id}`] || answer?.state;
    const note = typed[`note_${task.id}`] ?? answer?.note ?? '';
    const due = t(task.due < view.today ? 'commit.check_overdue' : 'commit.check_due', { due: day(task.due, locale) });
    return [
      {
        kind: 'select',
        name: `task_${task.id}`,
        label: task.text,
        hint: due,
        options: CHECK_STATES.map((value) => ({ value, label: t(`commit.check_states.${value}`) })),
        ...(state === undefined ? {} : { initial: state }),
        required: true,
      },
      {
        kind: 'input',
        name: `note_${task.id}`,
        label: t('commit.check_note', { max: NOTE_MAX }),
        multiline: false,
        maxLength: NOTE_MAX,
        required: false,
        ...(note === '' ? {} : { initial: note }),
      },
    ];
  });
  const nav: Button[] = [
    ...(p > 0 ? [button('page_back', t('common.back'), { a: 'check_show', k, p: p - 1 })] : []),
    ...(p < pages - 1 ? [button('page_next', t('common.next'), { a: 'check_show', k, p: p + 1 })] : []),
  ];
  return [
    {
      kind: 'buttons',
      buttons: [
        button(
          'all_on_track',
          t('commit.all_on_track'),
          { a: 'check_all', k },
          view.due.answered ? 'default' : 'primary',
        ),
      ],
    },
    {
      kind: 'form',
      name: 'weekly_check',
      fields,
      buttons: [button('submit', t('commit.check_submit'), { a: 'check_answer', k, p }, 'primary')],
    },
    ...(nav.length === 0
      ? []
      : [
          text(t('commit.page', { n: p + 1, of: pages }), 'muted'),
          { kind: 'buttons', buttons: nav, compact: true } satisfies Block,
        ]),
  ];
}

export function renderCheck(view: CheckView, context: RenderContext): Card {
  const { t, locale } = context;
  const { round, due, tasks, timezone } = view;
  const title = t('commit.check_title', { week: periodName(t, round.week) });
  if (round.state !== 'open') return { title, tone: 'grey', blocks: [text(t('commit.check_closed'))] };
  if (tasks.length === 0) return { title, tone: 'green', blocks: [text(t('commit.check_nothing'))] };
  const until = when(round.until, timezone, locale);
  return {
    title,
    ...(due.answered ? { subtitle: t('commit.check_answered') } : {}),
    tone: due.answered ? 'green' : 'blue',
    blocks: [
      ...(view.reminder ? [text(t('commit.check_remind', { until }), 'strong')] : []),
      text(t('commit.check_why')),
      text(`${t('commit.check_who')} ${t('commit.check_until', { until })}`, 'muted'),
      ...formBlocks(view, context),
    ],
  };
}

export const weeklyCheckCard = defineCard({
  name: 'weekly_check',
  audience: 'person',
  args: z.object({ week: z.string(), page: z.int().min(0) }),
  view: ({ week, page }, context) => loadCheck(week, page, {}, context),
  render: renderCheck,
});
/** The same, on Monday; nothing for who has answered by then. */
export const weeklyCheckReminderCard = defineCard({
  name: 'weekly_check_reminder',
  audience: 'person',
  args: z.object({ week: z.string() }),
  async view({ week }, context): Promise<CheckView | null> {
    const view = await loadCheck(week, 0, {}, context);
    if (view === null || view.due.answered || view.round.state !== 'open' || view.tasks.length === 0) return null;
    return { ...view, reminder: true };
  },
  render: renderCheck,
});

/** Tasks of one's own that a card lists. */
const TASKS_SHOWN = 20;
interface NoneView {
  next: number | null;
  timezone: string;
  tasks: readonly { text: string; due: string }[];
  secretary: boolean;
}
/** Outside the window: when the next one is, and what one carries. */
export const weeklyCheckNoneCard = defineCard({
  name: 'weekly_check_none',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<NoneView | null> {
    const { use, read, now } = context;
    const actor = await readerOf(context);
    if (actor === null) return null;
    const { timezone } = use.config;
    const tasks = await openTasksOf(read, actor.employeeNo);
    return {
      next: nextOpening(now, timezone, use.calendar),
      timezone,
      tasks,
      secretary: runsBranch(actor, actor.branch),
    };
  },
  render({ next, timezone, tasks, secretary }, { t, locale }) {
    const lines = tasks
      .slice(0, TASKS_SHOWN)
      .map((task) => `${task.text} · ${t('commit.check_due', { due: day(task.due, locale) })}`);
    const blocks: Block[] = [
      text(next === null ? t('commit.check_next_none') : t('commit.check_next', { at: when(next, timezone, locale) })),
      text(t('commit.check_my_tasks'), 'strong'),
      lines.length === 0 ? text(t('commit.check_nothing'), 'muted') : list(lines),
      ...(tasks.length > TASKS_SHOWN
        ? [text(t('commit.me_tasks_more', { n: tasks.length - TASKS_SHOWN }), 'muted')]
        : []),
      ...(secretary
        ? [
            {
              kind: 'buttons',
              buttons: [button('open_tasks', t('commit.open_tasks'), { a: 'task_list', p: 0 })],
              compact: true,
            } satisfies Block,
          ]
        : []),
    ];
    return { title: t('commit.open_check'), tone: 'blue', blocks };
  },
});
