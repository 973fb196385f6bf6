/** Answering the weekly check, and the secretary's tasks. */
import { loadTaskForm, renderTaskForm } from '../../cards/task.ts';
import { loadCheck, renderCheck } from '../../cards/weekly-check.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  failure,
  success,
  warning,
} from '../action-def.ts';
import { NOTE_MAX, TASK_TEXT_MAX } from '../domain/weekly-check.ts';
import { findTask } from '../store/tasks.ts';
import { runsBranch } from '../usecases/access.ts';
import { addTask, changeTask, closeTask, type TaskRefusal } from '../usecases/commit/tasks.ts';
import { allOnTrack, answerCheck, type CheckRefusal, TASKS_PER_PAGE } from '../usecases/commit/weekly-check.ts';
import { privately } from './privately.ts';
import { topicText } from './topic-text.ts';

async function checkCard(
  context: ClickContext,
  week: string,
  page: number,
  typed: Readonly<Record<string, string>> = {},
): Promise<Pick<ClickOutcome, 'card'>> {
  const view = await loadCheck(week, page, typed, cardContext(context));
  return view === null ? {} : { card: { ready: renderCheck(view, context) } };
}
/** What is missing by name, and the form as it was filled in. */
async function notTaken(
  context: ClickContext,
  week: string,
  page: number,
  refusal: CheckRefusal,
): Promise<ClickOutcome> {
  const { t, form, use } = context;
  const textOf = async (id: string) => (await findTask(use.db.read, id))?.text ?? '';
  switch (refusal.reason) {
    case 'not_due':
      return { toast: failure(t('commit.check_not_due')) };
    case 'closed':
      return { toast: warning(t('commit.check_closed')), ...(await checkCard(context, week, page)) };
    case 'state_missing': {
      const tasks = (await Promise.all(refusal.tasks.slice(0, 3).map(textOf))).join(t('common.and'));
      const more = refusal.tasks.length > 3 ? '…' : '';
      return {
        toast: warning(t('commit.check_missing', { tasks: tasks + more })),
        ...(await checkCard(context, week, page, form)),
      };
    }
    case 'note_long':
      return {
        toast: warning(t('commit.check_note_long', { task: await textOf(refusal.task), max: NOTE_MAX })),
        ...(await checkCard(context, week, page, form)),
      };
  }
}

const checks: readonly ActionDefinition[] = [
  privately('check_show', async (context) => {
    const shown = await checkCard(context, context.action.k, context.action.p);
    return shown.card === undefined ? { toast: failure(context.t('commit.check_not_due')) } : shown;
  }),
  privately('check_answer', async (context) => {
    const { action, actor, form, t, write } = context;
    const { k, p } = action;
    const done = await write((tx) => answerCheck(tx, actor.employeeNo, k, p, form));
    if (!done.ok) return notTaken(context, k, p, done);
    if (done.answered) return { toast: success(t('commit.check_saved')), ...(await checkCard(context, k, p)) };
    const { tasks, answers } = (await loadCheck(k, p, {}, cardContext(context))) ?? {
      tasks: [],
      answers: new Map<string, unknown>(),
    };
    const next = tasks.findIndex((task) => !answers.has(task.id));
    return {
      toast: success(t('commit.check_part', { n: done.open })),
      ...(await checkCard(context, k, Math.max(0, Math.floor(next / TASKS_PER_PAGE)))),
    };
  }),
  privately('check_all', async (context) => {
    const { action, actor, t, write } = context;
    const done = await write((tx) => allOnTrack(tx, actor.employeeNo, action.k));
    return done.ok
      ? { toast: success(t('commit.check_saved')), ...(await checkCard(context, action.k, 0)) }
      : notTaken(context, action.k, 0, done);
  }),
  privately('check_digest', async ({ action, actor, t }) =>
    runsBranch(actor, actor.branch)
      ? { card: { card: 'check_digest', args: { week: action.k, branch: actor.branch, page: action.p } } }
      : { toast: failure(t('notice.not_secretary')) },
  ),
];

async function taskForm(context: ClickContext, task: string | null, page: number): Promise<ClickOutcome> {
  const view = await loadTaskForm(task, page, context.form, cardContext(context));
  return view === null
    ? { toast: failure(context.t('commit.task_problem.not_secretary')) }
    : { card: { ready: renderTaskForm(view, context) } };
}
async function taskRefused(
  context: ClickContext,
  task: string | null,
  page: number,
  refusal: TaskRefusal,
): Promise<ClickOutcome> {
  const { t, locale } = context;
  if (refusal.reason === 'not_secretary') return { toast: failure(t('commit.task_problem.not_secretary')) };
  if (refusal.reason === 'gone') return { toast: warning(t('notice.old_card')) };
  const text =
    refusal.reason === 'topic'
      ? topicText(t, locale, refusal.topic)
      : refusal.reason === 'task_long'
        ? t('commit.task_problem.task_long', { max: TASK_TEXT_MAX })
        : t(`commit.task_problem.${refusal.reason}`);
  return { ...(await taskForm(context, task, page)), toast: warning(text) };
}
const taskRef = (task: string) => ({ card: { card: 'task', args: { task } } });

const tasks: readonly ActionDefinition[] = [
  privately('task_list', async ({ action, actor, t }) =>
    runsBranch(actor, actor.branch)
      ? { card: { card: 'tasks', args: { page: action.p } } }
      : { toast: failure(t('commit.task_problem.not_secretary')) },
  ),
  privately('task_form', (context) => taskForm(context, null, context.action.p)),
  privately('task_show', (context) => taskForm(context, context.action.k, context.action.p)),
  privately('task_add', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const done = await write((tx) => addTask(tx, use, actor, form, now));
    return done.ok
      ? { toast: success(t('commit.task_added')), ...taskRef(done.task.id) }
      : taskRefused(context, null, action.p, done);
  }),
  privately('task_save', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const done = await write((tx) => changeTask(tx, use, actor, action.k, form, now));
    return done.ok
      ? { toast: success(t('commit.task_saved')), ...taskRef(action.k) }
      : taskRefused(context, action.k, action.p, done);
  }),
  privately('task_move', async (context) => {
    const { action, actor, use, now, t, write } = context;
    const done = await write((tx) => closeTask(tx, use, actor, action.k, action.s, now));
    return done.ok
      ? { toast: success(t('commit.task_saved')), ...taskRef(action.k) }
      : taskRefused(context, action.k, 0, done);
  }),
];

export const weeklyCheckActions: readonly ActionDefinition[] = [...checks, ...tasks];
