/** Every card of posts, individual stars and units' items with the worst that people can bring about, as both platforms would judge it. */
import { describe, expect, it } from 'vitest';
import { type BallotPageView, ballotPageCard } from '../../cards/ballot-page.ts';
import { renderPostGroup, renderPostMembers, renderPostStar } from '../../cards/post-group.ts';
import { postGroupsCard, type PostGroupsView } from '../../cards/post-groups.ts';
import { myPostCard, type PostReviewView, postReviewCard } from '../../cards/post-review.ts';
import { type StarItemView, starItemCard } from '../../cards/star-item.ts';
import { starCard, starsCard } from '../../cards/stars.ts';
import type { Card } from '../../src/card.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { COMMENT_MAX } from '../../src/domain/commitment.ts';
import {
  INDICATOR_MAX,
  INDICATORS_MAX,
  POST_GROUPS_MAX,
  POST_NAME_MAX,
  POST_PLAN_STATES,
  type PostGroup,
  type PostPlanState,
  starsOfPerson,
} from '../../src/domain/post-plan.ts';
import { ITEM_NAME_MAX, ITEMS_MAX, STAR_ITEM_LEVELS } from '../../src/domain/star-item.ts';
import { LOCALES } from '../../src/i18n.ts';
import { lintCardData, refusals } from '../../src/platform/dingtalk/lint.ts';
import { renderCard as renderDingTalk } from '../../src/platform/dingtalk/render.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import type { StarItem } from '../../src/store/star-items.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { renderIn } from '../support/render-context.ts';

