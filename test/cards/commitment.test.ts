/** Every card of commitments, tasks and weekly checks with the worst that people can bring about, as the platform would judge it. */
import { describe, expect, it } from 'vitest';
import { checkDigestCard, checkMissedCard, type DigestView } from '../../cards/check-digest.ts';
import { type CommitmentView, renderCommitment } from '../../cards/commitment.ts';
import { commitmentQueueCard, renderReview } from '../../cards/commitment-review.ts';
import { commitmentsCard, commitmentsPublishedCard } from '../../cards/commitments.ts';
import { renderTaskForm, taskGivenCard } from '../../cards/task.ts';
import { meCard } from '../../cards/me.ts';
import { tasksCard } from '../../cards/tasks.ts';
import { type CheckView, renderCheck, weeklyCheckNoneCard } from '../../cards/weekly-check.ts';
import { WORST_STEPS } from '../support/worst-steps.ts';
import type { Card } from '../../src/card.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import {
  COMMENT_MAX,
  COMMITMENT_STATES,
  type CommitmentState,
  ITEM_RESULT_MAX,
  ITEM_TEXT_MAX,
} from '../../src/domain/commitment.ts';
import {
  INDICATOR_MAX,
  INDICATORS_MAX,
  POST_NAME_MAX,
  type PostPlan,
  starsOfPerson,
} from '../../src/domain/post-plan.ts';
import { ITEM_NAME_MAX } from '../../src/domain/star-item.ts';
import { CHECK_STATES, NOTE_MAX, TASK_STATES, TASK_TEXT_MAX } from '../../src/domain/weekly-check.ts';
import { LOCALES } from '../../src/i18n.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import type { StarItem } from '../../src/store/star-items.ts';
import type { Task } from '../../src/store/tasks.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { renderIn } from '../support/render-context.ts';

function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
}
const NOON = Date.parse('2026-10-09T12:00:00+08:00');
const much = (text: string, length: number) => text.repeat(length).slice(0, length);
const worst = { quotes: '"', chinese: '诺', markup: '**<at id=all></at>[a](b)# ' };
const id = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const name = (i: number) => `${'欧阳'.repeat(10)}${i}`;
const link = `https://stars.example.test/board/${'x'.repeat(260)}`;

const items = (n: number, text: string, stars: readonly { key: string }[], one = false) =>
  Array.from({ length: n }, (_, i) => ({
    id: id(i),
    star: (one ? stars[0] : stars[i % stars.length])?.key ?? '',
    text: much(text, ITEM_TEXT_MAX),
    result: much(text, ITEM_RESULT_MAX),
    due: '2026-12-31',
  }));
