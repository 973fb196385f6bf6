/** Rounds of the weekly self-check: who is due, what they answered, the rate of each branch (R64, A48). */
import { z } from 'zod';
import { type CheckAnswer, type CheckState, checkStateSchema } from '../domain/weekly-check.ts';
import type { Reader, Writer } from './db.ts';

const roundRow = z.object({
  week: z.string(),
  openedOn: z.string(),
  until: z.int(),
  state: z.enum(['open', 'closing', 'closed']),
});
export type CheckRound = z.infer<typeof roundRow>;
const ROUND = 'SELECT week, opened_on AS openedOn, until, state FROM check_round';

export const findCheckRound = (h: Reader, week: string): Promise<CheckRound | null> =>
  h.get(roundRow, `${ROUND} WHERE week = ?`, [week]);
/** The round that takes answers now, the newest if an older one was never closed. */
export const openCheckRound = (h: Reader): Promise<CheckRound | null> =>
  h.get(roundRow, `${ROUND} WHERE state = 'open' ORDER BY opened_on DESC LIMIT 1`);
/** The newest round that takes no answers any more. */
export const lastEndedCheck = (h: Reader): Promise<CheckRound | null> =>
  h.get(roundRow, `${ROUND} WHERE state <> 'open' ORDER BY opened_on DESC LIMIT 1`);
export const checkRoundsToClose = (h: Reader, now: number): Promise<CheckRound[]> =>
  h.all(roundRow, `${ROUND} WHERE state = 'closing' OR (state = 'open' AND until <= ?) ORDER BY opened_on`, [now]);
export const insertCheckRound = (tx: Writer, round: Omit<CheckRound, 'state'>): Promise<number> =>
  tx.run("INSERT INTO check_round (week, opened_on, until, state) VALUES (?, ?, ?, 'open') ON CONFLICT DO NOTHING", [
    round.week,
    round.openedOn,
    round.until,
  ]);
/** @returns false when it was not in `from`. */
export const moveCheckRound = async (
  tx: Writer,
  week: string,
  from: CheckRound['state'],
  to: CheckRound['state'],
): Promise<boolean> =>
  (await tx.run('UPDATE check_round SET state = ? WHERE week = ? AND state = ?', [to, week, from])) > 0;

const personRow = z.object({ person: z.string() });
/** Makes everybody of the branch with an open task due. @returns all who are due, by number */
export async function insertCheckDue(tx: Writer, week: string, branch: string): Promise<string[]> {
  await tx.run(
    `INSERT INTO check_due (week, person, branch) SELECT ?1, p.employee_no, p.branch FROM person p
     WHERE p.branch = ?2 AND p.left_on IS NULL AND EXISTS (SELECT 1 FROM task t WHERE t.owner = p.employee_no AND t.state = 'open')
     ON CONFLICT DO NOTHING`,
    [week, branch],
  );
  const rows = await tx.all(personRow, 'SELECT person FROM check_due WHERE week = ? AND branch = ? ORDER BY person', [
    week,
    branch,
  ]);
  return rows.map((row) => row.person);
}
/** Branches with an open task. */
export const branchesWithTasks = (h: Reader): Promise<{ branch: string }[]> =>
  h.all(
    z.object({ branch: z.string() }),
    `SELECT DISTINCT p.branch FROM task t JOIN person p ON p.employee_no = t.owner JOIN branch b ON b.code = p.branch
     WHERE t.state = 'open' AND p.left_on IS NULL AND b.closed_on IS NULL ORDER BY p.branch`,
  );

const dueRow = z.object({
  person: z.string(),
  name: z.string(),
  branch: z.string(),
  answered: z.int().transform((it) => it === 1),
});
export type CheckDue = z.infer<typeof dueRow>;
const DUE = `SELECT d.person, p.name, d.branch, d.answered FROM check_due d JOIN person p ON p.employee_no = d.person`;
export const findCheckDue = (h: Reader, week: string, person: string): Promise<CheckDue | null> =>
  h.get(dueRow, `${DUE} WHERE d.week = ? AND d.person = ?`, [week, person]);
/** Those due in a branch who are here, in roster order. */
export const checkDueOf = (h: Reader, week: string, branch: string): Promise<CheckDue[]> =>
  h.all(
    dueRow,
    `${DUE} WHERE d.week = ? AND d.branch = ? AND (p.left_on IS NULL OR d.answered = 1) ORDER BY p.position, d.person`,
    [week, branch],
  );
export const branchesDue = async (h: Reader, week: string): Promise<string[]> =>
  (
    await h.all(
      z.object({ branch: z.string() }),
      'SELECT DISTINCT branch FROM check_due WHERE week = ? ORDER BY branch',
      [week],
    )
  ).map((row) => row.branch);
