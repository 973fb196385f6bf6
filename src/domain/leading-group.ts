/** A unit's Party-building leading group (R20, R21): its meetings of the year, and the evidence of the five sames (R117). */
import { z } from 'zod';
import { cleanLine, readDate } from './form.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Party building and business are planned, assigned, inspected, assessed and commended together. */
export const SAMES = ['planned', 'assigned', 'inspected', 'assessed', 'commended'] as const;
export const sameSchema = z.enum(SAMES);
export type Same = z.infer<typeof sameSchema>;

export const TOPIC_MAX = 60;
export const DECIDED_MAX = 500;
export const EVIDENCE_MAX = 200;
export const REFERENCE_MAX = 80;

/**
 * Meetings that should be there once the month is over, an equal share by each reminder; 0 in months without one (J12).
 * @param month as in a date, `02`
 * @param reminders days of the year
 */
export function expectedBy(month: string, minimum: number, reminders: readonly string[]): number {
  const passed = reminders.findLastIndex((day) => day.startsWith(`${month}-`)) + 1;
  return Math.ceil((minimum * passed) / reminders.length);
}

export interface LeadingMeetingText {
  /** ISO date. */
  date: string;
  topic: string;
  decided: string;
}
export type LeadingMeetingProblem =
  | 'date_missing'
  | 'date_future'
  | 'date_other_year'
  | 'topic_missing'
  | 'topic_long'
  | 'decided_missing'
  | 'decided_long';
const length = (text: string): number => Array.from(text).length;
/** Reads a meeting that was held, of this year or the last. @param today ISO date */
export function readLeadingMeeting(
  form: Readonly<Record<string, string>>,
  today: string,
): Verdict<LeadingMeetingText, LeadingMeetingProblem> {
  const date = readDate(form.date);
  const topic = cleanLine(form.topic);
  const decided = (form.decided ?? '').trim();
  if (date === null) return no('date_missing');
  if (date > today) return no('date_future');
  if (Number(date.slice(0, 4)) < Number(today.slice(0, 4)) - 1) return no('date_other_year');
  if (topic === '') return no('topic_missing');
  if (length(topic) > TOPIC_MAX) return no('topic_long');
  if (decided === '') return no('decided_missing');
  return length(decided) > DECIDED_MAX ? no('decided_long') : yes({ date, topic, decided });
}

export interface EvidenceText {
  same: Same;
  text: string;
  reference: string;
}
export type EvidenceProblem =
  | 'same_missing'
  | 'evidence_missing'
  | 'evidence_long'
  | 'reference_missing'
  | 'reference_long';
/** Reads a piece of evidence: what was done, and the document that shows it. */
export function readEvidence(form: Readonly<Record<string, string>>): Verdict<EvidenceText, EvidenceProblem> {
  const same = sameSchema.safeParse(form.same);
  const text = cleanLine(form.text);
  const reference = cleanLine(form.reference);
  if (!same.success) return no('same_missing');
  if (text === '') return no('evidence_missing');
  if (length(text) > EVIDENCE_MAX) return no('evidence_long');
  if (reference === '') return no('reference_missing');
  return length(reference) > REFERENCE_MAX ? no('reference_long') : yes({ same: same.data, text, reference });
}
