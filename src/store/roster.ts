/** Reads people and branches. Who may see what is decided by the use cases, not here. */
import { z } from 'zod';
import { byRole, heldRoleSchema, localeSchema, type Role, statusSchema } from '../domain/roster.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const rolesText = z.string().transform((text) => z.array(heldRoleSchema).parse(JSON.parse(text)).sort(byRole));

const personRow = z.object({
  employeeNo: z.string(),
  name: z.string(),
  branch: z.string(),
  unit: z.string(),
  district: z.string(),
  /** Code of the four-mutual group; null where the branch has none. */
  group: z.string().nullable(),
  status: statusSchema,
  locale: localeSchema.nullable(),
  preferredPlatform: z.string().nullable(),
  /** Date; null while the person is here. */
  leftOn: z.string().nullable(),
  roles: rolesText,
  /** Whether the person runs the own branch, see `RUNS`. */
  runs: z.int().transform((value) => value === 1),
  /** Codes of branches nobody of their own can run and this person does in their place, see `STANDS_IN`. */
  standsIn: jsonText(z.array(z.string())),
});
export type Person = z.infer<typeof personRow>;
/** Somebody who acts in a chat: a person who is here. */
export type Actor = Person & { leftOn: null };

const HOLDS = (roles: string, person: string): string =>
  `EXISTS (SELECT 1 FROM person_role h WHERE h.person = ${person}.employee_no AND h.role IN (${roles}))`;
const NOBODY = (roles: string, branch: string): string =>
  `NOT EXISTS (SELECT 1 FROM person o WHERE o.branch = ${branch} AND o.left_on IS NULL AND ${HOLDS(roles, 'o')})`;
const SECRETARY = "'secretary', 'deputy_secretary'";
/** Whether the person runs the own branch: its secretary and deputy do; where it has neither, its committee members. */
const RUNS = `p.left_on IS NULL AND (${HOLDS(SECRETARY, 'p')} OR (${HOLDS("'committee'", 'p')} AND ${NOBODY(SECRETARY, 'p.branch')}))`;
/** Branches without secretary, deputy and committee: the office, by its role in the roster, runs their reviews. */
const STANDS_IN = `CASE WHEN p.left_on IS NULL AND ${HOLDS("'office'", 'p')} THEN (SELECT json_group_array(n.code) FROM branch n
  WHERE n.closed_on IS NULL AND ${NOBODY(`${SECRETARY}, 'committee'`, 'n.code')}) ELSE '[]' END`;

const PERSON = `SELECT p.employee_no AS employeeNo, p.name, p.branch, b.unit, b.district, b.mutual_group AS "group", p.status,
  p.locale, p.preferred_platform AS preferredPlatform, p.left_on AS leftOn,
  (SELECT json_group_array(json_object('role', r.role, 'scope', r.scope)) FROM person_role r WHERE r.person = p.employee_no) AS roles,
  ${RUNS} AS runs, ${STANDS_IN} AS standsIn
  FROM person p JOIN branch b ON b.code = p.branch`;
const FIND_PERSON = `${PERSON} WHERE p.employee_no = ?`;
const FIND_ACTOR = `${PERSON} JOIN identity i ON i.person = p.employee_no
  WHERE i.platform = ? AND i.app_id = ? AND i.user_id = ? AND p.left_on IS NULL`;
const OF_BRANCH = `${PERSON} WHERE p.branch = ? AND p.left_on IS NULL ORDER BY p.position, p.employee_no`;
const RUN_BRANCHES = `${PERSON} WHERE p.branch IN (SELECT value FROM json_each(?)) AND p.left_on IS NULL AND ${RUNS}
  ORDER BY p.branch, p.position, p.employee_no`;
const LEADERS_OF_UNIT = `${PERSON} JOIN person_role l ON l.person = p.employee_no AND l.role = 'leader'
  WHERE b.unit = ? AND p.left_on IS NULL ORDER BY p.position, p.employee_no`;
const SECRETARIES = `${PERSON} JOIN person_role s ON s.person = p.employee_no AND s.role = 'secretary'
  WHERE p.branch = ? AND p.left_on IS NULL ORDER BY p.position, p.employee_no`;
const WITH_ROLE = `${PERSON} WHERE p.left_on IS NULL AND EXISTS (SELECT 1 FROM person_role w
  WHERE w.person = p.employee_no AND w.role = ?1 AND (?2 IS NULL OR w.scope = ?2)) ORDER BY p.position, p.employee_no`;

/** Anybody the roster has ever held, those who left included. */
export const findPerson = (h: Reader, employeeNo: string): Promise<Person | null> =>
  h.get(personRow, FIND_PERSON, [employeeNo]);

const isHere = (person: Person): person is Actor => person.leftOn === null;

/** The person behind a platform id; null for strangers and for people who left. */
export async function findActor(h: Reader, platform: string, appId: string, userId: string): Promise<Actor | null> {
  const person = await h.get(personRow, FIND_ACTOR, [platform, appId, userId]);
  return person && isHere(person) ? person : null;
}

const here = (people: Person[]): Actor[] => people.filter(isHere);

