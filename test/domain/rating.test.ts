import { describe, expect, it } from 'vitest';
import { groundsOf, isRated, type RatingGround, RATING_GROUNDS, ratingGroundSchema } from '../../src/domain/rating.ts';
import { buildRoll, type RollPerson, subjectsFor } from '../../src/domain/roll.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map((employeeNo): RollPerson => ({ employeeNo, status: 'full', roles: [] }));
const roll = (...ratings: [string, RatingGround][]) =>
  buildRoll({ people: members, unitLeaders: [], ratings: new Map(ratings) }, defaultRules);

it('every ground has its rating', () => {
  expect(ratingGroundSchema.options.toSorted()).toEqual(Object.keys(RATING_GROUNDS).toSorted());
});

describe('grounds the rules know (A20, A21)', () => {
  it.each([
    { name: 'both kinds by default', rules: {}, want: ['new', 'seconded', 'absent', 'retired', 'ill', 'mobile'] },
    { name: 'no least time in the year', rules: { min_months: 0 }, want: ['retired', 'ill', 'mobile'] },
    { name: 'nobody exempt on request', rules: { exempt_on_request: false }, want: ['new', 'seconded', 'absent'] },
    { name: 'neither', rules: { min_months: 0, exempt_on_request: false }, want: [] },
  ])('$name', ({ rules, want }) => expect(groundsOf(mergeRules({ eligibility: rules }))).toEqual(want));
});

describe('the roll', () => {
  it('rates for feedback only without a level, and leaves out who is not rated; both vote and are due', () => {
    const made = roll(['B', 'new'], ['C', 'ill']);
    expect(made.subjects.map(({ person, graded }) => [person, graded])).toEqual([
      ['A', true],
      ['B', false],
      ['D', true],
      ['E', true],
    ]);
    expect(made.electors.map(({ person }) => person)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(made.due).toHaveLength(5);
    expect(subjectsFor(made, 'A')).toEqual(['B', 'D', 'E', 'branch']);
    expect(subjectsFor(made, 'C')).toEqual(['A', 'B', 'D', 'E', 'branch']);
  });
});

describe('who writes a self-review', () => {
  it.each([
    { kind: 'member', ground: null, want: true },
    { kind: 'probationary', ground: null, want: true },
    { kind: 'representative', ground: null, want: false },
    { kind: 'member', ground: 'seconded', want: true },
    { kind: 'member', ground: 'mobile', want: false },
  ] as const)('$kind, $ground: $want', ({ kind, ground, want }) => expect(isRated({ kind, ground })).toBe(want));
});
