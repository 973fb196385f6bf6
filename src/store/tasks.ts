/** Tasks with an owner and a date (R29). */
import { z } from 'zod';
import { type TaskState, taskStateSchema } from '../domain/weekly-check.ts';
import type { Reader, Writer } from './db.ts';

const taskRow = z.object({
  id: z.string(),
  branch: z.string(),
  year: z.int(),
  item: z.string().nullable(),
  own: z.int().transform((own) => own === 1),
  owner: z.string(),
  ownerName: z.string(),
  text: z.string(),
  due: z.string(),
  state: taskStateSchema,
  doneOn: z.string().nullable(),
});
/** `own`: from the owner's own commitment. */
export type Task = z.infer<typeof taskRow>;
const TASK = `SELECT t.id, t.branch, t.year, t.item, t.own, t.owner, p.name AS ownerName, t.text, t.due, t.state, t.done_on AS doneOn
  FROM task t JOIN person p ON p.employee_no = t.owner`;

export const findTask = (h: Reader, id: string): Promise<Task | null> => h.get(taskRow, `${TASK} WHERE t.id = ?`, [id]);
/** Open tasks of a person, by date. */
export const openTasksOf = (h: Reader, person: string): Promise<Task[]> =>
  h.all(taskRow, `${TASK} WHERE t.owner = ? AND t.state = 'open' ORDER BY t.due, t.id`, [person]);
/** Tasks of a branch, open ones first, by date. Those of people who left are shown: somebody has to take them over. */
export const tasksOfBranch = (h: Reader, branch: string, year: number): Promise<Task[]> =>
  h.all(taskRow, `${TASK} WHERE t.branch = ? AND t.year >= ? ORDER BY t.state <> 'open', t.due, t.id`, [branch, year]);

/** One task for every item of a sheet that has none yet. @param owner who carries them @param ids one id for each item */
export async function insertTasksOfSheet(
  tx: Writer,
  sheet: { id: string; branch: string; year: number },
  owner: string,
  own: boolean,
  newId: () => string,
): Promise<void> {
  const items = await tx.all(
    z.object({ id: z.string(), text: z.string(), due: z.string() }),
    'SELECT id, text, due FROM commitment_item WHERE commitment = ? ORDER BY position',
    [sheet.id],
  );
  for (const item of items)
    await insertTask(tx, { ...item, id: newId(), branch: sheet.branch, year: sheet.year, item: item.id, own, owner });
}
export async function insertTask(
  tx: Writer,
  task: Pick<Task, 'id' | 'branch' | 'year' | 'item' | 'own' | 'owner' | 'text' | 'due'>,
): Promise<void> {
  await tx.run(
    `INSERT INTO task (id, branch, year, item, own, owner, text, due, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')
     ON CONFLICT DO NOTHING`,
    [task.id, task.branch, task.year, task.item, task.own ? 1 : 0, task.owner, task.text, task.due],
  );
}
/** @returns false when it is not open. */
export const giveTask = async (tx: Writer, id: string, owner: string, due: string): Promise<boolean> =>
  (await tx.run("UPDATE task SET owner = ?, due = ? WHERE id = ? AND state = 'open'", [owner, due, id])) > 0;
/** Writes a task over that comes from something else than a commitment. @returns false when it is not open. */
export const rewriteTask = async (
  tx: Writer,
  id: string,
  { owner, text, due, year }: Pick<Task, 'owner' | 'text' | 'due' | 'year'>,
): Promise<boolean> =>
  (await tx.run("UPDATE task SET owner = ?, text = ?, due = ?, year = ? WHERE id = ? AND state = 'open'", [
    owner,
    text,
    due,
    year,
    id,
  ])) > 0;
/** @returns false when it was not in `from`. */
export const moveTask = async (
  tx: Writer,
  id: string,
  from: TaskState,
  to: TaskState,
  doneOn: string | null,
): Promise<boolean> =>
  (await tx.run('UPDATE task SET state = ?, done_on = ? WHERE id = ? AND state = ?', [to, doneOn, id, from])) > 0;
