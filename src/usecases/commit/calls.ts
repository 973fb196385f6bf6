/** The invitation to write commitments and its reminders (J4). */
import { openYears } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import { sheetOfBranch, sheetOfPerson } from '../../store/commitments.ts';
import type { JobMoment } from '../../job.ts';
import type { Writer } from '../../store/db.ts';
import { type Actor, peopleOfBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { mayWrite } from './sheet.ts';

/**
 * Sends everybody of the branch who may write and has not handed in this year's sheet the card for it, and the secretary the
 * branch's. Once for every day it is scheduled for, whenever the run comes to its end. @returns how many cards
 */
export async function callToCommit(tx: Writer, use: Use, branch: string, { now, slot }: JobMoment): Promise<number> {
  const date = today(now, use.config.timezone);
  const year = Number(date.slice(0, 4));
  if (!openYears(date).includes(year)) return 0;
  const people = await peopleOfBranch(tx, branch);
  const owing: Actor[] = [];
  for (const person of people.filter((one) => mayWrite(one, 'own'))) {
    const state = (await sheetOfPerson(tx, person.employeeNo, year))?.state ?? 'draft';
    if (state === 'draft' || state === 'returned') owing.push(person);
  }
  const hours = inMessageHours(use, now);
  const day = today(slot, use.config.timezone);
  const numbers = owing.map((person) => person.employeeNo);
  await sendToPeople(
    tx,
    numbers,
    { card: 'commitment', args: { year, whose: 'own', star: 0 } },
    { ...hours, once: `commit-call:${day}` },
  );
  const own = (await sheetOfBranch(tx, branch, year))?.state ?? 'draft';
  const secretary = people.find((person) => runsBranch(person, branch));
  if (secretary === undefined || (own !== 'draft' && own !== 'returned')) return owing.length;
  const card = { card: 'commitment', args: { year, whose: 'branch', star: 0 } };
  await sendToPeople(tx, [secretary.employeeNo], card, { ...hours, once: `commit-call-branch:${day}` });
  return owing.length + 1;
}
