/** The register of a unit's leading group: its meetings (R21) and the evidence of the five sames (R117). */
import {
  type EvidenceProblem,
  type LeadingMeetingProblem,
  readEvidence,
  readLeadingMeeting,
  type Same,
  SAMES,
} from '../../domain/leading-group.ts';
import { today } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  dropEvidence,
  dropLeadingMeeting,
  type Evidence,
  evidenceOf,
  insertEvidence,
  insertLeadingMeeting,
  keepersOf,
  type LeadingMeeting,
  leadingMeetingsOf,
  unitName,
} from '../../store/leading-groups.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';

export const keepsRegister = async (h: Reader, actor: Pick<Actor, 'employeeNo' | 'unit'>): Promise<boolean> =>
  (await keepersOf(h, actor.unit)).includes(actor.employeeNo);
const yearOf = (use: Use, now: number): number => Number(today(now, use.config.timezone).slice(0, 4));

export interface LeadingView {
  unitName: string;
  year: number;
  meetings: readonly LeadingMeeting[];
  minimum: number;
  evidence: Readonly<Record<Same, readonly Evidence[]>>;
}
/** What the unit has registered this year. */
export async function leadingView(h: Reader, use: Use, unit: string, now: number): Promise<LeadingView> {
  const year = yearOf(use, now);
  const all = await evidenceOf(h, unit, year);
  const evidence: Record<Same, Evidence[]> = { planned: [], assigned: [], inspected: [], assessed: [], commended: [] };
  for (const same of SAMES) evidence[same] = all.filter((one) => one.same === same);
  return {
    unitName: await unitName(h, unit),
    year,
    meetings: await leadingMeetingsOf(h, unit, year),
    minimum: use.years.of(year).rules.leading_group_meetings_min,
    evidence,
  };
}

export async function addLeadingMeeting(
  tx: Writer,
  use: Use,
  actor: Actor,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<LeadingMeeting, LeadingMeetingProblem | 'not_keeper'>> {
  if (!(await keepsRegister(tx, actor))) return no('not_keeper');
  const read = readLeadingMeeting(form, today(now, use.config.timezone));
  if (!read.ok) return read;
  const meeting = { id: use.newId(), unit: actor.unit, ...read.value };
  await insertLeadingMeeting(tx, meeting, actor.employeeNo);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'leading_meeting_registered',
    object: actor.unit,
    detail: { date: meeting.date },
  });
  return yes(meeting);
}

export async function addEvidence(
  tx: Writer,
  use: Use,
  actor: Actor,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<Evidence, EvidenceProblem | 'not_keeper'>> {
  if (!(await keepsRegister(tx, actor))) return no('not_keeper');
  const read = readEvidence(form);
  if (!read.ok) return read;
  const evidence = {
    id: use.newId(),
    unit: actor.unit,
    year: yearOf(use, now),
    ...read.value,
    date: today(now, use.config.timezone),
  };
  await insertEvidence(tx, evidence, actor.employeeNo);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'evidence_registered',
    object: actor.unit,
    detail: { same: evidence.same },
  });
  return yes(evidence);
}

/** Takes a wrong entry out; that it was there stays in the trail (F23). */
export async function removeEntry(
  tx: Writer,
  actor: Actor,
  what: 'meeting' | 'evidence',
  id: string,
  now: number,
): Promise<Verdict<true, 'not_keeper' | 'gone'>> {
  if (!(await keepsRegister(tx, actor))) return no('not_keeper');
  const drop = what === 'meeting' ? dropLeadingMeeting : dropEvidence;
  if (!(await drop(tx, id, actor.unit))) return no('gone');
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'leading_entry_removed',
    object: actor.unit,
    detail: { what },
  });
  return yes(true);
}
