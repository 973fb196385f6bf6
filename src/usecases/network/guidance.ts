/** Guidance before each quarterly review (R68, J13, J22): written by the office, read by every branch, receipts by branch only. */
import { readDate } from '../../domain/form.ts';
import { periodOf, today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { JobMoment } from '../../job.ts';
import type { Writer } from '../../store/db.ts';
import {
  findGuidance,
  type Guidance,
  guidanceOf,
  insertGuidance,
  markGuidanceRead,
  unreadBranches,
} from '../../store/guidance.ts';
import { type Actor, allBranches } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { isOffice, officePeople, onCommittee, runnersOfAll } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

export const GUIDANCE_MAX = 1_000;
export type GuidanceRefusal = 'not_office' | 'empty' | 'too_long' | 'bad_date';

export const quarterOf = (use: Pick<Use, 'config'>, now: number): string =>
  periodOf('quarter', today(now, use.config.timezone));

const codes = (branches: readonly { code: string }[]): string[] => branches.map(({ code }) => code);

/** Sends the text to those who run each branch (J13). An older text of the quarter stays readable; receipts start anew. */
export async function publishGuidance(
  tx: Writer,
  use: Use,
  actor: Actor,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Guidance, GuidanceRefusal>> {
  if (!isOffice(use, actor)) return no('not_office');
  const body = (form.text ?? '').trim();
  if (body === '') return no('empty');
  if (Array.from(body).length > GUIDANCE_MAX) return no('too_long');
  const due = readDate(form.due);
  if (due === null && (form.due ?? '').trim() !== '') return no('bad_date');
  const guidance: Guidance = {
    id: use.newId(),
    period: quarterOf(use, now),
    body,
    due,
    by: actor.employeeNo,
    at: now,
  };
  await insertGuidance(tx, guidance);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'guidance_published',
    object: guidance.id,
    detail: { period: guidance.period },
  });
  await sendToPeople(
    tx,
    await runnersOfAll(tx, codes(await allBranches(tx))),
    { card: 'guidance', args: { guidance: guidance.id } },
    { now, once: `guidance:${guidance.id}` },
  );
  return yes(guidance);
}

/** Notes that the branch has read it; a committee member may do so for the branch. */
export async function readGuidance(
  tx: Writer,
  actor: Actor,
  id: string,
): Promise<Verdict<Guidance, 'gone' | 'not_committee'>> {
  const guidance = await findGuidance(tx, id);
  if (guidance === null) return no('gone');
  if (!onCommittee(actor, actor.branch)) return no('not_committee');
  await markGuidanceRead(tx, id, actor.branch);
  return yes(guidance);
}

/**
 * The quarter's reminder: to the office while nothing is written, else to those who run a branch that has not read it.
 * Safe to run twice for the same day.
 * @returns how many people were written to
 */
export async function remindGuidance(tx: Writer, use: Use, { now, slot }: JobMoment): Promise<number> {
  const period = quarterOf(use, now);
  const date = today(slot, use.config.timezone);
  const options = inMessageHours(use, now);
  const guidance = await guidanceOf(tx, period);
  if (guidance === null) {
    const office = await officePeople(tx, use);
    await sendToPeople(tx, office, { card: 'guidance_form', args: {} }, { ...options, once: `guidance-due:${date}` });
    return office.length;
  }
  const owing = await runnersOfAll(tx, codes(await unreadBranches(tx, guidance.id)));
  await sendToPeople(
    tx,
    owing,
    { card: 'guidance', args: { guidance: guidance.id } },
    { ...options, once: `guidance-read:${guidance.id}:${date}` },
  );
  return owing.length;
}