const sheet = (state: CommitmentState, person: string | null) => ({
  id: id(0),
  year: 2026,
  branch: 'B001',
  person,
  state,
  catalogue: 'hash',
  comment: much('"', COMMENT_MAX),
  submittedBy: 'E1',
  replyBy: '2026-10-16',
  version: 3,
});
/** Three individual stars, the longest that may be written; E1 has the post. */
const POSTS: PostPlan = {
  groups: [
    {
      id: id(0),
      name: much('岗', POST_NAME_MAX),
      members: ['E1'],
      stars: [0, 1, 9].map((i) => ({
        key: defaultCatalogue.member[i]?.key ?? '',
        indicators: Array.from({ length: INDICATORS_MAX }, (_, n) => much(`**"${n}`, INDICATOR_MAX)),
      })),
    },
  ],
};
const UNIT_ITEM: StarItem = {
  id: id(1),
  level: 'unit',
  scope: 'U1',
  name: much('"**[a](b)', ITEM_NAME_MAX),
  stars: [],
  from: '2026-01-01',
  to: '2026-12-31',
  state: 'active',
  task: id(2),
  owner: 'E1',
  ownerName: name(1),
};
function view(state: CommitmentState | null, over: Partial<CommitmentView> = {}): CommitmentView {
  const whose = over.whose ?? 'own';
  return {
    year: 2026,
    whose,
    branchName: much('示例支部', 60),
    sheet: state === null ? null : sheet(state, whose === 'own' ? 'E1' : null),
    items: [],
    stars: starsOfPerson(whose === 'own' ? defaultCatalogue.member : defaultCatalogue.branch, POSTS, 'E1'),
    unitItems: defaultCatalogue[whose === 'own' ? 'member' : 'branch'].flatMap((star) =>
      Array.from({ length: 30 }, () => ({ ...UNIT_ITEM, stars: [star.key] })),
    ),
    open: state === null || state === 'draft' || state === 'returned',
    range: [3, 10],
    boardLink: state === 'published' ? link : null,
    waiting: 12,
    secretary: true,
    committee: true,
    star: 0,
    typed: {},
    editing: null,
    ...over,
  };
}
const task = (i: number, text: string, over: Partial<Task> = {}): Task => ({
  id: id(i),
  branch: 'B001',
  year: 2026,
  item: null,
  own: false,
  owner: 'E1',
  ownerName: name(1),
  text: much(text, TASK_TEXT_MAX),
  due: '2026-10-08',
  state: 'open',
  doneOn: null,
  ...over,
});

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  const typedOf = (text: string) => ({
    star: 'nothing',
    text: much(text, ITEM_TEXT_MAX),
    result: much(text, ITEM_RESULT_MAX),
    due: '2026-12-31',
  });

  it.each(Object.entries(worst))(
    'a sheet of twenty items of %s, on every page, and all under one star',
    (_name, text) => {
      for (const whose of ['own', 'branch'] as const)
        for (const one of [false, true])
          for (const star of [0, 9])
            for (const state of [null, 'draft', 'returned'] as const) {
              const stars = view(null, { whose }).stars;
              const all = items(whose === 'own' ? 10 : 20, text, stars, one);
              check(
                renderCommitment(
                  view(state, { whose, star, items: all, typed: typedOf(text), editing: id(0) }),
                  context,
                ),
              );
              check(renderCommitment(view(state, { whose, star, items: all }), context));
            }
    },
  );
  it.each(COMMITMENT_STATES)('a sheet that is %s, for its owner and for an approver', (state) => {
    for (const whose of ['own', 'branch'] as const) {
      const { stars } = view(null, { whose });
      const all = items(20, worst.markup, stars);
      check(renderCommitment(view(state, { whose, items: all }), context));
      check(renderCommitment(view(state, { whose, items: all, open: false }), context));
      const person = whose === 'own' ? 'E1' : null;
      const review = {
        sheet: sheet(state, person),
        name: person === null ? null : name(1),
        branchName: name(2),
        items: all,
        stars,
        comment: much('"', COMMENT_MAX),
        postsWait: true,
      };
      check(renderReview(review, context));
    }
  });
  it('the queue, the overview and the message to the chat', () => {
    const waiting = Array.from({ length: 20 }, (_, i) => ({
      id: id(i),
      person: i === 0 ? null : name(i),
      branchName: name(0),
      replyBy: '2026-10-08',
    }));
    const posts = waiting.map(({ branchName, replyBy }, i) => ({ branch: `B${i}`, year: 2026, branchName, replyBy }));
    check(commitmentQueueCard.render({ today: '2026-10-09', more: 200, sheets: waiting, posts }, context));
    check(commitmentQueueCard.render({ today: '2026-10-09', more: 0, sheets: [], posts: [] }, context));
    const counts = { draft: 300, submitted: 300, returned: 300, approved: 300, published: 300 };
    const overview = {
      members: 300,
      counts,
      own: null,
      approved: 300,
      published: 300,
      year: 2026,
      branchName: name(1),
      boardLink: link,
      secretary: true,
    };
    check(commitmentsCard.render(overview, context));
    check(commitmentsPublishedCard.render({ year: 2026, branchName: name(1), n: 300, boardLink: link }, context));
  });

  it('tasks: long lists, a branch of 300, every state', () => {
    const all = Array.from({ length: 120 }, (_, i) => task(i, worst.markup));
    for (const page of [0, 5, 99]) check(tasksCard.render({ branchName: name(1), tasks: all, page }, context));
    check(tasksCard.render({ branchName: name(1), tasks: [], page: 0 }, context));
    const owners = Array.from({ length: 300 }, (_, i) => ({
      employeeNo: `E${String(i).padStart(39, '0')}`,
      name: name(i),
    }));
    for (const page of [0, 1, 3, 7])
      check(
        renderTaskForm(
          {
            task: null,
            managed: true,
            owners,
            page,
            typed: { owner: owners[299]!.employeeNo, text: much('"', TASK_TEXT_MAX), due: 'x' },
          },
          context,
        ),
      );
    for (const state of TASK_STATES)
      for (const managed of [true, false])
        check(renderTaskForm({ task: task(1, worst.quotes, { state }), managed, owners, page: 0, typed: {} }, context));
    check(taskGivenCard.render(task(1, worst.markup), context));
  });

  const checkView = (n: number, text: string, over: Partial<CheckView> = {}): CheckView => ({
    round: { week: '2026-W41', openedOn: '2026-10-09', until: NOON, state: 'open' },
    due: { person: 'E1', name: name(1), branch: 'B001', answered: false },
    tasks: Array.from({ length: n }, (_, i) => task(i, text)),
    answers: new Map(
      Array.from({ length: n }, (_, i) => [id(i), { task: id(i), state: 'needs_help', note: much(text, NOTE_MAX) }]),
    ),
    page: 0,
    timezone: 'Asia/Shanghai',
    today: '2026-10-09',
    typed: {},
    reminder: true,
    ...over,
  });
  it.each(Object.entries(worst))('a weekly check of 45 tasks in %s, page after page', (_name, text) => {
    for (const page of [0, 1, 4, 9]) {
      const card = renderCheck(checkView(45, text, { page }), context);
      check(card);
      expect(fieldNames(card)).toEqual(
        Array.from({ length: page < 4 ? 10 : 5 }, (_, i) => Math.min(page, 4) * 10 + i).flatMap((i) => [
          `task_${id(i)}`,
          `note_${id(i)}`,
        ]),
      );
    }
  });
  it('a weekly check in its other states', () => {
    check(renderCheck(checkView(0, 'x'), context));
    check(
      renderCheck(checkView(3, 'x', { due: { person: 'E1', name: name(1), branch: 'B001', answered: true } }), context),
    );
    const closed = renderCheck(
      checkView(3, 'x', { round: { week: '2026-W41', openedOn: '2026-10-09', until: NOON, state: 'closed' } }),
      context,
    );
    check(closed);
    expect(buttonNames(closed)).toEqual([]);
    check(
      weeklyCheckNoneCard.render(
        {
          next: NOON,
          timezone: 'Asia/Shanghai',
          tasks: Array.from({ length: 60 }, (_, i) => task(i, worst.markup)),
          secretary: true,
        },
        context,
      ),
    );
    check(weeklyCheckNoneCard.render({ next: null, timezone: 'Asia/Shanghai', tasks: [], secretary: false }, context));
  });

  it('a digest of 300 people with ten tasks each: help first, every line on exactly one page', () => {
    const line = (i: number) => ({
      name: name(i),
      text: much(worst.markup, TASK_TEXT_MAX),
      note: much(`${i}"`, NOTE_MAX),
    });
    const digest = (page: number): DigestView => ({
      steps: WORST_STEPS,
      needsHelp: Array.from({ length: 60 }, (_, i) => line(i)),
      notes: Array.from({ length: 60 }, (_, i) => line(100 + i)),
      counts: { done: 1_000, on_track: 1_000, needs_help: 60 },
      answered: Array.from({ length: 200 }, (_, i) => `甲${name(i)}`),
      missing: Array.from({ length: 100 }, (_, i) => `乙${name(i)}`),
      week: '2026-W41',
      page,
    });
    const pages: string[] = [];
    for (let page = 0; page < 200; page++) {
      const card = checkDigestCard.render(digest(page), context);
      check(card);
      pages.push(allText(card));
      if (!buttonNames(card).includes('page_next')) break;
    }
    const [first, ...rest] = pages;
    expect(first).toContain(context.t('commit.digest_help'));
    expect(rest.at(-1)).toContain(`乙${name(99)}`);
    const lines = pages.join('\n');
    for (const i of [0, 59, 100, 159]) expect(lines.split(much(`${i}"`, NOTE_MAX))).toHaveLength(2);
  });
  it('/me with everything that may be owed', () => {
    const work = {
      commitments: [2025, 2026, 2027].map((year) => ({ year, state: 'returned' as const, items: 10 })),
      tasks: Array.from({ length: 40 }, () => ({
        text: much(worst.quotes, TASK_TEXT_MAX),
        due: '2026-12-31',
        said: 'needs_help' as const,
      })),
      check: null,
    };
    const owed = [
      ...Array.from({ length: 16 }, (_, i) => ({
        kind: 'ballot' as const,
        review: id(i),
        period: '2026-Q3',
        branchName: name(i),
        until: NOON,
      })),
      { kind: 'check' as const, week: '2026-W42', until: NOON },
      { kind: 'returned' as const, year: 2026 },
      { kind: 'approve' as const, n: 300 },
    ];
    const views = Array.from({ length: 10 }, (_, i) => ({ name: name(i), period: '2026-Q3', at: NOON }));
    check(
      meCard.render(
        {
          name: name(0),
          branchName: name(1),
          status: 'full',
          owed,
          results: [],
          work,
          post: {
            year: 2026,
            name: much('岗', POST_NAME_MAX),
            stars: starsOfPerson(defaultCatalogue.member, POSTS, 'E1'),
          },
          attendance: { present: 0, excused: 0, latest: [] },
          views,
          timezone: 'Asia/Shanghai',
        },
        context,
      ),
    );
  });
  it('the quiet word', () => {
    check(checkMissedCard.render({}, context));
  });

  it('the forms have the fields and buttons that tools rely on', () => {
    const card = renderCommitment(view(null), context);
    expect(card.blocks.flatMap((block) => (block.kind === 'form' ? [block.name] : []))).toEqual(['commitment']);
    expect(fieldNames(card)).toEqual(['star', 'text', 'result', 'due']);
    expect(buttonNames(card)).toEqual(expect.arrayContaining(['add_item', 'submit_all']));
    const checks = renderCheck(checkView(1, 'x', { answers: new Map() }), context);
    expect(checks.blocks.flatMap((block) => (block.kind === 'form' ? [block.name] : []))).toEqual(['weekly_check']);
    expect(buttonNames(checks)).toEqual(['all_on_track', 'submit']);
    const select = checks.blocks
      .flatMap((block) => (block.kind === 'form' ? block.fields : []))
      .find((field) => field.kind === 'select');
    expect(select?.options.map(({ value }) => value)).toEqual([...CHECK_STATES]);
    expect(select?.initial).toBeUndefined();
  });
});
