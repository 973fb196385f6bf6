/** The approvers' side: what waits, and one sheet with the form to decide on it (R55, A41). */
import { z } from 'zod';
import { type Block, button, buttons, type Card, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { COMMENT_MAX } from '../src/domain/commitment.ts';
import { today } from '../src/domain/period.ts';
import { findSheet, type Item, itemsOf, type Sheet } from '../src/store/commitments.ts';
import { findPostPlan } from '../src/store/post-plans.ts';
import { findBranch, namesOf } from '../src/store/roster.ts';
import { mayDecide, queueOf } from '../src/usecases/commit/approval.ts';
import { postQueueOf } from '../src/usecases/stars/post-approval.ts';
import { catalogueOf } from '../src/usecases/versions.ts';
import { readerOf } from './shared/actor.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

/** Sheets offered at once. */
const SHOWN = 20;

interface QueueView {
  today: string;
  more: number;
  sheets: readonly { id: string; person: string | null; branchName: string; replyBy: string }[];
  /** Plans of posts (A39). */
  posts: readonly { branch: string; year: number; branchName: string; replyBy: string }[];
}
export const commitmentQueueCard = defineCard({
  name: 'commitment_queue',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<QueueView | null> {
    const { use, read, now } = context;
    const actor = await readerOf(context);
    if (actor === null) return null;
    const waiting = await queueOf(read, use, actor);
    const names = await namesOf(
      read,
      waiting.flatMap((sheet) => sheet.person ?? []),
    );
    const shown = waiting.slice(0, SHOWN).map(async (sheet) => ({
      id: sheet.id,
      person: sheet.person === null ? null : (names.get(sheet.person) ?? ''),
      branchName: (await findBranch(read, sheet.branch))?.name ?? '',
      replyBy: sheet.replyBy ?? '',
    }));
    const plans = await postQueueOf(read, use, actor);
    const posts = plans.slice(0, SHOWN).map(async ({ branch, year, replyBy }) => ({
      branch,
      year,
      branchName: (await findBranch(read, branch))?.name ?? '',
      replyBy: replyBy ?? '',
    }));
    return {
      today: today(now, use.config.timezone),
      more: Math.max(0, waiting.length - SHOWN) + Math.max(0, plans.length - SHOWN),
      sheets: await Promise.all(shown),
      posts: await Promise.all(posts),
    };
  },
  render(view, { t, locale }) {
    const { sheets, posts, more } = view;
    const label = (name: string, replyBy: string) => {
      if (replyBy === '') return name;
      return t(replyBy < view.today ? 'commit.queue_late' : 'commit.queue_line', { name, date: day(replyBy, locale) });
    };
    const blocks: Block[] =
      sheets.length + posts.length === 0
        ? [text(t('commit.queue_none'))]
        : [
            text(t('commit.queue_intro')),
            {
              kind: 'buttons',
              buttons: [
                ...sheets.map(({ id, person, branchName, replyBy }, i) =>
                  button(`review_${i + 1}`, label(person ?? t('commit.branch_own', { branch: branchName }), replyBy), {
                    a: 'commit_review',
                    c: id,
                  }),
                ),
                ...posts.map(({ branch: b, year: y, branchName, replyBy }, i) =>
                  button(`posts_${i + 1}`, label(t('stars.posts.queue', { branch: branchName }), replyBy), {
                    a: 'post_review',
                    b,
                    y,
                    p: 0,
                  }),
                ),
              ],
            },
            ...(more > 0 ? [text(t('commit.queue_more', { n: more }), 'muted')] : []),
          ];
    return { title: t('commit.queue_title'), tone: sheets.length + posts.length === 0 ? 'green' : 'blue', blocks };
  },
});

export interface ReviewView {
  sheet: Sheet;
  name: string | null;
  branchName: string;
  items: readonly Item[];
  stars: readonly { key: string; zh: string; en: string }[];
  comment: string;
  /** A plan of posts handed in with the branch's sheet waits, too. */
  postsWait: boolean;
}
/** Null for who may not examine it. */
export async function loadReview(id: string, comment: string, context: CardContext): Promise<ReviewView | null> {
  const { use, read } = context;
  const actor = await readerOf(context);
  const sheet = await findSheet(read, id);
  if (actor === null || sheet === null || !(await mayDecide(read, use, actor, id))) return null;
  const catalogue = await catalogueOf(read, sheet.catalogue);
  return {
    sheet,
    name: sheet.person === null ? null : ((await namesOf(read, [sheet.person])).get(sheet.person) ?? ''),
    branchName: (await findBranch(read, sheet.branch))?.name ?? '',
    items: sheet.state === 'draft' ? [] : await itemsOf(read, id), // a draft is nobody else's business
    stars: sheet.person === null ? catalogue.branch : catalogue.member,
    comment,
    postsWait: sheet.person === null && (await findPostPlan(read, sheet.branch, sheet.year))?.state === 'submitted',
  };
}
export function renderReview(
  { sheet, name, branchName, items, stars, comment, postsWait }: ReviewView,
  context: RenderContext,
): Card {
  const { t, locale } = context;
  const lang = locale === 'en' ? 'en' : 'zh';
  const waits = sheet.state === 'submitted';
  const written = stars.flatMap((star) => {
    const own = items.filter((item) => item.star === star.key);
    return own.length === 0
      ? []
      : [
          text(star[lang], 'strong'),
          list(own.map((item) => t('commit.item_line', { ...item, due: day(item.due, locale) }))),
        ];
  });
  const at = { c: sheet.id, v: sheet.version };
  const openPosts = button('open_posts', t('stars.open_posts'), {
    a: 'post_review',
    b: sheet.branch,
    y: sheet.year,
    p: 0,
  });
  const form: Block = {
    kind: 'form',
    name: 'commitment_decision',
    fields: [
      {
        kind: 'input',
        name: 'comment',
        label: t('commit.comment'),
        multiline: true,
        maxLength: COMMENT_MAX,
        required: false,
        ...(comment === '' ? {} : { initial: comment }),
      },
    ],
    buttons: [
      button('approve', t('commit.approve'), { a: 'commit_approve', ...at }, 'primary'),
      button('return', t('commit.return'), { a: 'commit_return', ...at }),
    ],
  };
  return {
    title: t('commit.review_title', { name: name ?? t('commit.branch_own', { branch: branchName }) }),
    subtitle:
      waits && sheet.replyBy !== null
        ? t('commit.review_by', { date: day(sheet.replyBy, locale) })
        : t(`commit.state.${sheet.state}`),
    tone: waits ? 'blue' : 'grey',
    blocks: [
      ...(waits ? [text(t('commit.review_intro'), 'muted')] : []),
      ...written,
      ...(waits && postsWait ? [text(t('stars.posts.with_sheet')), buttons(openPosts)] : []),
      ...(waits ? [keptLine(context, 'commitment_decision'), form] : []),
      {
        kind: 'buttons',
        buttons: [button('open_queue', t('commit.queue_title'), { a: 'commit_queue' })],
        compact: true,
      },
    ],
  };
}
export const commitmentReviewCard = defineCard({
  name: 'commitment_review',
  audience: 'person',
  args: z.object({ sheet: z.string() }),
  view: ({ sheet }, context) => loadReview(sheet, '', context),
  render: renderReview,
});
