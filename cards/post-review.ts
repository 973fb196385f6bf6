/** Post groups and their individual stars for the two who are not their author: who approves them (A41), and who is judged by them. */
import { z } from 'zod';
import { type Block, button, type Button, type Card, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { COMMENT_MAX } from '../src/domain/commitment.ts';
import type { PostGroup } from '../src/domain/post-plan.ts';
import type { PostPlanRow } from '../src/store/post-plans.ts';
import { findBranch, namesOf } from '../src/store/roster.ts';
import { type OwnPost, postOf } from '../src/usecases/stars/person-stars.ts';
import { postsToDecide } from '../src/usecases/stars/post-approval.ts';
import { readerOf } from './shared/actor.ts';
import { individualBlocks, individualLine } from './shared/individual-stars.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

/** Names written out on the card. */
const NAMES = 40;

export interface PostReviewView {
  row: PostPlanRow;
  branchName: string;
  names: ReadonlyMap<string, string>;
  stars: readonly { key: string; zh: string; en: string }[];
  page: number;
  comment: string;
}
/** Null for who may not examine it. */
export async function loadPostReview(
  at: { branch: string; year: number; page: number },
  comment: string,
  context: CardContext,
): Promise<PostReviewView | null> {
  const { read, use } = context;
  const actor = await readerOf(context);
  const found = actor === null ? null : await postsToDecide(read, use, actor, at.branch, at.year);
  if (found === null || !found.ok) return null;
  const row = found.value;
  return {
    row,
    branchName: (await findBranch(read, at.branch))?.name ?? '',
    names: await namesOf(
      read,
      row.draft.groups.flatMap((group) => group.members),
    ),
    stars: use.years.of(at.year).catalogue.member,
    page: at.page,
    comment,
  };
}

function groupBlocks(
  { names, stars }: PostReviewView,
  { name, members, stars: own }: PostGroup,
  context: RenderContext,
): Block[] {
  const { t } = context;
  const people = members.map((person) => names.get(person) ?? person);
  const more = people.length > NAMES ? ` ${t('stars.posts.names_more', { n: people.length })}` : '';
  return [
    text(t('stars.posts.group_title', { name }), 'strong'),
    text(people.slice(0, NAMES).join(t('common.and')) + more, 'muted'),
    ...own.map(({ key, indicators }) => {
      const { zh, en } = stars.find((star) => star.key === key) ?? { zh: key, en: key };
      return text(
        individualLine({ zh, en, indicators: indicators.map((words) => ({ zh: words, en: words })) }, context),
      );
    }),
  ];
}

/** One group a page; decided on the last page, so that all of it has been before the reader's eyes. */
export function renderPostReview(view: PostReviewView, context: RenderContext): Card {
  const { t, locale } = context;
  const { branch: b, year: y, version: v, state, draft, replyBy } = view.row;
  const waits = state === 'submitted';
  const of = draft.groups.length;
  const p = Math.min(view.page, Math.max(0, of - 1));
  const group = waits ? draft.groups[p] : undefined;
  const form: Block = {
    kind: 'form',
    name: 'post_decision',
    fields: [
      {
        kind: 'input',
        name: 'comment',
        label: t('commit.comment'),
        multiline: true,
        maxLength: COMMENT_MAX,
        required: false,
        ...(view.comment === '' ? {} : { initial: view.comment }),
      },
    ],
    buttons: [
      button('approve', t('commit.approve'), { a: 'post_approve', b, y, v }, 'primary'),
      button('return', t('commit.return'), { a: 'post_return', b, y, v }),
    ],
  };
  const nav: Button[] = [
    ...(waits && p > 0
      ? [button('group_back', t('stars.posts.review_prev'), { a: 'post_review', b, y, p: p - 1 })]
      : []),
    ...(waits && p < of - 1
      ? [button('group_next', t('stars.posts.review_next'), { a: 'post_review', b, y, p: p + 1 }, 'primary')]
      : []),
    button('open_queue', t('commit.queue_title'), { a: 'commit_queue' }),
  ];
  return {
    title: t('stars.posts.review_title', { branch: view.branchName }),
    subtitle:
      waits && replyBy !== null
        ? t('commit.review_by', { date: day(replyBy, locale) })
        : t(`stars.posts.state.${state}`),
    tone: waits ? 'blue' : 'grey',
    blocks: [
      ...(waits
        ? [text(of === 0 ? t('stars.posts.review_empty') : t('stars.posts.review_intro', { n: p + 1, of }), 'muted')]
        : []),
      ...(group === undefined ? [] : groupBlocks(view, group, context)),
      ...(waits && p >= of - 1 ? [keptLine(context, 'post_decision'), form] : []),
      { kind: 'buttons', buttons: nav, compact: true },
    ],
  };
}
export const postReviewCard = defineCard({
  name: 'post_review',
  audience: 'person',
  args: z.object({ branch: z.string(), year: z.int() }),
  view: (at, context) => loadPostReview({ ...at, page: 0 }, '', context),
  render: renderPostReview,
});

/** To everybody with a post, once it is approved: which stars are their own. */
export const myPostCard = defineCard({
  name: 'my_post',
  audience: 'person',
  args: z.object({ year: z.int() }),
  async view({ year }, context): Promise<OwnPost | null> {
    const actor = await readerOf(context);
    return actor === null
      ? null
      : postOf(context.read, context.use.years.of(year).catalogue, { branch: actor.branch, year }, actor.employeeNo);
  },
  render: (post, context) => ({
    title: context.t('stars.posts.mine_title', { name: post.name }),
    tone: 'blue',
    blocks: [
      ...individualBlocks(post.stars, context.t('stars.posts.mine_text', { year: post.year }), context),
      {
        kind: 'buttons',
        buttons: [
          button(
            'open_own',
            context.t('stars.posts.mine_open'),
            { a: 'commit_show', y: post.year, w: 'own', n: 0 },
            'primary',
          ),
        ],
      },
    ],
  }),
});
