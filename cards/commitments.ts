/** How far a branch has got with its commitments, and the message to its chat when they are public. */
import { z } from 'zod';
import { type Block, button, type Button, facts, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { COMMITMENT_STATES } from '../src/domain/commitment.ts';
import { findBranch } from '../src/store/roster.ts';
import { onCommittee, runsBranch } from '../src/usecases/access.ts';
import { commitmentBoardLink } from '../src/usecases/board-link.ts';
import { type BranchSheets, branchSheets } from '../src/usecases/commit/publish.ts';
import { readerOf } from './shared/actor.ts';

interface OverviewView extends BranchSheets {
  year: number;
  branchName: string;
  boardLink: string | null;
  secretary: boolean;
}
/** In numbers only: who has written what comes to the committee with the sheets themselves. */
export const commitmentsCard = defineCard({
  name: 'commitments',
  audience: 'person',
  args: z.object({ year: z.int() }),
  async view({ year }, context): Promise<OverviewView | null> {
    const { read, use } = context;
    const actor = await readerOf(context);
    if (actor === null || !onCommittee(actor, actor.branch)) return null;
    const sheets = await branchSheets(read, actor.branch, year);
    return {
      ...sheets,
      year,
      branchName: (await findBranch(read, actor.branch))?.name ?? '',
      boardLink: sheets.published > 0 ? await commitmentBoardLink(use, actor.branch, year) : null,
      secretary: runsBranch(actor, actor.branch),
    };
  },
  render(view, { t }) {
    const { year } = view;
    const publish = button('publish', t('commit.publish'), { a: 'commit_publish', y: year }, 'primary', {
      title: t('commit.publish_sure_title'),
      text: t('commit.publish_sure', { n: view.approved }),
    });
    const buttons: Button[] = [
      ...(view.secretary && view.approved > 0 ? [publish] : []),
      ...(view.boardLink === null
        ? []
        : [
            { name: 'board', label: t('commit.board'), style: 'default', link: view.boardLink } satisfies Button,
            view.secretary
              ? button('boards_file', t('boardfile.all'), { a: 'board_file', w: 'all', y: year })
              : button('board_file', t('boardfile.branch'), { a: 'board_file', w: 'branch', y: year }),
          ]),
      ...(view.secretary
        ? [button('open_branch', t('commit.open_branch'), { a: 'commit_show', y: year, w: 'branch', n: 0 })]
        : []),
      ...(view.secretary ? [button('open_tasks', t('commit.open_tasks'), { a: 'task_list', p: 0 })] : []),
      button('open_queue', t('commit.queue_title'), { a: 'commit_queue' }),
    ];
    const people = (n: number) => t('commit.people', { n });
    return {
      title: t('commit.overview_title', { branch: view.branchName, year }),
      tone: 'blue',
      blocks: [
        facts(
          [t('commit.overview_members'), people(view.members)],
          ...COMMITMENT_STATES.map((state) => [t(`commit.state.${state}`), people(view.counts[state])] as const),
          [t('commit.overview_own'), view.own === null ? t('commit.overview_none') : t(`commit.state.${view.own}`)],
        ),
        { kind: 'buttons', buttons },
      ],
    };
  },
});

interface PublishedView {
  year: number;
  branchName: string;
  n: number;
  boardLink: string;
}
export const commitmentsPublishedCard = defineCard({
  name: 'commitments_published',
  audience: 'any',
  args: z.object({ branch: z.string(), year: z.int() }),
  async view({ branch, year }, { read, use }): Promise<PublishedView | null> {
    const { published } = await branchSheets(read, branch, year);
    const found = await findBranch(read, branch);
    if (found === null || published === 0) return null;
    return { year, branchName: found.name, n: published, boardLink: await commitmentBoardLink(use, branch, year) };
  },
  render({ year, branchName, n, boardLink }, { t }) {
    const link: Block = {
      kind: 'buttons',
      buttons: [{ name: 'board', label: t('commit.board'), style: 'primary', link: boardLink }],
    };
    return {
      title: t('commit.group_title', { branch: branchName, year }),
      tone: 'green',
      blocks: [text(t('commit.group_text', { n })), link],
    };
  },
});
