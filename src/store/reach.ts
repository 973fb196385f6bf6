/** On which platform people are written to. */
import { z } from 'zod';
import { PLATFORM_NAMES, type PlatformName } from '../platform/platform.ts';
import type { ChatScope } from './chat.ts';
import type { Reader } from './db.ts';

const platform = z.enum(PLATFORM_NAMES);

const REACHABLE = `SELECT p.employee_no AS person, i.platform FROM json_each(?1) w
  JOIN person p ON p.employee_no = w.value
  JOIN identity i ON i.person = p.employee_no
  WHERE p.left_on IS NULL AND i.reachable = 1
  ORDER BY w.key, (i.platform IS p.preferred_platform) DESC, i.platform`;
const reachableRow = z.object({ person: z.string(), platform: platform });

/** One platform for each of `people` who can be reached, in their order: the one used last for a word, else any. */
export async function platformsOf(h: Reader, people: readonly string[]): Promise<Map<string, PlatformName>> {
  const found = new Map<string, PlatformName>();
  for (const { person, platform } of await h.all(reachableRow, REACHABLE, [JSON.stringify(people)]))
    if (!found.has(person)) found.set(person, platform);
  return found;
}

/** Every platform where a person can be reached, the one used last for a command first. */
export const everyPlatformOf = async (h: Reader, person: string): Promise<PlatformName[]> =>
  (await h.all(reachableRow, REACHABLE, [JSON.stringify([person])])).map((row) => row.platform);

const BEYOND = `SELECT w.value AS person FROM json_each(?1) w
  WHERE NOT EXISTS (SELECT 1 FROM identity i JOIN chat c ON c.platform = i.platform
    WHERE i.person = w.value AND i.reachable = 1 AND c.active = 1 AND c.scope = ?2 AND c.code IS ?3)
  ORDER BY w.key`;
const personRow = z.object({ person: z.string() });

/** Those of `people` who have no account on a platform where this scope has a chat. @param code null for the city */
export const peopleBeyondChats = async (
  h: Reader,
  scope: ChatScope,
  code: string | null,
  people: readonly string[],
): Promise<string[]> =>
  (await h.all(personRow, BEYOND, [JSON.stringify(people), scope, code])).map(({ person }) => person);

const placeRow = z.object({
  branch: z.string(),
  unit: z.string(),
  platform,
  people: z.int(),
  /** Those of them who are rated: members, probationary ones included. */
  members: z.int(),
  /** Those who rate in every branch of the unit. */
  leaders: z.int(),
  /** Those with an open task, who get the weekly check. */
  tasked: z.int(),
});
export type Place = z.infer<typeof placeRow>;

/** How many people of each branch are written to on each platform, by the same choice as for a message; all units when null. */
export const placesOfPeople = (h: Reader, unit: string | null): Promise<Place[]> =>
  h.all(
    placeRow,
    `SELECT p.branch, b.unit, r.platform, count(*) AS people, sum(p.status <> 'colleague') AS members,
       sum(EXISTS (SELECT 1 FROM person_role l WHERE l.person = p.employee_no AND l.role = 'leader')) AS leaders,
       sum(EXISTS (SELECT 1 FROM task t WHERE t.owner = p.employee_no AND t.state = 'open')) AS tasked
     FROM (SELECT i.person, coalesce(max(CASE WHEN i.platform = o.preferred_platform THEN i.platform END), min(i.platform)) AS platform
       FROM identity i JOIN person o ON o.employee_no = i.person WHERE i.reachable = 1 GROUP BY i.person) r
     JOIN person p ON p.employee_no = r.person JOIN branch b ON b.code = p.branch
     WHERE p.left_on IS NULL AND b.closed_on IS NULL AND (?1 IS NULL OR b.unit = ?1)
     GROUP BY p.branch, r.platform ORDER BY p.branch, r.platform`,
    [unit],
  );
