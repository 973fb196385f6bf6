/** Post groups and individual stars (A39): what a plan may say, and what of it reaches a person. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import {
  addGroup,
  checkPlan,
  groupOf,
  NO_POSTS,
  pickMembers,
  POST_GROUPS_MAX,
  type PostPlan,
  postPlanSchema,
  prunePlan,
  putStar,
  readPostName,
  readPostStar,
  removeGroup,
  removeStar,
  renameGroup,
  starsOfPerson,
} from '../../src/domain/post-plan.ts';

const member = defaultCatalogue.member;
const keys = member.map((star) => star.key);
const [A = '', B = '', C = '', D = ''] = keys;
const plan: PostPlan = {
  groups: [
    { id: 'g1', name: '服务窗口', members: ['E1', 'E2'], stars: [{ key: A, indicators: ['当天办结当天的件'] }] },
    { id: 'g2', name: '综合文秘', members: ['E3'], stars: [] },
  ],
};

describe('readPostName', () => {
  it.each([
    { name: 'a name', typed: ' 督查 督办 ', want: { ok: true, value: '督查 督办' } },
    { name: 'nothing', typed: '  ', want: { ok: false, reason: 'name_missing' } },
    { name: 'a field that is not there', typed: undefined, want: { ok: false, reason: 'name_missing' } },
    { name: 'twenty characters', typed: '岗'.repeat(20), want: { ok: true, value: '岗'.repeat(20) } },
    { name: 'twenty-one', typed: '岗'.repeat(21), want: { ok: false, reason: 'name_long' } },
    { name: 'a private matter', typed: '信教人员', want: { ok: false, reason: 'topic', topic: 'religion' } },
    { name: 'a name that is taken', typed: '服务窗口', want: { ok: false, reason: 'name_taken' } },
  ])('$name', ({ typed, want }) => expect(readPostName(typed, plan)).toEqual(want));
  it('lets a group keep its own name', () => expect(readPostName('服务窗口', plan, 'g1').ok).toBe(true));
});

describe('readPostStar', () => {
  const good = { star: A, indicator_1: ' 当天办结当天的件 ', indicator_3: '一次说清要带的材料' };
  it.each([
    {
      name: 'gaps are closed',
      form: good,
      want: { ok: true, value: { key: A, indicators: ['当天办结当天的件', '一次说清要带的材料'] } },
    },
    { name: 'no star', form: { ...good, star: '' }, want: { ok: false, reason: 'star_missing' } },
    {
      name: 'a star of branches',
      form: { ...good, star: 'project_delivery' },
      want: { ok: false, reason: 'star_missing' },
    },
    { name: 'no indicator', form: { star: A, indicator_2: ' ' }, want: { ok: false, reason: 'indicator_missing' } },
    {
      name: 'fifty characters',
      form: { star: A, indicator_4: '件'.repeat(50) },
      want: { ok: true, value: { key: A, indicators: ['件'.repeat(50)] } },
    },
    {
      name: 'fifty-one',
      form: { star: A, indicator_4: '件'.repeat(51) },
      want: { ok: false, reason: 'indicator_long' },
    },
    {
      name: 'the same twice',
      form: { star: A, indicator_1: '按时办结', indicator_2: '按时办结' },
      want: { ok: false, reason: 'indicator_twice' },
    },
    {
      name: 'a fifth is not read',
      form: { star: A, indicator_5: '按时办结' },
      want: { ok: false, reason: 'indicator_missing' },
    },
    {
      name: 'a private matter, hidden by blanks',
      form: { ...good, indicator_2: '家 庭 和 睦' },
      want: { ok: false, reason: 'topic', topic: 'family' },
    },
    {
      name: 'a private matter in English',
      form: { ...good, indicator_2: 'makes home visits' },
      want: { ok: false, reason: 'topic', topic: 'home_visits' },
    },
  ])('$name', ({ form, want }) => expect(readPostStar(form, new Set(keys))).toEqual(want));
});

describe('changing a plan', () => {
  it('adds groups up to the limit, renames and removes them', () => {
    let full: PostPlan = NO_POSTS;
    for (let i = 0; i < POST_GROUPS_MAX; i++) {
      const added = addGroup(full, `g${i}`, `岗${i}`);
      if (!added.ok) throw new Error('refused');
      full = added.value;
    }
    expect(addGroup(full, 'one', 'more')).toEqual({ ok: false, reason: 'too_many_groups' });
    expect(renameGroup(full, 'g3', '新名').groups[3]?.name).toBe('新名');
    expect(removeGroup(full, 'g0').groups.map(({ id }) => id)).not.toContain('g0');
  });
  it('moves a person who is picked, and leaves alone who is not named', () => {
    const picked = pickMembers(
      plan,
      'g2',
      new Map([
        ['E1', true],
        ['E3', false],
        ['E9', true],
      ]),
    );
    expect(picked.groups.map(({ members }) => members)).toEqual([['E2'], ['E1', 'E9']]);
    expect(pickMembers(plan, 'g2', new Map([['E1', false]]))).toEqual(plan);
  });
  it.each([
    { name: 'a new star', star: B, max: 3, want: [A, B] },
    { name: 'the same star is written over', star: A, max: 1, want: [A] },
    { name: 'one star instead of another', star: C, max: 1, instead: A, want: [C] },
    { name: 'one too many', star: B, max: 1, want: null },
    { name: 'none are allowed', star: B, max: 0, want: null },
  ])('putStar: $name', ({ star, max, instead, want }) => {
    const put = putStar(plan, 'g1', { key: star, indicators: ['x'] }, max, instead);
    expect(put.ok ? put.value.groups[0]?.stars.map(({ key }) => key) : null).toEqual(want);
  });
  it('takes a star back', () => expect(removeStar(plan, 'g1', A).groups[0]?.stars).toEqual([]));
  it('drops who has gone and what the catalogue has no more', () => {
    const kept = prunePlan(plan, new Set(['E2', 'E3']), new Set([B]));
    expect(kept.groups.map(({ members, stars }) => [members, stars])).toEqual([
      [['E2'], []],
      [['E3'], []],
    ]);
  });
  it.each([
    { name: 'nothing to hand in', plan: NO_POSTS, inForce: false, want: { ok: false, reason: 'no_groups' } },
    { name: 'taking back what is in force', plan: NO_POSTS, inForce: true, want: { ok: true } },
    {
      name: 'a group without stars',
      plan,
      inForce: true,
      want: { ok: false, reason: 'group_without_star', group: '综合文秘' },
    },
    {
      name: 'a group without people',
      plan: pickMembers(plan, 'g1', new Map([['E3', true]])),
      inForce: false,
      want: { ok: false, reason: 'group_without_member', group: '综合文秘' },
    },
    { name: 'a complete one', plan: removeGroup(plan, 'g2'), inForce: false, want: { ok: true } },
  ])('checkPlan: $name', ({ plan: handed, inForce, want }) => expect(checkPlan(handed, inForce)).toEqual(want));
});

type Step =
  | { pick: [group: number, people: [string, boolean][]] }
  | { star: [group: number, key: string, max: number] }
  | { remove: number };
const steps = fc.array(
  fc.oneof(
    fc.record({
      pick: fc.tuple(
        fc.nat(3),
        fc.array(fc.tuple(fc.constantFrom('E1', 'E2', 'E3', 'E4'), fc.boolean()), { maxLength: 4 }),
      ),
    }),
    fc.record({ star: fc.tuple(fc.nat(3), fc.constantFrom(A, B, C, D), fc.constant(3)) }),
    fc.record({ remove: fc.nat(3) }),
  ) as fc.Arbitrary<Step>,
  { maxLength: 30 },
);
function played(all: readonly Step[]): PostPlan {
  let now: PostPlan = { groups: [0, 1, 2, 3].map((i) => ({ id: `g${i}`, name: `岗${i}`, members: [], stars: [] })) };
  for (const step of all) {
    if ('pick' in step) now = pickMembers(now, `g${step.pick[0]}`, new Map(step.pick[1]));
    else if ('remove' in step) now = removeGroup(now, `g${step.remove}`);
    else {
      const put = putStar(now, `g${step.star[0]}`, { key: step.star[1], indicators: ['按时办结'] }, step.star[2]);
      if (put.ok) now = put.value;
    }
  }
  return now;
}
test.prop([steps])('whatever is clicked, nobody has two posts and no post more than three stars of its own', (all) => {
  const now = played(all);
  const everybody = now.groups.flatMap((group) => group.members);
  expect(new Set(everybody).size).toBe(everybody.length);
  for (const { stars } of now.groups) {
    expect(stars.length).toBeLessThanOrEqual(3);
    expect(new Set(stars.map(({ key }) => key)).size).toBe(stars.length);
  }
  expect(postPlanSchema.parse(JSON.parse(JSON.stringify(now)))).toEqual(now);
});
test.prop([steps, fc.constantFrom('E1', 'E2', 'E3', 'E4', 'E5')])(
  'names, order and number of the stars are the same for everybody',
  (all, person) => {
    const now = played(all);
    const stars = starsOfPerson(member, now, person);
    expect(stars.map(({ key, zh, en }) => ({ key, zh, en }))).toEqual(
      member.map(({ key, zh, en }) => ({ key, zh, en })),
    );
    const own = groupOf(now, person)?.stars.map(({ key }) => key) ?? [];
    for (const [i, star] of stars.entries()) {
      expect(star.individual).toBe(own.includes(star.key));
      expect(star.indicators).toEqual(star.individual ? [{ zh: '按时办结', en: '按时办结' }] : member[i]?.indicators);
    }
  },
);
it('a person without a post, and everybody without a plan, has the common indicators', () => {
  for (const of of [plan, null]) expect(starsOfPerson(member, of, 'E3').every((star) => !star.individual)).toBe(true);
});
