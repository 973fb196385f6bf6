import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { distribution, capWarning } from '../../src/domain/distribution.ts';
import { buildRoll, categoryOf, eligibleFor, quorum, type RollPerson, subjectsFor } from '../../src/domain/roll.ts';
import type { Role } from '../../src/domain/roster.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';

const person = (employeeNo: string, status: RollPerson['status'], ...roles: Role[]): RollPerson => ({
  employeeNo,
  status,
  roles,
});
const members = (n: number) => Array.from({ length: n }, (_, i) => person(`M${i + 1}`, 'full'));
const colleagues = (n: number) => Array.from({ length: n }, (_, i) => person(`C${i + 1}`, 'colleague'));

describe('category of a rater', () => {
  it.each<[Role[], string]>([
    [['secretary', 'leader'], 'leadership'],
    [['deputy_secretary'], 'committee'],
    [['committee', 'liaison'], 'committee'],
    [['leading_group', 'office'], 'members_and_colleagues'],
    [[], 'members_and_colleagues'],
  ])('%j rates in %s', (roles, want) => expect(categoryOf(roles, defaultRules)).toBe(want));
});

describe('roll', () => {
  const people = [
    person('S', 'full', 'secretary'),
    person('L', 'full', 'leader'),
    ...members(3),
    person('P', 'probationary'),
    ...colleagues(3),
  ];
  const roll = buildRoll({ people, unitLeaders: ['X', 'L', 'X'], removed: new Set(['C2']) }, defaultRules);

  it('is due: members, probationary members and the representatives left on the list, but no leader from elsewhere', () => {
    expect(roll.due.map((it) => it.person)).toEqual(['S', 'L', 'M1', 'M2', 'M3', 'P', 'C1', 'C3']);
    expect(roll.due.map((it) => it.kind).slice(4)).toEqual([
      'member',
      'probationary',
      'representative',
      'representative',
    ]);
  });
  it('lets everybody due rate once in one category, and leaders from elsewhere too', () => {
    expect(Object.fromEntries(roll.electors.map((it) => [it.person, it.category]))).toEqual({
      S: 'committee',
      L: 'leadership',
      M1: 'members_and_colleagues',
      M2: 'members_and_colleagues',
      M3: 'members_and_colleagues',
      P: 'members_and_colleagues',
      C1: 'members_and_colleagues',
      C3: 'members_and_colleagues',
      X: 'leadership',
    });
    expect(roll.electors).toHaveLength(9);
  });
  it('rates members in roster order, probationary ones without a level', () => {
    expect(roll.subjects.map((it) => [it.person, it.graded])).toEqual([
      ['S', true],
      ['L', true],
      ['M1', true],
      ['M2', true],
      ['M3', true],
      ['P', false],
    ]);
    expect(subjectsFor(roll, 'M2')).toEqual(['S', 'L', 'M1', 'M3', 'P', 'branch']);
    expect(subjectsFor(roll, 'X')).toEqual(['S', 'L', 'M1', 'M2', 'M3', 'P', 'branch']);
    expect(subjectsFor(roll, 'C2')).toEqual([]);
  });
  it('never counts a person among the own raters', () => {
    expect(eligibleFor(roll, 'S')).toEqual({ leadership: 2, committee: 0, members_and_colleagues: 6 });
    expect(eligibleFor(roll, 'M1')).toEqual({ leadership: 2, committee: 1, members_and_colleagues: 5 });
    expect(eligibleFor(roll, 'branch')).toEqual({ leadership: 2, committee: 1, members_and_colleagues: 6 });
  });
  it('warns of too few representatives and of a category nobody is in', () => {
    expect(roll.warnings).toEqual([{ kind: 'few_representatives', have: 2, need: 3 }]);
    const small = buildRoll({ people: members(3), unitLeaders: [] }, defaultRules);
    expect(small.warnings).toEqual([
      { kind: 'few_representatives', have: 0, need: 3 },
      { kind: 'no_category', category: 'leadership' },
      { kind: 'no_category', category: 'committee' },
      ...['M1', 'M2', 'M3'].map((it) => ({ kind: 'few_raters', person: it, raters: 2, need: 5 })),
    ]);
    const large = buildRoll({ people: [...members(21), ...colleagues(4)], unitLeaders: ['X'] }, defaultRules);
    expect(large.warnings[0]).toEqual({ kind: 'few_representatives', have: 4, need: 5 });
  });
});

