import { describe, expect, it } from 'vitest';
import { dueChanges, type ListedDue } from '../../src/domain/due-sync.ts';
import type { RollPerson } from '../../src/domain/roll.ts';

const listed = (person: string, over: Partial<ListedDue> = {}): ListedDue => ({
  person,
  kind: 'member',
  gone: false,
  ...over,
});
const here = (employeeNo: string, status: RollPerson['status'] = 'full'): RollPerson => ({
  employeeNo,
  status,
  roles: [],
});
const NONE = { joined: [], changed: [], gone: [] };

describe('a due list beside the roster', () => {
  it.each([
    { name: 'nothing has changed', list: [listed('A')], people: [here('A')], want: NONE },
    {
      name: 'a member, a probationary one and a colleague join',
      list: [],
      people: [here('A'), here('B', 'probationary'), here('C', 'colleague')],
      want: {
        ...NONE,
        joined: [
          { person: 'A', kind: 'member' },
          { person: 'B', kind: 'probationary' },
          { person: 'C', kind: 'representative' },
        ],
      },
    },
    {
      name: 'somebody is not there any more',
      list: [listed('A'), listed('B')],
      people: [here('B')],
      want: { ...NONE, gone: ['A'] },
    },
    { name: 'who is gone goes once', list: [listed('A', { gone: true })], people: [], want: NONE },
    {
      name: 'who comes back joins again',
      list: [listed('A', { gone: true })],
      people: [here('A')],
      want: { ...NONE, joined: [{ person: 'A', kind: 'member' }] },
    },
    {
      name: 'a colleague becomes a probationary member',
      list: [listed('A', { kind: 'representative' })],
      people: [here('A', 'probationary')],
      want: { ...NONE, changed: [{ person: 'A', kind: 'probationary' }] },
    },
  ])('$name', ({ list, people, want }) => expect(dueChanges(list, people)).toEqual(want));
});
