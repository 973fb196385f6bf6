import { describe, expect, it } from 'vitest';
import { ballotLines, checkBallot, countRaters, type MarkedSubjects } from '../../src/ballot/roll.ts';
import type { Mark } from '../../src/domain/marks.ts';
import { aRoll, fill } from '../support/ballot-world.ts';

const small = aRoll({ members: 3, committee: 1, leaders: 1, colleagues: 1 });
const large = aRoll({ members: 5, committee: 1, leaders: 1, colleagues: 1, groups: 2 });
const find = (roll: typeof small, person: string) => roll.electors.find((one) => one.person === person)!;

describe('the subjects of a ballot', () => {
  it.each([
    {
      who: 'a member rates everybody else and the branch',
      roll: small,
      person: 'M002',
      want: ['C001', 'M001', 'M003', 'branch'],
    },
    { who: 'a committee member too', roll: small, person: 'C001', want: ['M001', 'M002', 'M003', 'branch'] },
    { who: 'a leader rates all', roll: small, person: 'L001', want: ['C001', 'M001', 'M002', 'M003', 'branch'] },
    {
      who: 'a representative rates all',
      roll: small,
      person: 'R001',
      want: ['C001', 'M001', 'M002', 'M003', 'branch'],
    },
    {
      who: 'in a large branch a member rates the own group (A50)',
      roll: large,
      person: 'M001',
      want: ['M003', 'M005', 'branch'],
    },
    { who: 'the other group likewise', roll: large, person: 'M002', want: ['C001', 'M004', 'branch'] },
    {
      who: 'the committee rates all in a large branch',
      roll: large,
      person: 'C001',
      want: ['M001', 'M002', 'M003', 'M004', 'M005', 'branch'],
    },
    {
      who: 'representatives rate all in a large branch',
      roll: large,
      person: 'R001',
      want: ['C001', 'M001', 'M002', 'M003', 'M004', 'M005', 'branch'],
    },
  ])('$who', ({ roll, person, want }) =>
    expect(ballotLines(roll, find(roll, person)).map(({ subject }) => subject)).toEqual(want),
  );

  it('are counted by category for every section', () => {
    expect(countRaters(small, small.electors)).toEqual([
      { leadership: 1, committee: 0, members_and_colleagues: 4 },
      { leadership: 1, committee: 1, members_and_colleagues: 3 },
      { leadership: 1, committee: 1, members_and_colleagues: 3 },
      { leadership: 1, committee: 1, members_and_colleagues: 3 },
      { leadership: 1, committee: 1, members_and_colleagues: 4 },
    ]);
  });
});

describe('a complete ballot', () => {
  const with_ = (change: (marks: Map<string, readonly (Mark | null)[]>) => void): MarkedSubjects => {
    const marks = new Map(fill(small, 'M002'));
    change(marks);
    return marks;
  };
  const eights = Array.from({ length: 10 }, () => 8);
  it.each([
    { name: 'all marks', marks: with_(() => {}), ok: true },
    {
      name: '不了解 is a mark',
      marks: with_((m) =>
        m.set(
          'branch',
          Array.from({ length: 10 }, () => 'x' as const),
        ),
      ),
      ok: true,
    },
    { name: 'an untouched mark', marks: with_((m) => m.set('M001', [null, ...eights.slice(1)])), ok: false },
    { name: 'nine marks', marks: with_((m) => m.set('M001', eights.slice(1))), ok: false },
    { name: 'eleven marks', marks: with_((m) => m.set('M001', [...eights, 8])), ok: false },
    { name: 'a mark over ten', marks: with_((m) => m.set('M001', [11, ...eights.slice(1)])), ok: false },
    { name: 'half a mark', marks: with_((m) => m.set('M001', [7.5, ...eights.slice(1)])), ok: false },
    { name: 'a negative mark', marks: with_((m) => m.set('M001', [-1, ...eights.slice(1)])), ok: false },
    { name: 'a subject missing', marks: with_((m) => m.delete('branch')), ok: false },
    { name: 'the voter rated (A8)', marks: with_((m) => m.set('M002', eights)), ok: false },
    {
      name: 'the voter rated instead of another',
      marks: with_((m) => (m.delete('M001'), m.set('M002', eights))),
      ok: false,
    },
    { name: 'a stranger rated', marks: with_((m) => m.set('Z999', eights)), ok: false },
    { name: 'nothing', marks: new Map(), ok: false },
  ])('$name: $ok', ({ marks, ok }) => expect(checkBallot(small, find(small, 'M002'), marks).ok).toBe(ok));
});
