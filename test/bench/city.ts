/**
 * A regular city for measurements: every branch has 21 members and 10 representatives, so that each member is rated by exactly 30
 * others. 240 branches are the 5,000 members of the product's own scale. Everybody in it is invented.
 */
import { byRole, type Role, type Roster, type RosterBranch, type RosterPerson } from '../../src/domain/roster.ts';

export const MEMBERS_PER_BRANCH = 21;
export const ELECTORS_PER_BRANCH = 31;
export const CITY_BRANCHES = 240;
const DISTRICTS = 7;
const POSTS: readonly Role[] = ['secretary', 'deputy_secretary', 'committee', 'committee', 'leader', 'leader'];

const pad = (n: number, digits: number) => String(n).padStart(digits, '0');
export const branchCode = (n: number): string => `B${pad(n + 1, 4)}`;
export const employeeNo = (branch: number, i: number): string => `E${pad(branch * ELECTORS_PER_BRANCH + i + 1, 6)}`;
export const mobileOf = (no: string): string => `162${no.slice(1).padStart(8, '0')}`;

/** A person's accounts; none where null. */
export type Accounts = (no: string) => Pick<RosterPerson, 'larkOpenId' | 'dingtalkUserId'>;
export const NO_ACCOUNTS: Accounts = () => ({ larkOpenId: '', dingtalkUserId: null });

export function benchCity(branches: number, accountsOf: Accounts): Roster {
  return {
    branches: Array.from({ length: branches }, (_, n) => branch(n)),
    people: Array.from({ length: branches }, (_, n) => n).flatMap((n) => peopleOf(n, accountsOf)),
  };
}

function branch(n: number): RosterBranch {
  const district = n % DISTRICTS;
  const group = Math.floor(n / DISTRICTS / 3) * DISTRICTS + district;
  return {
    code: branchCode(n),
    name: `演示第${n + 1}党支部`,
    districtCode: `D${district + 1}`,
    districtName: `演示第${district + 1}片区`,
    groupCode: `G${pad(group + 1, 4)}`,
    groupName: `演示第${group + 1}小组`,
    unitCode: `U${pad(n + 1, 4)}`,
    unitName: `演示第${n + 1}处`,
  };
}

function peopleOf(n: number, accountsOf: Accounts): RosterPerson[] {
  return Array.from({ length: ELECTORS_PER_BRANCH }, (_, i) => {
    const no = employeeNo(n, i);
    const post = POSTS[i];
    return {
      employeeNo: no,
      name: `演示${pad(i + 1, 2)}`,
      mobile: mobileOf(no),
      branch: branchCode(n),
      status: i < MEMBERS_PER_BRANCH ? 'full' : 'colleague',
      roles: post === undefined ? [] : [{ role: post, scope: '' }].sort(byRole),
      ...accountsOf(no),
      locale: null,
    };
  });
}
