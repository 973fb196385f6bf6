import { reachesShare, setting } from './counting.ts';
import { ceilDiv } from './fraction.ts';
import { BRANCH_SUBJECT, type Category } from './marks.ts';
import { RATING_GROUNDS, type RatingGround } from './rating.ts';
import type { Quorum } from './review.ts';
import type { Role, Status } from './roster.ts';
import type { Rules } from './rules.ts';

/** A person of the branch as the roster has it, people in roster order and without those who left. */
export interface RollPerson {
  employeeNo: string;
  status: Status;
  roles: readonly Role[];
}

export interface RollFacts {
  people: readonly RollPerson[];
  /** Leaders of the unit who belong to its other branches (A51). */
  unitLeaders: readonly string[];
  /** Representatives the secretary took off the list of this review. */
  removed?: ReadonlySet<string>;
  /** Members recorded as rated for feedback only, or not at all (A20, A21). */
  ratings?: ReadonlyMap<string, RatingGround>;
}

export type DueKind = 'member' | 'probationary' | 'representative';
/** `group` 0 rates everybody, or is rated by everybody; else the Party group of A50. */
export interface RollElector {
  person: string;
  category: Category;
  group: number;
}
export interface RollSubject {
  person: string;
  graded: boolean;
  group: number;
}
export type RollWarning =
  | { kind: 'few_representatives'; have: number; need: number }
  | { kind: 'few_raters'; person: string; raters: number; need: number }
  | { kind: 'no_category'; category: Category };

/** Who attends, who rates in which category, and who is rated, before it is frozen. */
export interface Roll {
  due: { person: string; kind: DueKind }[];
  electors: RollElector[];
  subjects: RollSubject[];
  warnings: RollWarning[];
}

const COMMITTEE_ROLES: readonly Role[] = ['secretary', 'deputy_secretary', 'committee'];
export const DUE_KIND: Readonly<Record<Status, DueKind>> = {
  full: 'member',
  probationary: 'probationary',
  colleague: 'representative',
};

/** The one category a person rates in: the highest of theirs (A1, `categories.priority`). */
export function categoryOf(roles: readonly Role[], rules: Rules): Category {
  const holds: Readonly<Record<Category, boolean>> = {
    leadership: roles.includes('leader'),
    committee: roles.some((role) => COMMITTEE_ROLES.includes(role)),
    members_and_colleagues: true,
  };
  return rules.categories.priority.find((category) => holds[category]) ?? 'members_and_colleagues';
}

/**
 * The roll of a review (A1, A16, A19–A21, A50, A51; design: 12.3, 12.4). Members come in roster order. A leader of another branch
 * rates and is not due. Above `party_group_split_above` members, members are divided into equal groups in roster order.
 */
export function buildRoll(
  { people, unitLeaders, removed = new Set(), ratings = new Map() }: RollFacts,
  rules: Rules,
): Roll {
  const members = people.filter((person) => person.status !== 'colleague');
  const colleagues = people.filter((person) => person.status === 'colleague');
  const representatives = colleagues.filter((person) => !removed.has(person.employeeNo));
  const groupOf = partyGroups(
    members.map((person) => person.employeeNo),
    rules.party_group_split_above,
  );
  const attending = people.filter((person) => person.status !== 'colleague' || !removed.has(person.employeeNo));
  const own = people.flatMap(({ employeeNo: person, roles, status }): RollElector[] => {
    const category = categoryOf(roles, rules);
    // A name taken off the representatives still rates as leader or committee member.
    if (category === 'members_and_colleagues' && removed.has(person) && status === 'colleague') return [];
    const bound = category === 'members_and_colleagues' && status !== 'colleague';
    return [{ person, category, group: bound ? (groupOf.get(person) ?? 0) : 0 }];
  });
  const known = new Set(own.map((elector) => elector.person));
  const guests = [...new Set(unitLeaders)]
    .filter((person) => !known.has(person))
    .map((person): RollElector => ({ person, category: 'leadership', group: 0 }));
  const roll: Roll = {
    due: attending.map(({ employeeNo: person, status }) => ({ person, kind: DUE_KIND[status] })),
    electors: [...own, ...guests],
    subjects: members.flatMap(({ employeeNo: person, status }): RollSubject[] => {
      const ground = ratings.get(person);
      const rating = ground === undefined ? null : RATING_GROUNDS[ground];
      if (rating === 'not_rated') return [];
      const byStatus = status === 'full' || rules.eligibility.probationary_graded;
      return [{ person, graded: byStatus && rating === null, group: groupOf.get(person) ?? 0 }];
    }),
    warnings: [],
  };
  return { ...roll, warnings: warningsOf(roll, members.length, representatives.length, rules) };
}

/** Equal groups of at most `above` people, in order; sizes differ by one at most. No group when everybody rates everybody. */
function partyGroups(people: readonly string[], above: number): ReadonlyMap<string, number> {
  if (people.length <= above) return new Map();
  const groups = Math.ceil(people.length / above);
  return new Map(people.map((person, i) => [person, Math.floor((i * groups) / people.length) + 1]));
}

const rates = (elector: RollElector, subject: RollSubject): boolean =>
  elector.person !== subject.person && (elector.group === 0 || subject.group === 0 || elector.group === subject.group);

/** Everybody on a voter's ballot in roster order, the branch last (design: 12.4). Empty for somebody who is no elector. */
export function subjectsFor(roll: Pick<Roll, 'electors' | 'subjects'>, voter: string): string[] {
  const elector = roll.electors.find((it) => it.person === voter);
  if (elector === undefined) return [];
  return [
    ...roll.subjects.filter((subject) => rates(elector, subject)).map((subject) => subject.person),
    BRANCH_SUBJECT,
  ];
}

/** How many electors of each category rate the subject, the subject not counted (A8): what the tally is given. */
export function eligibleFor(roll: Pick<Roll, 'electors' | 'subjects'>, subject: string): Record<Category, number> {
  const found = roll.subjects.find((it) => it.person === subject);
  const eligible: Record<Category, number> = { leadership: 0, committee: 0, members_and_colleagues: 0 };
  for (const elector of roll.electors) {
    if (subject === BRANCH_SUBJECT || (found !== undefined && rates(elector, found))) eligible[elector.category]++;
  }
  return eligible;
}

function warningsOf(roll: Roll, members: number, representatives: number, rules: Rules): RollWarning[] {
  const warnings: RollWarning[] = [];
  const share = setting(rules.colleagues.min_share);
  const need = Math.max(Number(ceilDiv(share.n * BigInt(members), share.d)), rules.colleagues.min_count);
  if (representatives < need) warnings.push({ kind: 'few_representatives', have: representatives, need });
  for (const category of rules.categories.priority) {
    if (!roll.electors.some((it) => it.category === category)) warnings.push({ kind: 'no_category', category });
  }
  for (const subject of roll.subjects) {
    const raters = roll.electors.filter((elector) => rates(elector, subject)).length;
    const least = rules.anonymity.min_total;
    if (raters < least) warnings.push({ kind: 'few_raters', person: subject.person, raters, need: least });
  }
  return warnings;
}

/** The quorum of the meeting (A13): present of due, exactly; a meeting nobody is due at has none. */
export function quorum(due: number, present: number, rules: Rules): Quorum {
  if (due > 0 && reachesShare(present, due, rules.quorum.fraction)) return { due, present, missing: 0 };
  const share = setting(rules.quorum.fraction);
  return { due, present, missing: Math.max(Number(ceilDiv(share.n * BigInt(due), share.d)) - present, 1) };
}
