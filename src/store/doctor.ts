/** Numbers an operator is told about an installation; no row about a person leaves this module. */
import { z } from 'zod';
import type { Reader } from './db.ts';

const rosterRow = z.object({
  branches: z.int(),
  people: z.int(),
  /** People with an account on this platform and app. */
  linked: z.int(),
  /** Branches whose review nobody of the branch can run; the office may. */
  headless: z.int(),
});
const ROSTER = `SELECT
  (SELECT count(*) FROM branch WHERE closed_on IS NULL) AS branches,
  (SELECT count(*) FROM person WHERE left_on IS NULL) AS people,
  (SELECT count(*) FROM person p WHERE left_on IS NULL
    AND EXISTS (SELECT 1 FROM identity i WHERE i.person = p.employee_no AND i.platform = ?1 AND i.app_id = ?2)) AS linked,
  (SELECT count(*) FROM branch b WHERE closed_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM person p JOIN person_role r ON r.person = p.employee_no AND r.role IN ('secretary', 'deputy_secretary', 'committee')
    WHERE p.branch = b.code AND p.left_on IS NULL)) AS headless`;

export async function rosterFigures(h: Reader, platform: string, appId: string): Promise<z.infer<typeof rosterRow>> {
  return (await h.get(rosterRow, ROSTER, [platform, appId])) ?? { branches: 0, people: 0, linked: 0, headless: 0 };
}

const UNKNOWN = `SELECT value AS employeeNo FROM json_each(?) WHERE NOT EXISTS (
  SELECT 1 FROM person WHERE employee_no = value AND left_on IS NULL)`;
/** Of these employee numbers, those nobody here has. */
export const unknownPeople = async (h: Reader, employeeNos: readonly string[]): Promise<string[]> =>
  (await h.all(z.object({ employeeNo: z.string() }), UNKNOWN, [JSON.stringify(employeeNos)])).map(
    (row) => row.employeeNo,
  );

const ANY_MOBILE = 'SELECT mobile FROM person WHERE left_on IS NULL AND mobile IS NOT NULL ORDER BY position LIMIT 1';
/** A mobile number of the roster, to try a look-up with; null when there is none. */
export const anyMobile = async (h: Reader): Promise<string | null> =>
  (await h.get(z.object({ mobile: z.string() }), ANY_MOBILE))?.mobile ?? null;

/** Whether whole pages of the file are as they were written; a sentence of the database otherwise. */
export const quickCheck = async (h: Reader): Promise<string> =>
  (await h.get(z.object({ quick_check: z.string() }), 'PRAGMA quick_check(1)'))?.quick_check ?? 'no answer';
