/** What an import would change, field by field. Pure. */
import type { HeldRole, Roster, RosterBranch, RosterPerson } from '../domain/roster.ts';

export interface FieldChange {
  field: string;
  from: string | null;
  to: string | null;
}
export interface Entry {
  /** Branch code or employee number. */
  key: string;
  name: string;
}
export interface Changes {
  added: Entry[];
  changed: (Entry & { fields: FieldChange[] })[];
  /** People who are no longer in the file; branches that are closed. */
  left: Entry[];
  /** Back after having left; with what else changed. */
  returned: (Entry & { fields: FieldChange[] })[];
  unchanged: number;
}
export interface RosterDiff {
  branches: Changes;
  people: Changes;
}

/** The roster as it is, with dates for what has gone. */
export interface CurrentRoster {
  branches: readonly (RosterBranch & { closedOn: string | null })[];
  people: readonly (RosterPerson & { leftOn: string | null })[];
}

type Fields = readonly (readonly [field: string, value: string | null])[];

/** Compares a checked file with what is stored. The order of the file is taken over but is not counted as a change. */
export function diffRoster(current: CurrentRoster, roster: Roster): RosterDiff {
  return {
    branches: compare(
      current.branches.map((b) => ({ key: b.code, name: b.name, gone: b.closedOn !== null, fields: branchFields(b) })),
      roster.branches.map((b) => ({ key: b.code, name: b.name, fields: branchFields(b) })),
    ),
    people: compare(
      current.people.map((p) => ({
        key: p.employeeNo,
        name: p.name,
        gone: p.leftOn !== null,
        fields: personFields(p),
      })),
      roster.people.map((p) => ({ key: p.employeeNo, name: p.name, fields: personFields(p) })),
    ),
  };
}

interface Item extends Entry {
  fields: Fields;
}

function compare(current: readonly (Item & { gone: boolean })[], wanted: readonly Item[]): Changes {
  const before = new Map(current.map((item) => [item.key, item]));
  const changes: Changes = { added: [], changed: [], left: [], returned: [], unchanged: 0 };
  for (const { key, name, fields } of wanted) {
    const old = before.get(key);
    before.delete(key);
    if (!old) changes.added.push({ key, name });
    else {
      const changed = changedFields(old.fields, fields);
      if (old.gone) changes.returned.push({ key, name, fields: changed });
      else if (changed.length > 0) changes.changed.push({ key, name, fields: changed });
      else changes.unchanged += 1;
    }
  }
  for (const { key, name, gone } of before.values()) if (!gone) changes.left.push({ key, name });
  return changes;
}

/** Values a file may leave empty without saying anything: what is stored then stays. */
const KEPT_WHEN_EMPTY = new Set(['lark_open_id', 'dingtalk_user_id', 'locale']);

function changedFields(before: Fields, after: Fields): FieldChange[] {
  const changed: FieldChange[] = [];
  for (const [index, [field, to]] of after.entries()) {
    const from = before[index]?.[1] ?? null;
    if (from === to || (to === null && KEPT_WHEN_EMPTY.has(field))) continue;
    // A mobile number is recognised by its ends; terminals and logs need no more (F1).
    changed.push(field === 'mobile' ? { field, from: masked(from), to: masked(to) } : { field, from, to });
  }
  return changed;
}

const masked = (mobile: string | null): string | null =>
  mobile === null ? null : `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;

const branchFields = (b: RosterBranch): Fields => [
  ['branch_name', b.name],
  ['district_code', b.districtCode],
  ['district_name', b.districtName],
  ['group_code', b.groupCode],
  ['group_name', b.groupName],
  ['unit_code', b.unitCode],
  ['unit_name', b.unitName],
];

const personFields = (p: RosterPerson): Fields => [
  ['name', p.name],
  ['mobile', p.mobile],
  ['branch_code', p.branch],
  ['status', p.status],
  ['roles', rolesText(p.roles)],
  ['lark_open_id', p.larkOpenId],
  ['dingtalk_user_id', p.dingtalkUserId],
  ['locale', p.locale],
];

const rolesText = (roles: readonly HeldRole[]): string | null =>
  roles.map(({ role, scope }) => (scope === '' ? role : `${role}:${scope}`)).join(';') || null;