function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
  const data = renderDingTalk(card, 'r1');
  expect(refusals(lintCardData(data))).toEqual([]);
  expect(JSON.stringify(data)).not.toContain('……');
}
const much = (text: string, length: number) => text.repeat(length).slice(0, length);
const id = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const name = (i: number) => `${'欧阳'.repeat(10)}${i}`;
const number = (i: number) => `E${String(i).padStart(19, '0')}`;
const people = Array.from({ length: 300 }, (_, i) => ({ employeeNo: number(i), name: name(i) }));
const keys = defaultCatalogue.member.map((star) => star.key);
const group = (i: number, words: string): PostGroup => ({
  id: id(i),
  name: much(`${i}${words}`, POST_NAME_MAX),
  members: people.filter((_, n) => n % POST_GROUPS_MAX === i).map(({ employeeNo }) => employeeNo),
  stars: keys.slice(i % 7, (i % 7) + 3).map((key) => ({
    key,
    indicators: Array.from({ length: INDICATORS_MAX }, (_, n) => much(`${n}${words}`, INDICATOR_MAX)),
  })),
});
const WORDS = ['"', '诺', '**<at id=all></at>[a](b)# '];
const plan = (words: string) => ({ groups: Array.from({ length: POST_GROUPS_MAX }, (_, i) => group(i, words)) });
const row = (state: PostPlanState, words: string) => ({
  branch: 'B001',
  year: 2026,
  state,
  draft: plan(words),
  approved: 'hash',
  comment: much(words, COMMENT_MAX),
  submittedBy: 'E1',
  replyBy: state === 'submitted' ? '2026-10-16' : null,
  version: 3,
});
const desk = (state: PostPlanState, words: string, over: Partial<PostGroupsView> = {}): PostGroupsView => ({
  year: 2026,
  row: row(state, words),
  plan: plan(words),
  people,
  open: state !== 'submitted',
  max: 3,
  branchName: name(1),
  stars: defaultCatalogue.member,
  typed: much(words, POST_NAME_MAX),
  ...over,
});
const starItem = (i: number, words: string): StarItem => ({
  id: id(i),
  level: i % 2 === 0 ? 'branch' : 'unit',
  scope: 'B001',
  name: much(words, ITEM_NAME_MAX),
  stars: keys.slice(i % 9, (i % 9) + 2),
  from: '2026-01-01',
  to: '2027-12-31',
  state: 'active',
  task: id(i),
  owner: number(299),
  ownerName: name(i),
});

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);

  it.each(WORDS)('twelve groups of %s in every state', (words) => {
    for (const state of POST_PLAN_STATES) {
      check(postGroupsCard.render(desk(state, words), context));
      const full = desk(state, words);
      for (const one of full.plan.groups) {
        check(renderPostGroup(full, one, context, much(words, POST_NAME_MAX)));
        check(renderPostGroup({ ...full, max: 4 }, one, context));
      }
    }
    check(postGroupsCard.render(desk('draft', words, { row: null, plan: { groups: [] }, typed: '' }), context));
  });

  it.each(WORDS)('a group of a branch of 300, page by page, and a star, in %s', (words) => {
    const view = desk('draft', words);
    const [one] = view.plan.groups;
    if (one === undefined) throw new Error('no group');
    for (const page of [0, 7, 14, 99]) check(renderPostMembers(view, one, page, context));
    check(renderPostGroup(view, { ...one, members: people.map(({ employeeNo }) => employeeNo) }, context));
    const typed = Object.fromEntries(
      Array.from({ length: INDICATORS_MAX }, (_, i) => [`indicator_${i + 1}`, much(words, INDICATOR_MAX)]),
    );
    for (const editing of [null, one.stars[0]?.key ?? null])
      check(renderPostStar(view, one, editing, { ...typed, star: 'nothing' }, context));
    check(renderPostGroup(view, { ...one, members: [], stars: [] }, context));
  });

  it.each(WORDS)('a plan for its approver, group by group, in %s; the form stands on the last page only', (words) => {
    for (const state of POST_PLAN_STATES) {
      const view = (page: number): PostReviewView => ({
        row: row(state, words),
        branchName: name(1),
        names: new Map(people.map((person) => [person.employeeNo, person.name])),
        stars: defaultCatalogue.member,
        page,
        comment: much(words, COMMENT_MAX),
      });
      for (const page of [0, 5, 11, 20]) {
        const card = postReviewCard.render(view(page), context);
        check(card);
        expect(buttonNames(card).includes('approve')).toBe(state === 'submitted' && page >= 11);
      }
      const crowded = view(0);
      const all = { groups: [{ ...group(0, words), members: people.map(({ employeeNo }) => employeeNo) }] };
      check(postReviewCard.render({ ...crowded, row: { ...crowded.row, draft: all } }, context));
      check(postReviewCard.render({ ...crowded, row: { ...crowded.row, draft: { groups: [] } } }, context));
    }
  });

  it.each(WORDS)('what a rater and the person see, in %s', (words) => {
    const stars = starsOfPerson(defaultCatalogue.member, { groups: [{ ...group(0, words), members: ['E1'] }] }, 'E1');
    const page = (over: Partial<BallotPageView>): BallotPageView => ({
      review: id(1),
      draft: 'A'.repeat(520),
      branchName: name(1),
      period: '2026-Q3',
      page: 0,
      pages: 31,
      subject: number(1),
      name: name(2),
      graded: false,
      category: 'members_and_colleagues',
      stars,
      marks: stars.map(() => 'x'),
      until: Date.parse('2026-10-09T12:00:00+08:00'),
      timezone: 'Asia/Shanghai',
      keptDays: 30,
      abstain: true,
      ...over,
    });
    for (const at of [0, 12, 30]) {
      const card = ballotPageCard(page({ page: at }), context);
      check(card);
      expect(fieldNames(card)).toEqual(keys);
      expect(allText(card)).toContain(much(`0${words}`, INDICATOR_MAX));
    }
    const own = stars.filter((star) => star.individual);
    expect(own).toHaveLength(3);
    check(myPostCard.render({ year: 2026, name: much(words, POST_NAME_MAX), stars: own }, context));
  });

  it.each(WORDS)('stars and items to look up, and the form of an item, in %s', (words) => {
    const items = Array.from({ length: 2 * ITEMS_MAX }, (_, i) => starItem(i, words));
    for (const keeps of [[], ['branch'], ['branch', 'unit']] as const)
      for (const page of [0, 2, 9]) check(starsCard.render({ ...defaultCatalogue, items, page, keeps }, context));
    check(starsCard.render({ ...defaultCatalogue, items: [], page: 0, keeps: STAR_ITEM_LEVELS }, context));
    const stars = starsOfPerson(defaultCatalogue.member, { groups: [{ ...group(0, words), members: ['E1'] }] }, 'E1');
    for (const star of stars.slice(0, 2)) check(starCard.render({ star, of: 'member', items }, context));
    const form = (over: Partial<StarItemView>): StarItemView => ({
      level: 'unit',
      item: null,
      stars: [...defaultCatalogue.member, ...defaultCatalogue.branch],
      owners: people,
      page: 0,
      typed: {},
      ...over,
    });
    for (const page of [0, 1, 14, 99])
      for (const item of [null, starItem(1, words), { ...starItem(1, words), state: 'ended' as const }])
        for (const typed of [
          {},
          {
            name: much(words, ITEM_NAME_MAX),
            star_1: 'x',
            star_2: 'y',
            from: 'z',
            to: '2026-12-31',
            owner: number(299),
          },
        ])
          check(starItemCard.render(form({ item, page, typed }), context));
  });
});
