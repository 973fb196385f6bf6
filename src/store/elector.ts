/** The roll of a ballot: who may vote, in which category, and whether they have. No times and no link to a ballot (F3). */
import { z } from 'zod';
import type { Elector } from '../ballot/roll.ts';
import { type Category, categorySchema } from '../domain/marks.ts';
import type { Reader, Writer } from './db.ts';

const flag = z.int().transform((value) => value === 1);
const electorRow = z.object({ person: z.string(), category: categorySchema, voted: flag });
/**
 * `excused`: recorded as unable to attend (A14), excused after a refused tally (A7), or gone for good. May vote while here (A53), but
 * nothing waits for it.
 */
const rollRow = electorRow.extend({ excused: flag });
export type ElectorRow = z.infer<typeof rollRow>;

/** Freezes the roll, or adds to it when a ballot is opened again. Nobody is ever taken off it. */
export async function insertElectors(tx: Writer, review: string, electors: readonly Elector[]): Promise<void> {
  await tx.run(
    `INSERT INTO elector (review, person, class) SELECT ?, value->>'person', value->>'category' FROM json_each(?)`,
    [review, JSON.stringify(electors.map(({ person, category }) => ({ person, category })))],
  );
}

const ROLL = `FROM elector e JOIN person p ON p.employee_no = e.person
     LEFT JOIN review_due d ON d.review = e.review AND d.person = e.person
     LEFT JOIN elector_excuse x ON x.review = e.review AND x.person = e.person WHERE e.review = ?`;
const EXCUSED = '(d.exempt IS NOT NULL OR x.person IS NOT NULL OR p.left_on IS NOT NULL)';

/** Ordered by employee number, which is not the order of voting. */
export const electorsOf = (h: Reader, review: string): Promise<ElectorRow[]> =>
  h.all(rollRow, `SELECT e.person, e.class AS category, e.voted, ${EXCUSED} AS excused ${ROLL} ORDER BY e.person`, [
    review,
  ]);

export const findElector = (h: Reader, review: string, person: string): Promise<z.infer<typeof electorRow> | null> =>
  h.get(electorRow, 'SELECT person, class AS category, voted FROM elector WHERE review = ? AND person = ?', [
    review,
    person,
  ]);

const countRow = z.object({ category: categorySchema, electors: z.int(), expected: z.int(), voted: z.int() });
/** Electors, those of them the tally waits for, and votes by category; a category without electors is absent. */
export const countElectors = (
  h: Reader,
  review: string,
): Promise<{ category: Category; electors: number; expected: number; voted: number }[]> =>
  h.all(
    countRow,
    `SELECT e.class AS category, count(*) AS electors, sum(e.voted = 1 OR NOT ${EXCUSED}) AS expected, sum(e.voted) AS voted ${ROLL}
     GROUP BY e.class ORDER BY e.class`,
    [review],
  );

const personRow = z.object({ person: z.string() });
/** Employee numbers of those who are here and have not voted, for private reminders only; no secretary may see this list. */
export const owedBallots = async (h: Reader, review: string): Promise<string[]> =>
  (
    await h.all(
      personRow,
      `SELECT e.person FROM elector e JOIN person p ON p.employee_no = e.person
       WHERE e.review = ? AND e.voted = 0 AND p.left_on IS NULL ORDER BY e.person`,
      [review],
    )
  ).map((row) => row.person);

export interface Voter {
  review: string;
  person: string;
}
const voterRow = z.object({ review: z.string(), person: z.string() });
const MARK_VOTED = `UPDATE elector SET voted = 1
  WHERE voted = 0 AND (review, person) IN (SELECT value->>0, value->>1 FROM json_each(?)) RETURNING review, person`;

/** Marks a whole group at once. @returns those who had not voted before; the others are not in it. */
export const markVoted = (tx: Writer, voters: readonly Voter[]): Promise<Voter[]> =>
  tx.all(voterRow, MARK_VOTED, [JSON.stringify(voters.map(({ review, person }) => [review, person]))]);
