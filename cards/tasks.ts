/** Tasks of a branch, as its secretary manages them (R29). */
import { z } from 'zod';
import { type Block, button, type Button, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { findBranch } from '../src/store/roster.ts';
import { type Task, tasksOfBranch } from '../src/store/tasks.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { readerOf } from './shared/actor.ts';
import { day } from './shared/when.ts';

const PER_PAGE = 12;

interface ListView {
  branchName: string;
  tasks: readonly Task[];
  page: number;
}
export const tasksCard = defineCard({
  name: 'tasks',
  audience: 'person',
  args: z.object({ page: z.int().min(0) }),
  async view({ page }, context): Promise<ListView | null> {
    const actor = await readerOf(context);
    if (actor === null || !runsBranch(actor, actor.branch)) return null;
    const year = new Date(context.now).getUTCFullYear() - 1; // until March the tasks of the year before are still at work
    return {
      branchName: (await findBranch(context.read, actor.branch))?.name ?? '',
      tasks: await tasksOfBranch(context.read, actor.branch, year),
      page,
    };
  },
  render({ branchName, tasks, page }, { t, locale }) {
    const pages = Math.max(1, Math.ceil(tasks.length / PER_PAGE));
    const p = Math.min(page, pages - 1);
    const label = (task: Task) => {
      const line = t('commit.task_line', { text: task.text, name: task.ownerName, due: day(task.due, locale) });
      return task.state === 'open' ? line : `${t(`commit.task_states.${task.state}`)} · ${line}`;
    };
    const shown = tasks.slice(p * PER_PAGE, (p + 1) * PER_PAGE);
    const nav: Button[] = [
      ...(p > 0 ? [button('page_back', t('common.back'), { a: 'task_list', p: p - 1 })] : []),
      ...(p < pages - 1 ? [button('page_next', t('common.next'), { a: 'task_list', p: p + 1 })] : []),
    ];
    const blocks: Block[] = [
      text(t('commit.tasks_intro'), 'muted'),
      { kind: 'buttons', buttons: [button('task_new', t('commit.task_new'), { a: 'task_form', p: 0 }, 'primary')] },
      ...(shown.length === 0
        ? [text(t('commit.tasks_none'))]
        : [
            {
              kind: 'buttons',
              buttons: shown.map((task, i) =>
                button(`task_${i + 1}`, label(task), { a: 'task_show', k: task.id, p: 0 }),
              ),
            } satisfies Block,
          ]),
      ...(nav.length === 0
        ? []
        : [
            text(t('commit.tasks_page', { n: p + 1, of: pages }), 'muted'),
            { kind: 'buttons', buttons: nav, compact: true } satisfies Block,
          ]),
    ];
    return { title: t('commit.tasks_title', { branch: branchName }), tone: 'blue', blocks };
  },
});
