/** Sheets of commitments and their items (R49–R61). */
import { z } from 'zod';
import { type CommitmentState, commitmentStateSchema, type ItemText } from '../domain/commitment.ts';
import type { Reader, Writer } from './db.ts';

const sheetRow = z.object({
  id: z.string(),
  year: z.int(),
  branch: z.string(),
  /** Null: the branch's own. */
  person: z.string().nullable(),
  state: commitmentStateSchema,
  /** Hash of the catalogue the stars stand in. */
  catalogue: z.string(),
  comment: z.string(),
  submittedBy: z.string().nullable(),
  /** Date. */
  replyBy: z.string().nullable(),
  version: z.int(),
});
export type Sheet = z.infer<typeof sheetRow>;
const itemRow = z.object({ id: z.string(), star: z.string(), text: z.string(), result: z.string(), due: z.string() });
export type Item = z.infer<typeof itemRow>;

const SHEET = `SELECT c.id, c.year, c.branch, c.person, c.state, c.catalogue, c.comment, c.submitted_by AS submittedBy,
  c.reply_by AS replyBy, c.version FROM commitment c`;
const SUBMITTED = `${SHEET} WHERE c.state = 'submitted' ORDER BY c.reply_by, c.id`;
const HOLDS = `SELECT 1 FROM person_role r JOIN person p ON p.employee_no = r.person JOIN branch pb ON pb.code = p.branch
  WHERE p.left_on IS NULL AND p.employee_no IS NOT c.person`;
const NEAR = `${SHEET} JOIN branch b ON b.code = c.branch WHERE c.state = 'submitted' AND (c.branch = ?1 OR b.unit = ?2 OR (?3 = 1
  AND (c.person IS NULL OR NOT EXISTS (${HOLDS} AND p.branch = c.branch AND r.role IN ('secretary', 'deputy_secretary', 'committee')))
  AND NOT EXISTS (${HOLDS} AND pb.unit = b.unit AND r.role = 'leading_group' AND (c.person IS NOT NULL OR p.branch <> c.branch
    OR NOT EXISTS (SELECT 1 FROM person_role s WHERE s.person = p.employee_no AND s.role IN ('secretary', 'deputy_secretary'))))))
  ORDER BY c.reply_by, c.id`;
const IN_ROSTER_ORDER = `${SHEET} LEFT JOIN person p ON p.employee_no = c.person WHERE c.branch = ? AND c.year = ?
  AND p.left_on IS NULL ORDER BY c.person IS NOT NULL, p.position, c.person`;

export const findSheet = (h: Reader, id: string): Promise<Sheet | null> =>
  h.get(sheetRow, `${SHEET} WHERE c.id = ?`, [id]);
export const sheetOfPerson = (h: Reader, person: string, year: number): Promise<Sheet | null> =>
  h.get(sheetRow, `${SHEET} WHERE c.person = ? AND c.year = ?`, [person, year]);
/** The branch's own. */
export const sheetOfBranch = (h: Reader, branch: string, year: number): Promise<Sheet | null> =>
  h.get(sheetRow, `${SHEET} WHERE c.branch = ? AND c.person IS NULL AND c.year = ?`, [branch, year]);
/** All sheets of a branch: its own first, then people who are here in roster order (A45). */
export const sheetsOfBranch = (h: Reader, branch: string, year: number): Promise<Sheet[]> =>
  h.all(sheetRow, IN_ROSTER_ORDER, [branch, year]);
/** Everything that waits for an approval, the most urgent first. */
export const submittedSheets = (h: Reader): Promise<Sheet[]> => h.all(sheetRow, SUBMITTED);
/**
 * Those of them that may be a person's to examine: of the own branch; with `unit` of the branches of that unit; with `orphans` also
 * those for which neither a committee nor a leading group is there. Who really decides is for the use case to say.
 */
export const submittedNear = (
  h: Reader,
  near: { branch: string; unit: string | null; orphans: boolean },
): Promise<Sheet[]> => h.all(sheetRow, NEAR, [near.branch, near.unit, near.orphans ? 1 : 0]);

/** The sheet an item stands on. */
export const sheetOfItem = (h: Reader, item: string): Promise<Sheet | null> =>
  h.get(sheetRow, `${SHEET} JOIN commitment_item i ON i.commitment = c.id WHERE i.id = ?`, [item]);
