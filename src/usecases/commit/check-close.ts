/** The end of a weekly check: what is done is settled and the secretary gets the digest; liaison officers read rates only (A48). */
import { raiseMissed } from '../../domain/weekly-check.ts';
import { eachItem, type JobOutcome } from '../../job.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { branchesOfDistrict, secretariesOf } from '../../store/roster.ts';
import {
  answeredLately,
  answersOfBranch,
  branchesDue,
  type CheckRate,
  type CheckRound,
  checkDueOf,
  checkRatesOf,
  checkRoundsToClose,
  moveCheckRound,
  putCheckRates,
  settleDone,
} from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { runnersOf } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** The secretary; in a branch that has none, whoever runs it. */
async function digestReaders(h: Reader, branch: string): Promise<string[]> {
  const secretaries = (await secretariesOf(h, branch)).map((person) => person.employeeNo);
  return secretaries.length > 0 ? secretaries : runnersOf(h, branch);
}

/** Ends the taking of answers: what is done is settled, the rates stand from here on. Twice is harmless. */
async function endAnswers(tx: Writer, { week }: CheckRound): Promise<void> {
  if (!(await moveCheckRound(tx, week, 'open', 'closing'))) return;
  await settleDone(tx, week);
  await putCheckRates(tx, week);
}

/** The digest of a branch to its secretary, and a quiet word to whoever missed two weeks in a row. Twice is harmless. */
async function tellBranch(tx: Writer, use: Use, week: string, branch: string, now: number): Promise<void> {
  const hours = inMessageHours(use, now);
  const card = { card: 'check_digest', args: { week, branch } };
  await sendToPeople(tx, await digestReaders(tx, branch), card, { ...hours, once: `check-digest:${week}:${branch}` });
  const raised: string[] = [];
  for (const { person, answered } of await checkDueOf(tx, week, branch))
    if (!answered && raiseMissed(await answeredLately(tx, person))) raised.push(person);
  await sendToPeople(tx, raised, { card: 'check_missed', args: {} }, { ...hours, once: `check-missed:${week}` });
}

/**
 * Closes every round whose time is over, a branch at a time: whoever is killed in the middle leaves it `closing`, and the next run
 * goes on where nobody can get a message twice.
 */
export async function closeDueRounds(use: Use, now: number): Promise<Pick<JobOutcome, 'done' | 'failed'>> {
  const sum = { done: 0, failed: 0 };
  for (const round of await checkRoundsToClose(use.db.read, now)) {
    const { week } = round;
    await use.db.write((tx) => endAnswers(tx, round));
    const problem = (err: unknown) => use.log.error({ err, week }, 'a weekly check could not be reported on');
    const branches = await eachItem(
      await branchesDue(use.db.read, week),
      (branch) => use.db.write((tx) => tellBranch(tx, use, week, branch, now)),
      problem,
    );
    sum.done += branches.done;
    sum.failed += branches.failed;
    if (branches.failed === 0) await use.db.write((tx) => moveCheckRound(tx, week, 'closing', 'closed'));
  }
  return sum;
}

export interface CheckDigest {
  needsHelp: readonly { name: string; text: string; note: string }[];
  notes: readonly { name: string; text: string; note: string }[];
  counts: Readonly<Record<'done' | 'on_track' | 'needs_help', number>>;
  answered: readonly string[];
  missing: readonly string[];
}
/** What the secretary reads on Monday: who needs help first. */
export async function checkDigest(h: Reader, week: string, branch: string): Promise<CheckDigest> {
  const due = await checkDueOf(h, week, branch);
  const names = new Map(due.map(({ person, name }) => [person, name]));
  const answers = await answersOfBranch(h, week, branch);
  const line = ({ person, text, note }: (typeof answers)[number]) => ({ name: names.get(person) ?? '', text, note });
  const of = (state: string) => answers.filter((answer) => answer.state === state);
  return {
    needsHelp: of('needs_help').map(line),
    notes: answers.filter((answer) => answer.state !== 'needs_help' && answer.note !== '').map(line),
    counts: { done: of('done').length, on_track: of('on_track').length, needs_help: of('needs_help').length },
    answered: due.filter((one) => one.answered).map((one) => one.name),
    missing: due.filter((one) => !one.answered).map((one) => one.name),
  };
}

/** The rate of each branch of a district, in per cent rounded down; null where nobody was due. Nothing about persons. */
export async function districtRates(
  h: Reader,
  week: string,
  district: string,
): Promise<{ code: string; name: string; rate: number | null }[]> {
  const rates = new Map((await checkRatesOf(h, week)).map((row) => [row.branch, row]));
  const percent = (row: CheckRate | undefined) =>
    row === undefined || row.due === 0 ? null : Math.floor((row.answered * 100) / row.due);
  return (await branchesOfDistrict(h, district)).map(({ code, name }) => ({
    code,
    name,
    rate: percent(rates.get(code)),
  }));
}
