/** What is deleted of commitments, tasks, weekly checks and what stands beside them when its term is over (F16). Rates of branches stay. */
import type { Writer } from './db.ts';

/**
 * Rounds of a branch that were over when the annual appraisal of their year, which is also the fourth quarter (A22), became final. Those
 * that came after it, in the last days of the year, stay until the next one.
 */
const CHECKED = `SELECT d.week, d.person FROM check_due d JOIN check_round r ON r.week = d.week
  JOIN review a ON a.branch = d.branch AND a.state = 'final' AND a.period LIKE '%-Q4' AND r.opened_on <= substr(a.period, 1, 4) || '-12-31'
    AND r.state = 'closed' AND r.until <= a.final_at`;

/** Weekly checks are kept until the next annual appraisal of the branch is final. @returns rows deleted */
export async function forgetChecks(tx: Writer): Promise<number> {
  const answers = await tx.run(`DELETE FROM check_answer WHERE (week, person) IN (${CHECKED})`);
  return answers + (await tx.run(`DELETE FROM check_due WHERE (week, person) IN (${CHECKED})`));
}

const OF_YEAR = [
  'DELETE FROM star_item WHERE CAST(substr(to_date, 1, 4) AS INTEGER) <= ?',
  'UPDATE star_item SET task = NULL WHERE task IN (SELECT id FROM task WHERE year <= ?)',
  'DELETE FROM post_plan WHERE year <= ?',
  'DELETE FROM check_answer WHERE task IN (SELECT id FROM task WHERE year <= ?)',
  'DELETE FROM task WHERE year <= ?',
  'DELETE FROM commitment_item WHERE commitment IN (SELECT id FROM commitment WHERE year <= ?)',
  'DELETE FROM commitment WHERE year <= ?',
];
/** Plans of posts that are in force nowhere and under which no review stands. */
const UNUSED_PLANS = `DELETE FROM post_plan_version WHERE hash NOT IN (SELECT approved FROM post_plan WHERE approved IS NOT NULL)
  AND hash NOT IN (SELECT plan FROM review_post_plan)`;
/** Commitments, units' items, plans of posts and tasks up to a year. @returns rows changed */
export async function forgetCommitments(tx: Writer, year: number): Promise<number> {
  let deleted = 0;
  for (const sql of OF_YEAR) deleted += await tx.run(sql, [year]);
  return deleted + (await tx.run(UNUSED_PLANS));
}
