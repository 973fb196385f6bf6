/** The weekly self-check from opening to answering (R64, J8). Answers are seen by the person and the secretary (A48). */
import { today } from '../../domain/period.ts';
import { no } from '../../domain/verdict.ts';
import { type CheckAnswer, type CheckFormProblem, closesAt, readCheck, weekOf } from '../../domain/weekly-check.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { openTasksOf, type Task } from '../../store/tasks.ts';
import {
  answersOf,
  branchesWithTasks,
  checkDueOf,
  type CheckDue,
  type CheckRound,
  findCheckDue,
  findCheckRound,
  insertCheckDue,
  insertCheckRound,
  openCheckRound,
  putAnswer,
  setAnswered,
} from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** Tasks on one page: a select and a note each, within the platform's limit of elements. */
export const TASKS_PER_PAGE = 10;

/** Opens the round of the week of `now`. @returns the round, and branches with somebody who is due */
export async function openRound(tx: Writer, use: Use, now: number): Promise<{ round: CheckRound; branches: string[] }> {
  const { timezone } = use.config;
  const week = weekOf(now, timezone);
  const until = closesAt(week, timezone, use.calendar);
  await insertCheckRound(tx, { week, openedOn: today(now, timezone), until });
  const round = (await findCheckRound(tx, week)) ?? {
    week,
    openedOn: today(now, timezone),
    until,
    state: 'open' as const,
  };
  // A round that was closed stays closed: nobody is asked again for the same week.
  const branches = round.state === 'open' ? (await branchesWithTasks(tx)).map(({ branch }) => branch) : [];
  return { round, branches };
}

/** One card to everybody of the branch with an open task. Twice is harmless. @returns how many are due */
export async function openChecksOf(
  tx: Writer,
  use: Use,
  { week }: CheckRound,
  branch: string,
  now: number,
): Promise<number> {
  const people = await insertCheckDue(tx, week, branch);
  const card = { card: 'weekly_check', args: { week, page: 0 } };
  await sendToPeople(tx, people, card, { ...inMessageHours(use, now), once: `check:${week}` });
  return people.length;
}

/** Reminds those of the branch who owe, privately. */
export async function remindChecksOf(
  tx: Writer,
  use: Use,
  { week }: CheckRound,
  branch: string,
  now: number,
): Promise<number> {
  const owing = (await checkDueOf(tx, week, branch)).filter((one) => !one.answered).map((one) => one.person);
  const card = { card: 'weekly_check_reminder', args: { week } };
  await sendToPeople(tx, owing, card, { ...inMessageHours(use, now), once: `check-remind:${week}` });
  return owing.length;
}

export interface OwnCheck {
  round: CheckRound;
  due: CheckDue;
  /** Open ones; nothing is settled before the close, so an answer can be changed. */
  tasks: readonly Task[];
  answers: ReadonlyMap<string, CheckAnswer>;
}
/** A person's check of a week; null for who is not asked. */
export async function ownCheck(h: Reader, week: string, person: string): Promise<OwnCheck | null> {
  const round = await findCheckRound(h, week);
  const due = await findCheckDue(h, week, person);
  if (round === null || due === null) return null;
  const tasks = await openTasksOf(h, person);
  const answers = new Map((await answersOf(h, week, person)).map((answer) => [answer.task, answer]));
  return { round, due, tasks, answers };
}
/** The check a person may answer now. */
export async function currentCheck(h: Reader, person: string): Promise<OwnCheck | null> {
  const round = await openCheckRound(h);
  return round === null ? null : ownCheck(h, round.week, person);
}

export type CheckRefusal = { ok: false; reason: 'not_due' | 'closed' } | CheckFormProblem;
export type CheckResult = { ok: true; answered: boolean; open: number } | CheckRefusal;

async function answerable(
  h: Reader,
  week: string,
  person: string,
): Promise<{ ok: true; check: OwnCheck } | { ok: false; reason: 'not_due' | 'closed' }> {
  const check = await ownCheck(h, week, person);
  if (check === null) return no('not_due');
  return check.round.state !== 'open' ? no('closed') : { ok: true, check };
}
async function store(
  tx: Writer,
  { round: { week }, due: { person }, tasks, answers }: OwnCheck,
  given: readonly CheckAnswer[],
): Promise<CheckResult> {
  for (const answer of given) await putAnswer(tx, week, person, answer);
  const said = new Set([...answers.keys(), ...given.map((answer) => answer.task)]);
  const open = tasks.filter((task) => !said.has(task.id)).length;
  if (open === 0) await setAnswered(tx, week, person, true);
  return { ok: true, answered: open === 0, open };
}

/** Takes the answers of one page. Until the close they may be changed; the check counts once every task is answered. */
export async function answerCheck(
  tx: Writer,
  person: string,
  week: string,
  page: number,
  form: Readonly<Record<string, string>>,
): Promise<CheckResult> {
  const found = await answerable(tx, week, person);
  if (!found.ok) return found;
  const { check } = found;
  const shown = check.tasks.slice(page * TASKS_PER_PAGE, (page + 1) * TASKS_PER_PAGE);
  const read = readCheck(
    form,
    shown.map((task) => task.id),
  );
  return read.ok ? store(tx, check, read.value) : read;
}

/** One tap: every task is on track. Notes given before stay. */
export async function allOnTrack(tx: Writer, person: string, week: string): Promise<CheckResult> {
  const found = await answerable(tx, week, person);
  if (!found.ok) return found;
  const { check } = found;
  return store(
    tx,
    check,
    check.tasks.map(({ id: task }) => ({ task, state: 'on_track', note: check.answers.get(task)?.note ?? '' })),
  );
}
