/** A synthetic city for the demo, training and tests: the same seed gives the same city. Everything in it is invented. */
import {
  byRole,
  type HeldRole,
  type Role,
  type Roster,
  type RosterBranch,
  type RosterPerson,
  type Status,
} from '../domain/roster.ts';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from '../roster/columns.ts';
import { DISTRICTS, NAME_COUNT, personName, TRADES } from './city-names.ts';

export type CitySize = 'small' | 'full';
export interface City extends Roster {
  /** The same as files for `tenstar import`. */
  branchesCsv: string;
  peopleCsv: string;
}

/** How many people of each kind a branch has. Posts are taken by full members, leaders first come after the committee. */
interface BranchPlan {
  full: number;
  probationary: number;
  colleagues: number;
  /** Secretary, deputy and so many further committee members; null: too small for a committee (A6). */
  committee: number | null;
  leaders: number;
}
interface GroupPlan {
  district: number;
  /** One list per unit; a unit has one branch or more. */
  units: BranchPlan[][];
}

/**
 * `small`: 2 districts, 2 groups, 8 branches, about 120 people, with the cases a demo should show: B001 (14 people) shares its unit
 * with B002, whose leaders rate in both; B003 has no committee; B005 has 50 people; E0005 holds three roles.
 * `full`: the scale the product was designed from, 7 districts, 69 groups, 240 branches, about 5,000 people (R32–R34).
 */
export function makeCity(size: CitySize, seed = 1): City {
  const random = generator(seed);
  const groups = size === 'small' ? SMALL : fullPlan(random);
  const branches: RosterBranch[] = [];
  const people: RosterPerson[] = [];
  const firstName = Math.floor(random() * NAME_COUNT);
  let unitNumber = 0;
  for (const [g, { district, units }] of groups.entries()) {
    for (const unit of units) {
      unitNumber += 1;
      const unitName = unitNameOf(district, unitNumber);
      for (const [b, plan] of unit.entries()) {
        const code = `B${number(branches.length + 1, 3)}`;
        branches.push({
          code,
          name: unit.length === 1 ? `${unitName}党支部` : `${unitName}第${'一二三四'.charAt(b)}党支部`,
          districtCode: `D${district + 1}`,
          districtName: `${DISTRICTS[district] ?? ''}片区`,
          groupCode: `G${number(g + 1, 2)}`,
          groupName: `第${g + 1}四互小组`,
          unitCode: `U${number(unitNumber, 3)}`,
          unitName,
        });
        people.push(...branchPeople(code, plan, people.length, firstName));
      }
    }
  }
  return withFiles({ branches, people: withNetworkRoles(people, branches) });
}

const plan = (
  full: number,
  probationary: number,
  colleagues: number,
  committee: number | null,
  leaders: number,
): BranchPlan => ({ full, probationary, colleagues, committee, leaders });

const SMALL: GroupPlan[] = [
  {
    district: 0,
    units: [[plan(10, 1, 3, 2, 2), plan(9, 0, 3, 1, 2)], [plan(6, 0, 3, null, 1)], [plan(8, 0, 3, 1, 1)]],
  },
  {
    district: 1,
    units: [[plan(38, 2, 10, 5, 3)], [plan(7, 0, 3, 1, 1)], [plan(6, 1, 3, null, 1)], [plan(9, 0, 3, 1, 1)]],
  },
];

const FULL_GROUPS = 69;
const FULL_BRANCHES = 240;

/** 69 groups over 7 districts; 33 of them have a fourth branch. Two branches of each group share a unit. */
function fullPlan(random: () => number): GroupPlan[] {
  const fourth = FULL_BRANCHES - FULL_GROUPS * 3;
  return Array.from({ length: FULL_GROUPS }, (_, g) => {
    const branches = Array.from({ length: g < fourth ? 4 : 3 }, () => {
      const full = 8 + Math.floor(random() ** 2 * 27);
      const probationary = Math.floor(random() * 2);
      const colleagues = Math.max(3, Math.ceil((full + probationary) / 5));
      return plan(full, probationary, colleagues, 2 + Math.floor(random() * 2), 2);
    });
    const [first, second, ...rest] = branches;
    const shared = [first, second].filter((branch) => branch !== undefined);
    return { district: g % DISTRICTS.length, units: [shared, ...rest.map((branch) => [branch])] };
  });
}