export const itemsOf = (h: Reader, sheet: string): Promise<Item[]> =>
  h.all(itemRow, 'SELECT id, star, text, result, due FROM commitment_item WHERE commitment = ? ORDER BY position', [
    sheet,
  ]);

export async function insertSheet(
  tx: Writer,
  sheet: Pick<Sheet, 'id' | 'year' | 'branch' | 'person' | 'catalogue'>,
): Promise<void> {
  await tx.run("INSERT INTO commitment (id, year, branch, person, state, catalogue) VALUES (?, ?, ?, ?, 'draft', ?)", [
    sheet.id,
    sheet.year,
    sheet.branch,
    sheet.person,
    sheet.catalogue,
  ]);
}
/** Marks a draft as changed, under the branch and the catalogue of now. */
export const touchSheet = (tx: Writer, id: string, branch: string, catalogue: string): Promise<number> =>
  tx.run('UPDATE commitment SET branch = ?, catalogue = ?, version = version + 1 WHERE id = ?', [
    branch,
    catalogue,
    id,
  ]);

export interface SheetMove {
  from: readonly CommitmentState[];
  to: CommitmentState;
  comment?: string;
  submittedBy?: string;
  /** Date; null: nobody is asked any more. */
  replyBy?: string | null;
  decidedBy?: string;
  /** Only in this version. */
  version?: number;
}
const MOVE = `UPDATE commitment SET state = ?2, comment = coalesce(?3, comment), submitted_by = coalesce(?4, submitted_by), reply_by = ?5,
  decided_by = coalesce(?6, decided_by), version = version + 1
  WHERE id = ?1 AND state IN (SELECT value FROM json_each(?7)) AND (?8 IS NULL OR version = ?8)`;
/** @returns false when it was in none of the states `from`, or in another version. */
export async function moveSheet(tx: Writer, id: string, move: SheetMove): Promise<boolean> {
  const { from, to, comment = null, submittedBy = null, replyBy = null, decidedBy = null, version = null } = move;
  return (await tx.run(MOVE, [id, to, comment, submittedBy, replyBy, decidedBy, JSON.stringify(from), version])) > 0;
}

export async function insertItem(tx: Writer, sheet: string, id: string, item: ItemText): Promise<void> {
  await tx.run(
    `INSERT INTO commitment_item (id, commitment, position, star, text, result, due)
     SELECT ?1, ?2, coalesce(max(position), 0) + 1, ?3, ?4, ?5, ?6 FROM commitment_item WHERE commitment = ?2`,
    [id, sheet, item.star, item.text, item.result, item.due],
  );
}
export const updateItem = async (tx: Writer, sheet: string, id: string, item: ItemText): Promise<boolean> =>
  (await tx.run('UPDATE commitment_item SET star = ?, text = ?, result = ?, due = ? WHERE id = ? AND commitment = ?', [
    item.star,
    item.text,
    item.result,
    item.due,
    id,
    sheet,
  ])) > 0;
export const deleteItem = async (tx: Writer, sheet: string, id: string): Promise<boolean> =>
  (await tx.run('DELETE FROM commitment_item WHERE id = ? AND commitment = ?', [id, sheet])) > 0;

const countRow = z.object({ branch: z.string(), due: z.int(), good: z.int() });
/** The newest answer of a round begun in the period, `done` in an earlier one staying done. */
const ON_SCHEDULE = `SELECT t.branch, count(*) AS due, sum(
    (t.state = 'done' AND t.done_on <= ?1) OR coalesce((SELECT a.state FROM check_answer a JOIN check_round r ON r.week = a.week
      WHERE a.task = t.id AND r.opened_on <= ?1 ORDER BY r.opened_on DESC LIMIT 1), '') IN ('done', 'on_track')) AS good
  FROM task t JOIN person p ON p.employee_no = t.owner
  WHERE t.item IS NOT NULL AND t.year = ?2 AND t.state <> 'dropped' AND t.due <= ?1 AND p.left_on IS NULL GROUP BY t.branch`;
/** Items due by a date, and how many of them were done or on track then, by branch. */
export const itemsOnSchedule = async (
  h: Reader,
  year: number,
  by: string,
): Promise<Map<string, { due: number; good: number }>> =>
  new Map((await h.all(countRow, ON_SCHEDULE, [by, year])).map(({ branch, due, good }) => [branch, { due, good }]));
