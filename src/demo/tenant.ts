/** The made-up city as the playground's tenant: its people, and a group chat for every branch, district and the city. */
import type { RosterPerson } from '../domain/roster.ts';
import type { SeedOrder } from '../playground/client/http.ts';
import type { ChatScope } from '../store/chat.ts';
import type { City } from './city.ts';
import type { Places } from './platforms.ts';

export interface DemoChat {
  key: string;
  scope: ChatScope;
  code: string | null;
}
export interface Tenant {
  order: SeedOrder;
  chats: readonly DemoChat[];
}

const ROLE_NAMES: Readonly<Partial<Record<RosterPerson['roles'][number]['role'], string>>> = {
  secretary: '书记',
  deputy_secretary: '副书记',
  committee: '支部委员',
  leader: '单位领导',
  liaison: '片区联络员',
  office: '工委办公室',
};
const STATUS_NAMES: Readonly<Record<RosterPerson['status'], string>> = {
  full: '党员',
  probationary: '预备党员',
  colleague: '群众',
};

/** What the list of people says about somebody: the parts first, then the branch. */
function noteOf(person: RosterPerson, branchName: string): string {
  const roles = person.roles.flatMap(({ role }) => ROLE_NAMES[role] ?? []);
  return `${roles.length > 0 ? roles.join('、') : STATUS_NAMES[person.status]} · ${branchName}`;
}

export function tenantOf(city: City, places: Places): Tenant {
  const names = new Map(city.branches.map((branch) => [branch.code, branch.name]));
  const districts = new Map(city.branches.map((branch) => [branch.districtCode, branch.districtName]));
  const districtOf = new Map(city.branches.map((branch) => [branch.code, branch.districtCode]));
  const members = new Map<string, string[]>();
  const join = (key: string, person: RosterPerson) =>
    members.set(key, [...(members.get(key) ?? []), person.mobile ?? '']);
  for (const person of city.people) {
    join(`branch:${person.branch}`, person);
    const district = districtOf.get(person.branch) ?? '';
    const speaks = person.roles.some(
      ({ role, scope }) =>
        role === 'secretary' ||
        role === 'deputy_secretary' ||
        role === 'office' ||
        (role === 'liaison' && scope === district),
    );
    if (!speaks) continue;
    join(`district:${district}`, person);
    join('city', person);
  }
  const chats: (DemoChat & { name: string })[] = [
    ...[...names].map(([code, name]) => ({ key: `branch:${code}`, scope: 'branch' as const, code, name: `${name}群` })),
    ...[...districts].map(([code, name]) => ({
      key: `district:${code}`,
      scope: 'district' as const,
      code,
      name: `${name}工作群`,
    })),
    { key: 'city', scope: 'city', code: null, name: '全市工作群' },
  ];
  return {
    order: {
      people: city.people.map((person) => ({
        name: person.name,
        mobile: person.mobile ?? '',
        note: noteOf(person, names.get(person.branch) ?? ''),
        platforms: places.person(person.employeeNo),
      })),
      chats: chats.map(({ key, name, scope, code }) => ({
        key,
        name,
        members: members.get(key) ?? [],
        platforms: scope === 'branch' ? places.branch(code ?? '') : places.shared,
      })),
    },
    chats: chats.map(({ key, scope, code }) => ({ key, scope, code })),
  };
}
