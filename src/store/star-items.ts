/** What units hang on stars (R46). Who carries an item is whoever carries its task. */
import { z } from 'zod';
import { starItemLevelSchema, starItemStateSchema, type StarItemText } from '../domain/star-item.ts';
import type { Reader, Writer } from './db.ts';
import { jsonText } from './json-text.ts';

const itemRow = z.object({
  id: z.string(),
  level: starItemLevelSchema,
  /** Code of the branch or unit. */
  scope: z.string(),
  name: z.string(),
  stars: jsonText(z.array(z.string())),
  from: z.string(),
  to: z.string(),
  state: starItemStateSchema,
  task: z.string().nullable(),
  owner: z.string().nullable(),
  /** Null also when the owner has left: somebody else has to be found. */
  ownerName: z.string().nullable(),
});
export type StarItem = z.infer<typeof itemRow>;

const ITEM = `SELECT i.id, i.level, i.scope, i.name, i.stars, i.from_date AS "from", i.to_date AS "to", i.state, i.task, t.owner, p.name AS ownerName
  FROM star_item i LEFT JOIN task t ON t.id = i.task LEFT JOIN person p ON p.employee_no = t.owner AND p.left_on IS NULL`;

export const findStarItem = (h: Reader, id: string): Promise<StarItem | null> =>
  h.get(itemRow, `${ITEM} WHERE i.id = ?`, [id]);
/** Items of a branch and of its unit that end on `since` or later, ended ones included, by their end. */
export const starItemsNear = (h: Reader, near: { branch: string; unit: string }, since: string): Promise<StarItem[]> =>
  h.all(
    itemRow,
    `${ITEM} WHERE ((i.level = 'branch' AND i.scope = ?1) OR (i.level = 'unit' AND i.scope = ?2)) AND i.to_date >= ?3
     ORDER BY i.to_date, i.id`,
    [near.branch, near.unit, since],
  );

export async function insertStarItem(
  tx: Writer,
  item: Pick<StarItem, 'id' | 'level' | 'scope' | 'task'> & Omit<StarItemText, 'owner'>,
  by: string,
): Promise<void> {
  await tx.run(
    `INSERT INTO star_item (id, level, scope, name, stars, from_date, to_date, state, task, by_person) VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?)`,
    [item.id, item.level, item.scope, item.name, JSON.stringify(item.stars), item.from, item.to, item.task, by],
  );
}
/** @returns false when it is not active. */
export const updateStarItem = async (
  tx: Writer,
  id: string,
  item: Omit<StarItemText, 'owner'>,
  task: string | null,
): Promise<boolean> =>
  (await tx.run(
    "UPDATE star_item SET name = ?, stars = ?, from_date = ?, to_date = ?, task = ? WHERE id = ? AND state = 'active'",
    [item.name, JSON.stringify(item.stars), item.from, item.to, task, id],
  )) > 0;
export const endStarItem = async (tx: Writer, id: string): Promise<boolean> =>
  (await tx.run("UPDATE star_item SET state = 'ended' WHERE id = ? AND state = 'active'", [id])) > 0;
export const deleteStarItem = async (tx: Writer, id: string): Promise<boolean> =>
  (await tx.run('DELETE FROM star_item WHERE id = ?', [id])) > 0;
