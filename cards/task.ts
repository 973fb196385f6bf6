/** One task: the form of the secretary, and the word to whoever is given it (R29). */
import { z } from 'zod';
import { type Block, button, type Card, facts, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { readDate } from '../src/domain/form.ts';
import { TASK_TEXT_MAX } from '../src/domain/weekly-check.ts';
import { findTask, type Task } from '../src/store/tasks.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { mayManage, ownersOf } from '../src/usecases/commit/tasks.ts';
import { readerOf } from './shared/actor.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

/** Names a select offers at once. */
const NAMES = 80;

export interface TaskFormView {
  /** Null: a new one. */
  task: Task | null;
  /** May be changed by the secretary. */
  managed: boolean;
  owners: readonly { employeeNo: string; name: string }[];
  page: number;
  typed: Readonly<Record<string, string>>;
}
/** Null for who is no secretary. */
export async function loadTaskForm(
  id: string | null,
  page: number,
  typed: TaskFormView['typed'],
  context: CardContext,
): Promise<TaskFormView | null> {
  const actor = await readerOf(context);
  if (actor === null || !runsBranch(actor, actor.branch)) return null;
  const task = id === null ? null : await findTask(context.read, id);
  if (id !== null && (task === null || task.branch !== actor.branch)) return null;
  const managed = id === null || (await mayManage(context.read, actor, id)).ok;
  return { task, managed, owners: await ownersOf(context.read, actor.branch), page, typed };
}

function formOf({ task, owners, page, typed }: TaskFormView, { t }: RenderContext): Block {
  const pages = Math.max(1, Math.ceil(owners.length / NAMES));
  const p = page % pages;
  const chosen = typed.owner ?? task?.owner;
  // Whoever is chosen is always among the names, on whatever page.
  const offered = owners.filter((owner, i) => Math.floor(i / NAMES) === p || owner.employeeNo === chosen);
  const due = readDate(typed.due) ?? task?.due;
  const at = task === null ? null : task.id;
  const fields: Field[] = [
    {
      kind: 'select',
      name: 'owner',
      label: t('commit.task_owner'),
      options: offered.map(({ employeeNo, name }) => ({ value: employeeNo, label: name })),
      ...(chosen === undefined ? {} : { initial: chosen }),
      required: false,
    },
    ...(task === null
      ? [
          {
            kind: 'input',
            name: 'text',
            label: t('commit.task_text'),
            placeholder: t('commit.text_hint', { max: TASK_TEXT_MAX }),
            multiline: false,
            maxLength: TASK_TEXT_MAX,
            required: false,
            ...(typed.text ? { initial: typed.text } : {}),
          } satisfies Field,
        ]
      : []),
    {
      kind: 'date',
      name: 'due',
      label: t('commit.task_due'),
      required: false,
      ...(due === undefined ? {} : { initial: due }),
    },
  ];
  const next = (p + 1) % pages;
  const more = button(
    'task_names',
    t('commit.task_names', { n: p + 1, of: pages }),
    at === null ? { a: 'task_form', p: next } : { a: 'task_show', k: at, p: next },
  );
  const save =
    at === null
      ? button('submit', t('commit.task_new'), { a: 'task_add', p }, 'primary')
      : button('submit', t('commit.task_save'), { a: 'task_save', k: at, p }, 'primary');
  return { kind: 'form', name: 'task', fields, buttons: [save, ...(pages > 1 ? [more] : [])] };
}

export function renderTaskForm(view: TaskFormView, context: RenderContext): Card {
  const { t, locale } = context;
  const { task, managed } = view;
  const back = button('task_back', t('commit.task_back'), { a: 'task_list', p: 0 });
  if (task === null)
    return {
      title: t('commit.task_new_title'),
      tone: 'blue',
      blocks: [
        text(t('commit.task_new_intro')),
        keptLine(context, 'task'),
        formOf(view, context),
        { kind: 'buttons', buttons: [back], compact: true },
      ],
    };
  const k = task.id;
  const drop = button('task_drop', t('commit.task_drop'), { a: 'task_move', k, s: 'dropped' }, 'default', {
    title: t('commit.task_drop_title'),
    text: t('commit.task_drop_sure'),
  });
  const moves =
    task.state === 'open'
      ? [button('task_done', t('commit.task_done'), { a: 'task_move', k, s: 'done' }), drop]
      : [button('task_reopen', t('commit.task_reopen'), { a: 'task_move', k, s: 'open' })];
  return {
    title: t('commit.task_title'),
    subtitle: t(`commit.task_states.${task.state}`),
    tone: task.state === 'open' ? 'blue' : 'grey',
    blocks: [
      text(task.text, 'strong'),
      facts([t('commit.task_owner'), task.ownerName], [t('commit.task_due'), day(task.due, locale)]),
      ...(managed ? [] : [text(t('commit.task_problem.own_commitment'), 'muted')]),
      ...(managed && task.state === 'open' ? [keptLine(context, 'task'), formOf(view, context)] : []),
      { kind: 'buttons', buttons: [...(managed ? moves : []), back], compact: true },
    ],
  };
}
export const taskCard = defineCard({
  name: 'task',
  audience: 'person',
  args: z.object({ task: z.string() }),
  view: ({ task }, context) => loadTaskForm(task, 0, {}, context),
  render: renderTaskForm,
});

/** To whoever is given a task. */
export const taskGivenCard = defineCard({
  name: 'task_given',
  audience: 'person',
  args: z.object({ task: z.string() }),
  async view({ task: id }, { read, viewer }) {
    const task = await findTask(read, id);
    return task === null || task.owner !== viewer.person ? null : task;
  },
  render: (task, { t, locale }) => ({
    title: t('commit.task_given_title'),
    tone: 'blue',
    blocks: [
      text(task.text, 'strong'),
      facts([t('commit.task_due'), day(task.due, locale)]),
      text(t('commit.task_given'), 'muted'),
    ],
  }),
});
