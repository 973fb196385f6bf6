/** The end of a weekly check: what is done is settled, the secretary gets the digest, liaison officers get rates (A48). */
import { raiseMissed } from '../../domain/weekly-check.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { allDistricts, branchesOfDistrict, peopleOfBranch, peopleWithRole, secretariesOf } from '../../store/roster.ts';
import {
  answeredLately,
  answersOfBranch,
  branchesDue,
  type CheckRate,
  type CheckRound,
  checkDueOf,
  checkRatesOf,
  checkRoundsToClose,
  closeCheckRound,
  putCheckRates,
  settleDone,
} from '../../store/weekly-checks.ts';
import type { Use } from '../../use.ts';
import { has } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** The secretary, or the deputy of a branch that has none. */
async function digestReaders(h: Reader, branch: string): Promise<string[]> {
  const secretaries = (await secretariesOf(h, branch)).map((person) => person.employeeNo);
  if (secretaries.length > 0) return secretaries;
  const people = await peopleOfBranch(h, branch);
  return people.filter((person) => has(person, 'deputy_secretary')).map((person) => person.employeeNo);
}

/**
 * Closes a round, all in one transaction: whoever is killed in the middle finds it open. Closing twice changes nothing.
 * @returns how many branches it was about; null when it was closed before
 */
export async function closeRound(tx: Writer, use: Use, { week }: CheckRound, now: number): Promise<number | null> {
  if (!(await closeCheckRound(tx, week))) return null;
  await settleDone(tx, week);
  await putCheckRates(tx, week);
  const branches = await branchesDue(tx, week);
  const hours = inMessageHours(use, now);
  for (const branch of branches) {
    const card = { card: 'check_digest', args: { week, branch } };
    await sendToPeople(tx, await digestReaders(tx, branch), card, { ...hours, once: `check-digest:${week}:${branch}` });
    const missing = (await checkDueOf(tx, week, branch)).filter((one) => !one.answered);
    const raised: string[] = [];
    for (const { person } of missing) if (raiseMissed(await answeredLately(tx, person))) raised.push(person);
    await sendToPeople(tx, raised, { card: 'check_missed', args: {} }, { ...hours, once: `check-missed:${week}` });
  }
  for (const { code } of await allDistricts(tx)) {
    const officers = (await peopleWithRole(tx, 'liaison', code)).map((person) => person.employeeNo);
    if ((await districtRates(tx, week, code)).some((row) => row.rate !== null))
      await sendToPeople(
        tx,
        officers,
        { card: 'check_rates', args: { week, district: code } },
        { ...hours, once: `check-rates:${week}:${code}` },
      );
  }
  return branches.length;
}

/** Closes every round whose time is over. @returns how many branches they were about */
export async function closeDueRounds(use: Use, now: number): Promise<number> {
  let branches = 0;
  for (const round of await checkRoundsToClose(use.db.read, now))
    branches += (await use.db.write((tx) => closeRound(tx, use, round, now))) ?? 0;
  return branches;
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
