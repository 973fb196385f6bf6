/** What the branches of the city did in a year, in numbers by branch; nothing about persons. */
import { z } from 'zod';
import { commitmentStateSchema } from '../domain/commitment.ts';
import { reviewStateSchema } from '../domain/review.ts';
import type { Reader } from './db.ts';

const byBranch = <R extends { branch: string }>(rows: readonly R[]): Map<string, R> =>
  new Map(rows.map((row) => [row.branch, row]));

/** Which part of the city is looked at: null leaves it open, so that two nulls are the whole. */
export interface CityPart {
  district: string | null;
  branch: string | null;
}

const membersRow = z.object({ branch: z.string(), n: z.int() });
/** Full and probationary members, by branch. */
export const membersByBranch = async (h: Reader): Promise<Map<string, number>> =>
  new Map(
    (
      await h.all(
        membersRow,
        "SELECT branch, count(*) AS n FROM person WHERE left_on IS NULL AND status <> 'colleague' GROUP BY branch",
        [],
      )
    ).map(({ branch, n }) => [branch, n]),
  );

const sheetsRow = z.object({
  branch: z.string(),
  published: z.int(),
  approved: z.int(),
  submitted: z.int(),
  /** Drafts and returned ones. */
  writing: z.int(),
  /** The branch's own. */
  own: commitmentStateSchema.nullable(),
});
/** Sheets of members who are here, by state, and the state of the branch's own. */
export const sheetsByBranch = async (h: Reader, year: number) =>
  byBranch(
    await h.all(
      sheetsRow,
      `SELECT c.branch, sum(c.person IS NOT NULL AND c.state = 'published') AS published, sum(c.person IS NOT NULL AND c.state = 'approved') AS approved,
         sum(c.person IS NOT NULL AND c.state = 'submitted') AS submitted, sum(c.person IS NOT NULL AND c.state IN ('draft', 'returned')) AS writing,
         max(CASE WHEN c.person IS NULL THEN c.state END) AS own
       FROM commitment c LEFT JOIN person p ON p.employee_no = c.person WHERE c.year = ? AND p.left_on IS NULL GROUP BY c.branch`,
      [year],
    ),
  );

const tasksRow = z.object({ branch: z.string(), open: z.int(), done: z.int(), overdue: z.int() });
/** @param date tasks still open and due before it are overdue */
export const tasksByBranch = async (h: Reader, year: number, date: string) =>
  byBranch(
    await h.all(
      tasksRow,
      `SELECT t.branch, sum(t.state = 'open') AS open, sum(t.state = 'done') AS done, sum(t.state = 'open' AND t.due < ?2) AS overdue
       FROM task t JOIN person p ON p.employee_no = t.owner WHERE t.year = ?1 AND t.state <> 'dropped' AND p.left_on IS NULL GROUP BY t.branch`,
      [year, date],
    ),
  );

const summariesRow = z.object({ branch: z.string(), due: z.int(), onTime: z.int(), filed: z.int() });
/** Closed months of the year that a branch owed, those filed in time, and those filed at all. */
export const summariesByBranch = async (h: Reader, year: number) =>
  byBranch(
    await h.all(
      summariesRow,
      `SELECT d.branch, count(*) AS due, coalesce(sum(s.on_time), 0) AS onTime, count(s.month) AS filed FROM month_due d
       JOIN month_round r ON r.month = d.month LEFT JOIN monthly_summary s ON s.branch = d.branch AND s.month = d.month
       WHERE r.state = 'closed' AND substr(d.month, 1, 4) = ? GROUP BY d.branch`,
      [String(year)],
    ),
  );

const meetingsRow = z.object({ branch: z.string(), held: z.int(), late: z.int(), due: z.int(), present: z.int() });
/** Meetings held, who was due and there at all of them, and those whose minutes were to be there before `date` and are not. */
export const meetingsByBranch = async (h: Reader, year: number, date: string) =>
  byBranch(
    await h.all(
      meetingsRow,
      `SELECT branch, count(*) AS held, sum(points IS NULL AND minutes_by < ?2) AS late,
         coalesce(sum(due), 0) AS due, coalesce(sum(present), 0) AS present FROM meeting
       WHERE state = 'held' AND substr(on_date, 1, 4) = ?1 GROUP BY branch`,
      [String(year), date],
    ),
  );

const reviewRow = z.object({ branch: z.string(), period: z.string(), state: reviewStateSchema });
export const reviewsOfYear = (h: Reader, year: number): Promise<z.infer<typeof reviewRow>[]> =>
  h.all(reviewRow, 'SELECT branch, period, state FROM review WHERE substr(period, 1, 4) = ? ORDER BY period, branch', [
    String(year),
  ]);

const levelRow = z.object({ period: z.string(), level: z.int(), n: z.int() });
/** How many people of published reviews have each number of stars, by quarter (R110, R128). */
export const levelsOfYear = (h: Reader, year: number, { district, branch }: CityPart) =>
  h.all(
    levelRow,
    `SELECT r.period, s.body->>'level' AS level, count(*) AS n FROM review r JOIN sheet s ON s.review = r.id AND s.person <> 'branch'
       JOIN branch b ON b.code = r.branch WHERE r.state IN ('notice', 'final') AND substr(r.period, 1, 4) = ?1
       AND (?2 IS NULL OR b.district = ?2) AND (?3 IS NULL OR b.code = ?3) AND s.body->>'level' IS NOT NULL GROUP BY r.period, level ORDER BY r.period, level`,
    [String(year), district, branch],
  );
const outstandingRow = z.object({ period: z.string(), n: z.int() });
/** Outstanding stars in published reviews, by quarter (R128). */
export const outstandingOfYear = (h: Reader, year: number, { district, branch }: CityPart) =>
  h.all(
    outstandingRow,
    `SELECT r.period, count(*) AS n FROM review r JOIN sheet s ON s.review = r.id AND s.person <> 'branch' JOIN branch b ON b.code = r.branch,
       json_each(s.body, '$.stars') AS star
     WHERE r.state IN ('notice', 'final') AND substr(r.period, 1, 4) = ?1 AND (?2 IS NULL OR b.district = ?2)
       AND (?3 IS NULL OR b.code = ?3) AND star.value->>'won' = 1 AND star.value->>'outstanding' = 1 GROUP BY r.period ORDER BY r.period`,
    [String(year), district, branch],
  );
