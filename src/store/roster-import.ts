/** Reads and replaces the whole roster in a handful of statements, however many people there are. */
import { z } from 'zod';
import {
  byRole,
  heldRoleSchema,
  localeSchema,
  type RosterBranch,
  type RosterPerson,
  statusSchema,
} from '../domain/roster.ts';
import type { Reader, Writer } from './db.ts';

const branchRow = z.object({
  code: z.string(),
  name: z.string(),
  districtCode: z.string(),
  districtName: z.string(),
  groupCode: z.string().nullable(),
  groupName: z.string().nullable(),
  unitCode: z.string(),
  unitName: z.string(),
  closedOn: z.string().nullable(),
});
const personRow = z.object({
  employeeNo: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  branch: z.string(),
  status: statusSchema,
  roles: z.string().transform((text) => z.array(heldRoleSchema).parse(JSON.parse(text)).sort(byRole)),
  larkOpenId: z.string().nullable(),
  dingtalkUserId: z.string().nullable(),
  /** The language last seen in a file, which may differ from the one the person chose since. */
  locale: localeSchema.nullable(),
  leftOn: z.string().nullable(),
});
export type StoredBranch = z.infer<typeof branchRow>;
export type StoredPerson = z.infer<typeof personRow>;

/** App id of each platform that is set up; ids from a file are worth nothing without it (platform/lark.md §4.8). */
export interface AppIds {
  lark: string | null;
  dingtalk: string | null;
}

const BRANCHES = `SELECT b.code, b.name, b.district AS districtCode, d.name AS districtName, b.mutual_group AS groupCode,
  g.name AS groupName, b.unit AS unitCode, u.name AS unitName, b.closed_on AS closedOn
  FROM branch b JOIN district d ON d.code = b.district JOIN unit u ON u.code = b.unit
  LEFT JOIN mutual_group g ON g.code = b.mutual_group ORDER BY b.code`;
const PEOPLE = `SELECT p.employee_no AS employeeNo, p.name, p.mobile, p.branch, p.status, p.file_locale AS locale,
  p.left_on AS leftOn, l.user_id AS larkOpenId, k.user_id AS dingtalkUserId,
  (SELECT json_group_array(json_object('role', r.role, 'scope', r.scope)) FROM person_role r WHERE r.person = p.employee_no) AS roles
  FROM person p
  LEFT JOIN identity l ON l.platform = 'lark' AND l.app_id = ?1 AND l.person = p.employee_no
  LEFT JOIN identity k ON k.platform = 'dingtalk' AND k.app_id = ?2 AND k.person = p.employee_no
  ORDER BY p.employee_no`;

/** The whole roster as stored, closed branches and people who left included. */
export async function storedRoster(
  h: Reader,
  appIds: AppIds,
): Promise<{ branches: StoredBranch[]; people: StoredPerson[] }> {
  return {
    branches: await h.all(branchRow, BRANCHES),
    people: await h.all(personRow, PEOPLE, [appIds.lark ?? '', appIds.dingtalk ?? '']),
  };
}

// `WHERE true` keeps the parser from reading ON as part of a join.
const PUT_DISTRICTS = `INSERT INTO district (code, name)
  SELECT DISTINCT value ->> 'districtCode', value ->> 'districtName' FROM json_each(?1) WHERE true
  ON CONFLICT (code) DO UPDATE SET name = excluded.name`;
const PUT_GROUPS = `INSERT INTO mutual_group (code, name, district)
  SELECT DISTINCT value ->> 'groupCode', value ->> 'groupName', value ->> 'districtCode' FROM json_each(?1)
  WHERE value ->> 'groupCode' IS NOT NULL
  ON CONFLICT (code) DO UPDATE SET name = excluded.name, district = excluded.district`;
const PUT_UNITS = `INSERT INTO unit (code, name)
  SELECT DISTINCT value ->> 'unitCode', value ->> 'unitName' FROM json_each(?1) WHERE true
  ON CONFLICT (code) DO UPDATE SET name = excluded.name`;
