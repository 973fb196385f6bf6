/** Which platform id belongs to which person. An id is per app, so the app id is part of the key (platform/lark.md §4.8). */
import { z } from 'zod';
import { no, type Verdict, yes } from '../domain/verdict.ts';
import type { Reader, Writer } from './db.ts';

const identityRow = z.object({
  platform: z.string(),
  appId: z.string(),
  userId: z.string(),
  person: z.string(),
  reachable: z.number().transform((n) => n === 1),
});
export type Identity = z.infer<typeof identityRow>;

const IDENTITY = 'SELECT platform, app_id AS appId, user_id AS userId, person, reachable FROM identity';

/** Every platform id of a person, unreachable ones included, in a stable order. */
export const identityOf = (h: Reader, person: string): Promise<Identity[]> =>
  h.all(identityRow, `${IDENTITY} WHERE person = ? ORDER BY platform, app_id`, [person]);

/** The id of a person on one platform and app, or null. */
export const identityOn = (h: Reader, platform: string, appId: string, person: string): Promise<Identity | null> =>
  h.get(identityRow, `${IDENTITY} WHERE platform = ? AND app_id = ? AND person = ?`, [platform, appId, person]);

/**
 * Gives a platform id to a person: the person's former id on that app goes, and so does the id's former owner if that person
 * left. An id of somebody who is here is never taken over silently.
 */
export async function linkIdentity(
  tx: Writer,
  { platform, appId, userId, person }: { platform: string; appId: string; userId: string; person: string },
): Promise<Verdict<null, 'taken'>> {
  const owner = await tx.get(
    z.object({ person: z.string(), leftOn: z.string().nullable() }),
    `SELECT i.person, p.left_on AS leftOn FROM identity i JOIN person p ON p.employee_no = i.person
     WHERE i.platform = ? AND i.app_id = ? AND i.user_id = ?`,
    [platform, appId, userId],
  );
  if (owner && owner.person !== person && owner.leftOn === null) return no('taken');
  const clear = 'DELETE FROM identity WHERE platform = ?1 AND app_id = ?2 AND (user_id = ?3 OR person = ?4)';
  await tx.run(clear, [platform, appId, userId, person]);
  const add = 'INSERT INTO identity (platform, app_id, user_id, person) VALUES (?, ?, ?, ?)';
  await tx.run(add, [platform, appId, userId, person]);
  return yes(null);
}

const SET_REACHABLE = 'UPDATE identity SET reachable = ? WHERE platform = ? AND app_id = ? AND user_id = ?';
/** The platform said it cannot deliver to this id; nothing more is sent there until `markReachable`. */
export async function markUnreachable(tx: Writer, platform: string, appId: string, userId: string): Promise<void> {
  await tx.run(SET_REACHABLE, [0, platform, appId, userId]);
}
/** The person wrote to the bot, so the id works again. */
export async function markReachable(tx: Writer, platform: string, appId: string, userId: string): Promise<void> {
  await tx.run(SET_REACHABLE, [1, platform, appId, userId]);
}

const WITHOUT_IDENTITY = `SELECT p.employee_no AS employeeNo, p.mobile FROM person p
  WHERE p.employee_no > ? AND p.mobile IS NOT NULL AND p.left_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.platform = ? AND i.app_id = ? AND i.person = p.employee_no)
  ORDER BY p.employee_no LIMIT ?`;
const mobileRow = z.object({ employeeNo: z.string(), mobile: z.string() });

/** A page of people without an id on this app but with a mobile, by employee number after `after` (`''` first). */
export const peopleToLink = (
  h: Reader,
  { platform, appId, after, limit }: { platform: string; appId: string; after: string; limit: number },
): Promise<z.infer<typeof mobileRow>[]> => h.all(mobileRow, WITHOUT_IDENTITY, [after, platform, appId, limit]);

const nameRow = z.object({ name: z.string() });
/** Names of people in a branch whom no platform account reaches, in roster order. */
export const unreachableOf = async (h: Reader, branch: string): Promise<string[]> =>
  (
    await h.all(
      nameRow,
      `SELECT p.name FROM person p WHERE p.branch = ? AND p.left_on IS NULL AND NOT EXISTS
         (SELECT 1 FROM identity i WHERE i.person = p.employee_no AND i.reachable = 1) ORDER BY p.position`,
      [branch],
    )
  ).map((row) => row.name);