/** Members first, as in an office's own list: secretary, deputy, committee, leaders, others, probationary, colleagues. */
function branchPeople(branch: string, it: BranchPlan, before: number, firstName: number): RosterPerson[] {
  const size = it.full + it.probationary + it.colleagues;
  return Array.from({ length: size }, (_, n) => ({
    employeeNo: `E${number(before + n + 1, 4)}`,
    name: personName(firstName + before + n), // a branch has fewer people than there are names: no name twice in it
    mobile: `161${number(before + n + 1, 8)}`, // 161 is not given out to anybody
    branch,
    status: statusOf(n, it),
    roles: rolesOf(n, it),
    larkOpenId: null,
    dingtalkUserId: null,
    locale: null,
  }));
}

const statusOf = (n: number, it: BranchPlan): Status =>
  n < it.full ? 'full' : n < it.full + it.probationary ? 'probationary' : 'colleague';

function rolesOf(n: number, it: BranchPlan): HeldRole[] {
  const committee = it.committee ?? 0;
  if (n === 0) return held('secretary');
  if (n === 1 && it.committee !== null) return held('deputy_secretary');
  const first = it.committee === null ? 1 : 2;
  if (n < first + committee) return held('committee');
  if (n < first + committee + it.leaders) return held('leader');
  return [];
}

const held = (...roles: Role[]): HeldRole[] => roles.map((role) => ({ role, scope: '' }));

/** Adds what people do beyond their branch: one liaison officer a district, leading groups, the office and the assessors. */
function withNetworkRoles(people: RosterPerson[], branches: readonly RosterBranch[]): RosterPerson[] {
  const extra = new Map<string, HeldRole[]>();
  const add = (person: RosterPerson | undefined, role: Role, scope = '') => {
    if (person) extra.set(person.employeeNo, [...(extra.get(person.employeeNo) ?? []), { role, scope }]);
  };
  const byBranch = Map.groupBy(people, (person) => person.branch);
  const plainMembers = (code: string | undefined) =>
    (byBranch.get(code ?? '') ?? []).filter((person) => person.status === 'full' && person.roles.length === 0);
  for (const [district, own] of Map.groupBy(branches, (branch) => branch.districtCode))
    add(plainMembers(own.at(-1)?.code)[0], 'liaison', district);
  for (const own of Map.groupBy(branches, (branch) => branch.unitCode).values()) {
    const leaders = people.filter(
      (p) => own.some((b) => b.code === p.branch) && p.roles.some((r) => r.role === 'leader'),
    );
    for (const leader of leaders) add(leader, 'leading_group');
  }
  // The last branch is the work committee's own.
  const office = plainMembers(branches.at(-1)?.code).slice(1);
  for (const person of office.slice(0, 2)) add(person, 'office');
  for (const person of office.slice(1, 4)) add(person, 'assessor');
  // Somebody who is member, committee member and leader at once rates in one category only (A1).
  add(
    people.find((person) => person.roles.some(({ role }) => role === 'leader')),
    'committee',
  );
  return people.map((person) => ({
    ...person,
    roles: [...person.roles, ...(extra.get(person.employeeNo) ?? [])].sort(byRole),
  }));
}

const unitNameOf = (district: number, unit: number): string => {
  const round = Math.floor((unit - 1) / TRADES.length);
  return `${DISTRICTS[district] ?? ''}${TRADES[(unit - 1) % TRADES.length] ?? ''}${round === 0 ? '' : '二三四五六七八九'.charAt(round - 1)}处`;
};

const number = (n: number, digits: number): string => String(n).padStart(digits, '0');

function withFiles(roster: { branches: RosterBranch[]; people: RosterPerson[] }): City {
  const branchRows = roster.branches.map((b) =>
    [b.districtCode, b.districtName, b.groupCode, b.groupName, b.unitCode, b.unitName, b.code, b.name].join(','),
  );
  const peopleRows = roster.people.map((p) => {
    const roles = p.roles.map(({ role, scope }) => (scope === '' ? role : `${role}:${scope}`)).join(';');
    return [p.employeeNo, p.name, p.mobile, p.branch, p.status, roles, '', '', p.locale ?? ''].join(',');
  });
  const file = (head: readonly string[], rows: readonly string[]) => `${[head.join(','), ...rows].join('\n')}\n`;
  return { ...roster, branchesCsv: file(BRANCH_COLUMNS, branchRows), peopleCsv: file(PEOPLE_COLUMNS, peopleRows) };
}

/** A small seeded generator of numbers from 0 to 1: a linear congruence is random enough for names and sizes. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
