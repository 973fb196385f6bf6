/** What a roster still lacks. Gaps never stop an import: an office corrects them while it already works. Pure. */
import type { Roster, RosterPerson } from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';

export type GapKind =
  | 'no_group'
  | 'group_size'
  | 'no_people'
  | 'no_secretary'
  | 'few_colleagues'
  | 'few_raters'
  | 'same_name'
  | 'no_way_to_reach'
  | 'no_liaison';
export interface Gap {
  kind: GapKind;
  /** Code of the branch, group or district. */
  code: string;
  have: number;
  /** What it should be; for groups `3–4`. */
  need: string;
  names?: readonly string[];
}

export interface GapLimits {
  /** Branches in a four-mutual group, from and to (R33). */
  groupSize: readonly [number, number];
  /** Colleagues' representatives: this share of the members, one in so many, and at least so many (A16). */
  colleagues: { oneIn: number; atLeast: number };
  /** Ballots a tally needs for a person (A17). */
  minRaters: number;
}
export const DEFAULT_GAP_LIMITS: GapLimits = {
  groupSize: [3, 4],
  colleagues: { oneIn: 5, atLeast: 3 },
  minRaters: 5,
};

/** Lists gaps: by branch in the order of the file, then groups, then districts. */
export function gaps({ branches, people }: Roster, limits: GapLimits = DEFAULT_GAP_LIMITS): Gap[] {
  const found: Gap[] = [];
  const byBranch = Map.groupBy(people, (person) => person.branch);
  const unitOf = new Map(branches.map((branch) => [branch.code, branch.unitCode]));
  const leaders = people.filter((person) => holds(person, 'leader'));
  for (const { code, groupCode, unitCode } of branches) {
    if (groupCode === null) found.push({ kind: 'no_group', code, have: 0, need: '1' });
    const own = byBranch.get(code) ?? [];
    if (own.length === 0) {
      found.push({ kind: 'no_people', code, have: 0, need: '1' });
      continue;
    }
    const guests = leaders.filter((leader) => leader.branch !== code && unitOf.get(leader.branch) === unitCode).length;
    found.push(...ofBranch(code, own, guests, limits));
  }
  const [from, to] = limits.groupSize;
  for (const [code, members] of Map.groupBy(branches, (branch) => branch.groupCode)) {
    if (code !== null && (members.length < from || members.length > to))
      found.push({ kind: 'group_size', code, have: members.length, need: `${from}–${to}` });
  }
  const served = new Set(people.flatMap(({ roles }) => roles.filter((r) => r.role === 'liaison').map((r) => r.scope)));
  for (const code of new Set(branches.map((branch) => branch.districtCode))) {
    if (!served.has(code)) found.push({ kind: 'no_liaison', code, have: 0, need: '1' });
  }
  return found;
}

const holds = ({ roles }: RosterPerson, role: string) => roles.some((held) => held.role === role);

function ofBranch(code: string, own: readonly RosterPerson[], guests: number, limits: GapLimits): Gap[] {
  const found: Gap[] = [];
  if (!own.some((person) => holds(person, 'secretary'))) found.push({ kind: 'no_secretary', code, have: 0, need: '1' });
  const colleagues = own.filter((person) => person.status === 'colleague').length;
  const { oneIn, atLeast } = limits.colleagues;
  const need = Math.max(atLeast, Math.ceil((own.length - colleagues) / oneIn));
  if (colleagues < need) found.push({ kind: 'few_colleagues', code, have: colleagues, need: String(need) });
  const raters = own.length - 1 + guests; // nobody rates himself or herself (A8)
  if (raters < limits.minRaters) found.push({ kind: 'few_raters', code, have: raters, need: String(limits.minRaters) });
  const alike = [...Map.groupBy(own, (person) => person.name)].filter(([, people]) => people.length > 1);
  if (alike.length > 0)
    found.push({ kind: 'same_name', code, have: alike.length, need: '0', names: alike.map(([name]) => name) });
  const unreachable = own.filter((p) => p.mobile === null && p.larkOpenId === null && p.dingtalkUserId === null).length;
  if (unreachable > 0) found.push({ kind: 'no_way_to_reach', code, have: unreachable, need: '0' });
  return found;
}

/** A gap as a sentence. */
export const gapText = ({ kind, code, have, need, names }: Gap, t: Translate): string =>
  t(`roster.gap_${kind}`, { code, have, need, names: (names ?? []).join(t('common.and')) });
