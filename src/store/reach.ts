/** On which platform people are written to. */
import { z } from 'zod';
import { PLATFORM_NAMES } from '../platform/platform.ts';
import type { Reader } from './db.ts';

const platform = z.enum(PLATFORM_NAMES);
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