/** Everybody in a branch, colleagues included, in the order of the roster file (A45). */
export const peopleOfBranch = async (h: Reader, branch: string): Promise<Actor[]> =>
  here(await h.all(personRow, OF_BRANCH, [branch]));

/** People of these branches who run them, by branch. */
export const peopleWhoRun = async (h: Reader, branches: readonly string[]): Promise<Actor[]> =>
  here(await h.all(personRow, RUN_BRANCHES, [JSON.stringify(branches)]));

/** The leadership team of a unit, who rate in every branch of that unit (R23). */
export const leadersOfUnit = async (h: Reader, unit: string): Promise<Actor[]> =>
  here(await h.all(personRow, LEADERS_OF_UNIT, [unit]));

/** The secretary of a branch: none or one. */
export const secretariesOf = async (h: Reader, branch: string): Promise<Actor[]> =>
  here(await h.all(personRow, SECRETARIES, [branch]));

/** People who hold a role; with `scope`, only those who hold it for that district. */
export const peopleWithRole = async (h: Reader, role: Role, scope: string | null = null): Promise<Actor[]> =>
  here(await h.all(personRow, WITH_ROLE, [role, scope]));

const NAMES = `SELECT employee_no AS employeeNo, name FROM person WHERE employee_no IN (SELECT value FROM json_each(?))`;
/** Names by employee number, those who left included; unknown numbers are absent. */
export async function namesOf(h: Reader, employeeNos: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await h.all(z.object({ employeeNo: z.string(), name: z.string() }), NAMES, [
    JSON.stringify(employeeNos),
  ]);
  return new Map(rows.map(({ employeeNo, name }) => [employeeNo, name]));
}

const branchRow = z.object({
  code: z.string(),
  name: z.string(),
  district: z.string(),
  districtName: z.string(),
  group: z.string().nullable(),
  groupName: z.string().nullable(),
  unit: z.string(),
  unitName: z.string(),
  /** Date; null while the branch stands in the roster. */
  closedOn: z.string().nullable(),
});
export type Branch = z.infer<typeof branchRow>;

const BRANCH = `SELECT b.code, b.name, b.district, d.name AS districtName, b.mutual_group AS "group", g.name AS groupName,
  b.unit, u.name AS unitName, b.closed_on AS closedOn
  FROM branch b JOIN district d ON d.code = b.district JOIN unit u ON u.code = b.unit
  LEFT JOIN mutual_group g ON g.code = b.mutual_group`;
const FIND_BRANCH = `${BRANCH} WHERE b.code = ?`;
const ALL_BRANCHES = `${BRANCH} WHERE b.closed_on IS NULL ORDER BY b.code`;
const OF_DISTRICT = `${BRANCH} WHERE b.district = ? AND b.closed_on IS NULL ORDER BY b.code`;
const OF_GROUP = `${BRANCH} WHERE b.mutual_group = ? AND b.closed_on IS NULL ORDER BY b.code`;
const OF_UNIT = `${BRANCH} WHERE b.unit = ? AND b.closed_on IS NULL ORDER BY b.code`;

/** Any branch the roster has ever held, closed ones included. */
export const findBranch = (h: Reader, code: string): Promise<Branch | null> => h.get(branchRow, FIND_BRANCH, [code]);
/** Branches that stand in the roster, by code. */
export const allBranches = (h: Reader): Promise<Branch[]> => h.all(branchRow, ALL_BRANCHES);
export const branchesOfDistrict = (h: Reader, district: string): Promise<Branch[]> =>
  h.all(branchRow, OF_DISTRICT, [district]);
export const branchesOfGroup = (h: Reader, group: string): Promise<Branch[]> => h.all(branchRow, OF_GROUP, [group]);
export const branchesOfUnit = (h: Reader, unit: string): Promise<Branch[]> => h.all(branchRow, OF_UNIT, [unit]);

const named = z.object({ code: z.string(), name: z.string() });
export type Named = z.infer<typeof named>;
const DISTRICTS = `SELECT code, name FROM district d
  WHERE EXISTS (SELECT 1 FROM branch b WHERE b.district = d.code AND b.closed_on IS NULL) ORDER BY code`;
/** Districts with at least one branch that stands in the roster. */
export const allDistricts = (h: Reader): Promise<Named[]> => h.all(named, DISTRICTS);
export const findDistrict = (h: Reader, code: string): Promise<Named | null> =>
  h.get(named, 'SELECT code, name FROM district WHERE code = ?', [code]);
export const findGroup = (h: Reader, code: string) =>
  h.get(named.extend({ district: z.string() }), 'SELECT code, name, district FROM mutual_group WHERE code = ?', [code]);

/** The person's own choice of language; the roster file gives only the first value. */
export async function setLocale(tx: Writer, person: string, locale: z.infer<typeof localeSchema>): Promise<void> {
  await tx.run('UPDATE person SET locale = ? WHERE employee_no = ?', [locale, person]);
}

/** The platform used last. Never on a click of a ballot or an opinion: it would join a person and a time (design.md §12.16). */
export async function setPreferredPlatform(tx: Writer, person: string, platform: string): Promise<void> {
  const sql = 'UPDATE person SET preferred_platform = ?1 WHERE employee_no = ?2 AND preferred_platform IS NOT ?1';
  await tx.run(sql, [platform, person]);
}