describe('large branches', () => {
  it('rate each other as a whole up to 30 members', () => {
    const roll = buildRoll({ people: members(30), unitLeaders: [] }, defaultRules);
    expect(roll.subjects.every((it) => it.group === 0)).toBe(true);
    expect(subjectsFor(roll, 'M1')).toHaveLength(30);
  });
  it('above that, members rate their own Party group; committee, leadership and representatives rate all', () => {
    const people = [person('S', 'full', 'secretary'), ...members(30), ...colleagues(7)];
    const roll = buildRoll({ people, unitLeaders: ['X'] }, defaultRules);
    const sizes = [1, 2].map((group) => roll.subjects.filter((it) => it.group === group).length);
    expect(sizes).toEqual([16, 15]);
    expect(subjectsFor(roll, 'M1')).toEqual([
      'S',
      ...members(15)
        .slice(1)
        .map((it) => it.employeeNo),
      'branch',
    ]);
    expect(subjectsFor(roll, 'M30')).toHaveLength(15);
    for (const all of ['S', 'X', 'C1']) expect(subjectsFor(roll, all)).toHaveLength(all === 'S' ? 31 : 32);
    expect(eligibleFor(roll, 'M30')).toEqual({ leadership: 1, committee: 1, members_and_colleagues: 14 + 7 });
  });

  test.prop([fc.integer({ min: 1, max: 130 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 })])(
    'the raters of a subject are exactly those who find it on their ballot',
    (m, c, l) => {
      const roll = buildRoll(
        { people: [...members(m), ...colleagues(c)], unitLeaders: ['X', 'Y', 'Z'].slice(0, l) },
        defaultRules,
      );
      const seen = new Map<string, number>();
      for (const { person: voter } of roll.electors) {
        for (const subject of subjectsFor(roll, voter)) seen.set(subject, (seen.get(subject) ?? 0) + 1);
      }
      for (const { person: subject } of roll.subjects) {
        const { leadership, committee, members_and_colleagues } = eligibleFor(roll, subject);
        expect(leadership + committee + members_and_colleagues).toBe(seen.get(subject) ?? 0);
      }
      const groups = [
        ...new Map(
          roll.subjects.map((it) => [it.group, roll.subjects.filter((s) => s.group === it.group).length]),
        ).values(),
      ];
      expect(Math.max(...groups) - Math.min(...groups)).toBeLessThanOrEqual(1);
      expect(Math.max(...groups)).toBeLessThanOrEqual(30);
    },
  );
});

describe('quorum', () => {
  it.each([
    { due: 22, present: 15, missing: 0 },
    { due: 22, present: 14, missing: 1 },
    { due: 3, present: 2, missing: 0 },
    { due: 30, present: 0, missing: 20 },
    { due: 0, present: 0, missing: 1 },
  ])('$present of $due: $missing missing', ({ due, present, missing }) =>
    expect(quorum(due, present, defaultRules)).toEqual({ due, present, missing }),
  );
  it('follows the rules file', () =>
    expect(quorum(22, 11, mergeRules({ quorum: { fraction: '1/2' } })).missing).toBe(0));
});

describe('distribution', () => {
  it('gives most, fewest and middle number of stars and a row for every level', () => {
    expect(distribution([4, 2, null, 3, 9])).toEqual({
      graded: 4,
      max: 9,
      min: 2,
      median: '3.50',
      mean: '4.50',
      levels: [0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0],
    });
    expect(distribution([null])).toMatchObject({ graded: 0, max: null, min: null, median: null, mean: null });
  });
  it.each([
    { name: 'exactly a third', levels: [9, 5, 5], want: null },
    {
      name: 'more than a third',
      levels: [9, 10, 5, 5, null],
      want: { kind: 'member_high_share', high: 2, of: 4, from: 9, usual: '1/3' },
    },
    { name: 'nobody', levels: [], want: null },
  ])('warns of many high levels: $name', ({ levels, want }) =>
    expect(capWarning('member_high_share', levels, defaultRules)).toEqual(want),
  );
});