export const setAnswered = (tx: Writer, week: string, person: string, answered: boolean): Promise<number> =>
  tx.run('UPDATE check_due SET answered = ? WHERE week = ? AND person = ?', [answered ? 1 : 0, week, person]);
/** Takes a person off who has nothing left to answer for. */
export const dropEmptyDue = (tx: Writer, person: string): Promise<number> =>
  tx.run(
    `DELETE FROM check_due WHERE person = ?1 AND answered = 0 AND week IN (SELECT week FROM check_round WHERE state = 'open')
     AND NOT EXISTS (SELECT 1 FROM task t WHERE t.owner = ?1 AND t.state = 'open')`,
    [person],
  );
/** Whether each of the person's checks that are over was answered, newest first. */
export const answeredLately = async (h: Reader, person: string): Promise<boolean[]> =>
  (
    await h.all(
      z.object({ answered: z.int() }),
      `SELECT d.answered FROM check_due d JOIN check_round r ON r.week = d.week WHERE d.person = ? AND r.state <> 'open'
       ORDER BY r.opened_on DESC LIMIT 60`,
      [person],
    )
  ).map((row) => row.answered === 1);

const answerRow = z.object({
  task: z.string(),
  person: z.string(),
  text: z.string(),
  state: checkStateSchema,
  note: z.string(),
});
const ANSWER = 'SELECT a.task, a.person, t.text, a.state, a.note FROM check_answer a JOIN task t ON t.id = a.task';
export const answersOf = (h: Reader, week: string, person: string): Promise<z.infer<typeof answerRow>[]> =>
  h.all(answerRow, `${ANSWER} WHERE a.week = ? AND a.person = ?`, [week, person]);
export const answersOfBranch = (h: Reader, week: string, branch: string): Promise<z.infer<typeof answerRow>[]> =>
  h.all(
    answerRow,
    `${ANSWER} JOIN check_due d ON d.week = a.week AND d.person = a.person WHERE a.week = ? AND d.branch = ? ORDER BY t.due, a.task`,
    [week, branch],
  );
/** The newest answer to each of a person's tasks. */
export const lastAnswers = async (h: Reader, person: string): Promise<Map<string, CheckState>> =>
  new Map(
    (
      await h.all(
        answerRow.pick({ task: true, state: true }),
        `SELECT a.task, a.state FROM check_answer a JOIN check_round r ON r.week = a.week WHERE a.person = ? ORDER BY r.opened_on`,
        [person],
      )
    ).map(({ task, state }) => [task, state]),
  );
export const putAnswer = (
  tx: Writer,
  week: string,
  person: string,
  { task, state, note }: CheckAnswer,
): Promise<number> =>
  tx.run(
    `INSERT INTO check_answer (week, task, person, state, note) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (week, task) DO UPDATE SET person = excluded.person, state = excluded.state, note = excluded.note`,
    [week, task, person, state, note],
  );
/** Tasks answered `done` in a round are done, on the day the round was opened. */
export const settleDone = (tx: Writer, week: string): Promise<number> =>
  tx.run(
    `UPDATE task SET state = 'done', done_on = (SELECT opened_on FROM check_round WHERE week = ?1) WHERE state = 'open'
     AND EXISTS (SELECT 1 FROM check_answer a WHERE a.week = ?1 AND a.task = task.id AND a.state = 'done' AND a.person = task.owner)`,
    [week],
  );

const rateRow = z.object({ branch: z.string(), due: z.int(), answered: z.int() });
export type CheckRate = z.infer<typeof rateRow>;
export const putCheckRates = (tx: Writer, week: string): Promise<number> =>
  tx.run(
    `INSERT INTO check_rate (week, branch, due, answered) SELECT d.week, d.branch, count(*), sum(d.answered) FROM check_due d
     JOIN person p ON p.employee_no = d.person WHERE d.week = ? AND (p.left_on IS NULL OR d.answered = 1) GROUP BY d.branch
     ON CONFLICT DO NOTHING`,
    [week],
  );
export const checkRatesOf = (h: Reader, week: string): Promise<CheckRate[]> =>
  h.all(rateRow, 'SELECT branch, due, answered FROM check_rate WHERE week = ? ORDER BY branch', [week]);
/** Due and answered checks of rounds opened from `from` to `to` (ISO dates, both included), by branch. */
export const checkRatesBetween = async (h: Reader, from: string, to: string): Promise<Map<string, CheckRate>> =>
  new Map(
    (
      await h.all(
        rateRow,
        `SELECT c.branch, sum(c.due) AS due, sum(c.answered) AS answered FROM check_rate c JOIN check_round r ON r.week = c.week
         WHERE r.opened_on BETWEEN ? AND ? GROUP BY c.branch`,
        [from, to],
      )
    ).map((row) => [row.branch, row]),
  );
