/** Which chat platform each of the made-up city's people and branches is on. */
import { PLATFORM_NAMES, type PlatformName } from '../platform/platform.ts';
import type { City } from './city.ts';

/** One platform for everybody, or half of the branches on each. */
export type DemoPlatforms = PlatformName | 'both';

export interface Places {
  /** Of a branch's group. */
  branch(code: string): readonly PlatformName[];
  /** Of a person's accounts, by employee number; the one they use by themselves first. */
  person(employeeNo: string): readonly PlatformName[];
  /** Of the groups that several branches share. */
  shared: readonly PlatformName[];
}

/** Every so many members of a branch are on both, as are leaders, liaison officers and the office, who deal with branches of either kind. */
const ON_BOTH_EVERY = 5;
const DEAL_WITH_ALL = new Set(['leader', 'liaison', 'office']);

/** Branches take turns, so that leaders of a unit with two branches rate on both. */
export function placesOf(city: Pick<City, 'branches' | 'people'>, platforms: DemoPlatforms): Places {
  if (platforms !== 'both') {
    const only = [platforms];
    return { branch: () => only, person: () => only, shared: only };
  }
  const ofBranch = new Map(
    city.branches.map(({ code }, i) => [code, PLATFORM_NAMES[i % PLATFORM_NAMES.length] ?? 'lark']),
  );
  const branch = (code: string): PlatformName => ofBranch.get(code) ?? 'lark';
  const ofPerson = new Map<string, readonly PlatformName[]>();
  for (const [i, person] of city.people.entries()) {
    const own = branch(person.branch);
    const both = i % ON_BOTH_EVERY === 0 || person.roles.some(({ role }) => DEAL_WITH_ALL.has(role));
    ofPerson.set(person.employeeNo, both ? [own, ...PLATFORM_NAMES.filter((other) => other !== own)] : [own]);
  }
  return {
    branch: (code) => [branch(code)],
    person: (employeeNo) => ofPerson.get(employeeNo) ?? ['lark'],
    shared: PLATFORM_NAMES,
  };
}