const PUT_BRANCHES = `INSERT INTO branch (code, name, district, mutual_group, unit)
  SELECT value ->> 'code', value ->> 'name', value ->> 'districtCode', value ->> 'groupCode', value ->> 'unitCode'
  FROM json_each(?1) WHERE true
  ON CONFLICT (code) DO UPDATE SET name = excluded.name, district = excluded.district,
    mutual_group = excluded.mutual_group, unit = excluded.unit, closed_on = NULL`;
const CLOSE_BRANCHES = `UPDATE branch SET closed_on = ?2
  WHERE closed_on IS NULL AND code NOT IN (SELECT value ->> 'code' FROM json_each(?1))`;

/** Writes the branches of a file; branches that are not in it are closed as of `on` (a date). */
export async function putBranches(tx: Writer, branches: readonly RosterBranch[], on: string): Promise<void> {
  const json = JSON.stringify(branches);
  for (const sql of [PUT_DISTRICTS, PUT_GROUPS, PUT_UNITS, PUT_BRANCHES]) await tx.run(sql, [json]);
  await tx.run(CLOSE_BRANCHES, [json, on]);
}

// A language in the file is taken over when the file changed; a choice made in a chat since then stays.
const PUT_PEOPLE = `INSERT INTO person (employee_no, name, mobile, branch, status, locale, file_locale, position)
  SELECT value ->> 'employeeNo', value ->> 'name', value ->> 'mobile', value ->> 'branch', value ->> 'status',
    value ->> 'locale', value ->> 'locale', ?2 + key
  FROM json_each(?1) WHERE true
  ON CONFLICT (employee_no) DO UPDATE SET name = excluded.name, mobile = excluded.mobile, branch = excluded.branch,
    status = excluded.status, position = excluded.position, left_on = NULL,
    locale = CASE WHEN excluded.file_locale IS NULL OR excluded.file_locale IS file_locale THEN locale
      ELSE excluded.file_locale END,
    file_locale = coalesce(excluded.file_locale, file_locale)`;
const CLEAR_ROLES = `DELETE FROM person_role WHERE person IN (SELECT value ->> 'employeeNo' FROM json_each(?1))`;
const PUT_ROLES = `INSERT INTO person_role (person, role, scope)
  SELECT p.value ->> 'employeeNo', r.value ->> 'role', r.value ->> 'scope'
  FROM json_each(?1) p, json_each(p.value, '$.roles') r`;

/** Writes one chunk of people; `position` is the place of its first person in the file. */
export async function putPeople(tx: Writer, people: readonly RosterPerson[], position: number): Promise<void> {
  const json = JSON.stringify(people);
  await tx.run(PUT_PEOPLE, [json, position]);
  await tx.run(CLEAR_ROLES, [json]);
  await tx.run(PUT_ROLES, [json]);
}

const MARK_LEFT = `UPDATE person SET left_on = ?2
  WHERE left_on IS NULL AND employee_no NOT IN (SELECT value FROM json_each(?1))`;

/** Marks everybody who is not among `staying` as left on a date; nobody is ever deleted. */
export async function markLeft(tx: Writer, staying: readonly string[], on: string): Promise<void> {
  await tx.run(MARK_LEFT, [JSON.stringify(staying), on]);
}

// Clears first: inside one file two people may have swapped ids. A pair that is already right keeps its row.
const CLEAR_IDENTITIES = `DELETE FROM identity WHERE platform = ?1 AND app_id = ?2
  AND (user_id IN (SELECT value ->> 'id' FROM json_each(?3)) OR person IN (SELECT value ->> 'person' FROM json_each(?3)))
  AND (person, user_id) NOT IN (SELECT value ->> 'person', value ->> 'id' FROM json_each(?3))`;
const PUT_IDENTITIES = `INSERT INTO identity (platform, app_id, user_id, person)
  SELECT ?1, ?2, value ->> 'id', value ->> 'person' FROM json_each(?3) WHERE true
  ON CONFLICT (platform, app_id, user_id) DO NOTHING`;

/** Writes platform ids given in a file: they win over what was linked before. People without an id in the file keep theirs. */
export async function putIdentities(
  tx: Writer,
  platform: keyof AppIds,
  appId: string,
  ids: readonly { person: string; id: string }[],
): Promise<void> {
  const args = [platform, appId, JSON.stringify(ids)];
  await tx.run(CLEAR_IDENTITIES, args);
  await tx.run(PUT_IDENTITIES, args);
}
