import { describe, expect, it } from 'vitest';
import type { HeldRole, RosterBranch, RosterPerson } from '../../src/domain/roster.ts';
import { translator } from '../../src/i18n.ts';
import { gaps, gapText } from '../../src/roster/gaps.ts';

const aBranch = (code: string, over: Partial<RosterBranch> = {}): RosterBranch => ({
  code,
  name: code,
  districtCode: 'D1',
  districtName: 'D1',
  groupCode: 'G1',
  groupName: 'G1',
  unitCode: `U-${code}`,
  unitName: 'U',
  ...over,
});
let made = 0;
const aPerson = (branch: string, over: Partial<RosterPerson> = {}): RosterPerson => {
  made += 1;
  return {
    employeeNo: `E${made}`,
    name: `霞${made}`,
    mobile: String(16100000000 + made),
    branch,
    status: 'full',
    roles: [],
    larkOpenId: null,
    dingtalkUserId: null,
    locale: null,
    ...over,
  };
};
const post = (role: HeldRole['role'], scope = ''): Partial<RosterPerson> => ({ roles: [{ role, scope }] });
const several = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);
/** A branch without gaps of its own. */
const sound = (code: string): RosterPerson[] => [
  aPerson(code, post('secretary')),
  ...several(4, () => aPerson(code)),
  ...several(3, () => aPerson(code, { status: 'colleague' })),
];
const BRANCHES = ['B1', 'B2', 'B3'].map((code) => aBranch(code));
const PEOPLE = [...BRANCHES.flatMap(({ code }) => sound(code)), aPerson('B1', post('liaison', 'D1'))];
const kinds = (branches: RosterBranch[], people: RosterPerson[]) =>
  gaps({ branches, people }).map(({ kind, code, have, need }) => [kind, code, have, need]);

describe('gaps', () => {
  it('finds none in a sound roster', () => expect(kinds(BRANCHES, PEOPLE)).toEqual([]));

  it('a branch without a group, and the group it leaves too small (R33)', () => {
    const [first, second] = BRANCHES;
    const third = aBranch('B3', { groupCode: null, groupName: null });
    expect(kinds([first!, second!, third], PEOPLE)).toEqual([
      ['no_group', 'B3', 0, '1'],
      ['group_size', 'G1', 2, '3–4'],
    ]);
  });

  it('a group of five', () => {
    const branches = ['B1', 'B2', 'B3', 'B4', 'B5'].map((code) => aBranch(code));
    const people = [...branches.flatMap(({ code }) => sound(code)), aPerson('B1', post('liaison', 'D1'))];
    expect(kinds(branches, people)).toEqual([['group_size', 'G1', 5, '3–4']]);
  });

  it.each([
    { members: 5, colleagues: 2, want: [3] },
    { members: 15, colleagues: 3, want: [] },
    { members: 16, colleagues: 3, want: [4] },
    { members: 21, colleagues: 4, want: [5] },
  ])('$colleagues colleagues for $members members (A16)', ({ members, colleagues, want }) => {
    const own = [
      aPerson('B1', post('secretary')),
      ...several(members - 2, () => aPerson('B1')),
      aPerson('B1', { status: 'probationary' }),
      ...several(colleagues, () => aPerson('B1', { status: 'colleague' })),
    ];
    const people = [...own, ...sound('B2'), ...sound('B3'), aPerson('B2', post('liaison', 'D1'))];
    expect(kinds(BRANCHES, people)).toEqual(want.map((need) => ['few_colleagues', 'B1', colleagues, String(need)]));
  });

  it('too few raters for a tally (A17), unless leaders of the unit come from another branch', () => {
    const branches = [aBranch('B1', { unitCode: 'U' }), aBranch('B2', { unitCode: 'U' }), aBranch('B3')];
    const tiny = [aPerson('B1', post('secretary')), ...several(3, () => aPerson('B1', { status: 'colleague' }))];
    const rest = [...sound('B2'), ...sound('B3'), aPerson('B2', post('liaison', 'D1'))];
    expect(kinds(branches, [...tiny, ...rest])).toEqual([['few_raters', 'B1', 3, '5']]);
    const leaders = several(2, () => aPerson('B2', post('leader')));
    expect(kinds(branches, [...tiny, ...rest, ...leaders])).toEqual([]);
  });

  it('no secretary, people of one name, people nobody can reach, no people, no liaison officer', () => {
    const [, ...others] = sound('B1');
    const people = [
      ...others.map((person, n) => (n < 2 ? { ...person, name: '霞小满', mobile: null } : person)),
      aPerson('B1', { mobile: null, larkOpenId: 'ou_x' }),
      ...sound('B2'),
    ];
    expect(kinds(BRANCHES, people)).toEqual([
      ['no_secretary', 'B1', 0, '1'],
      ['same_name', 'B1', 1, '0'],
      ['no_way_to_reach', 'B1', 2, '0'],
      ['no_people', 'B3', 0, '1'],
      ['no_liaison', 'D1', 0, '1'],
    ]);
    const texts = gaps({ branches: BRANCHES, people }).map((gap) => gapText(gap, translator('zh-CN')));
    expect(texts[1]).toBe('支部 B1 有同名的人：霞小满。测评票上将无法区分，建议在姓名后加注。');
  });
});
