/** Meetings of a branch (R5, R56–R58, R65, R67): kinds, what a plan says, minutes, the guests' checklist. */
import { z } from 'zod';
import type { ChecklistOf } from './checklist.ts';
import { cleanLine, readDate } from './form.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** The routines one register serves (R5); see the project slots of the catalogue. */
export const MEETING_KINDS = [
  'monthly_meeting',
  'commitment_meeting',
  'general_meeting',
  'committee_meeting',
  'party_group_meeting',
  'party_lecture',
  'activity_day',
  'organizational_life_meeting',
  'duty_report',
] as const;
export const meetingKindSchema = z.enum(MEETING_KINDS);
export type MeetingKind = z.infer<typeof meetingKindSchema>;
/** Only the committee is asked to it and reads its minutes. */
export const isForCommittee = (kind: MeetingKind): boolean => kind === 'committee_meeting';

export const MEETING_STATES = ['planned', 'open', 'held', 'cancelled'] as const;
export const meetingStateSchema = z.enum(MEETING_STATES);
export type MeetingState = z.infer<typeof meetingStateSchema>;

export const TITLE_MAX = 60;
export const PLACE_MAX = 60;
export const AGENDA_MAX = 500;
const AGENDA_LINES_MAX = 15;
export const POINTS_MAX = 1_000;
export const FOLLOW_UP_MAX = 500;
export const WHO_MAX = 80;

/** Opening items of a commitment meeting, each on or off (R58); kept in the agenda as a line of its own so that it reads in every language. */
export const OPENINGS = ['anthem', 'pledge'] as const;
export type Opening = (typeof OPENINGS)[number];
const MARK = '@';
/** The opening an agenda line stands for; null for a line somebody wrote. */
export const openingOf = (line: string): Opening | null => OPENINGS.find((opening) => line === MARK + opening) ?? null;

export interface MeetingPlan {
  title: string;
  /** ISO date. */
  date: string;
  /** `09:30`. */
  time: string;
  place: string;
  agenda: readonly string[];
}
export type PlanProblem =
  | 'bad_kind'
  | 'title_long'
  | 'date_missing'
  | 'date_past'
  | 'time_bad'
  | 'place_missing'
  | 'place_long'
  | 'agenda_missing'
  | 'agenda_long';

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const length = (text: string): number => Array.from(text).length;

/** Reads a plan. An empty title stands for the name of the kind. @param today ISO date; a meeting is planned for today or later */
export function readPlan(
  form: Readonly<Record<string, string>>,
  kind: MeetingKind,
  today: string,
): Verdict<MeetingPlan, PlanProblem> {
  const title = cleanLine(form.title);
  const place = cleanLine(form.place);
  const date = readDate(form.date);
  const time = TIME.exec((form.time ?? '').normalize('NFKC').trim());
  const typed = (form.agenda ?? '')
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '' && openingOf(line) === null);
  if (length(title) > TITLE_MAX) return no('title_long');
  if (date === null) return no('date_missing');
  if (date < today) return no('date_past');
  if (time === null) return no('time_bad');
  if (place === '') return no('place_missing');
  if (length(place) > PLACE_MAX) return no('place_long');
  if (typed.length === 0) return no('agenda_missing');
  if (length(typed.join('\n')) > AGENDA_MAX || typed.length > AGENDA_LINES_MAX) return no('agenda_long');
  const openings =
    kind === 'commitment_meeting'
      ? OPENINGS.filter((opening) => form[opening] === 'on').map((opening) => MARK + opening)
      : [];
  return yes({
    title,
    date,
    time: `${(time[1] ?? '').padStart(2, '0')}:${time[2] ?? ''}`,
    place,
    agenda: [...openings, ...typed],
  });
}

export interface Minutes {
  points: string;
  followUp: string;
}
export type MinutesProblem = 'points_missing' | 'points_long' | 'follow_up_long';
/** Reads minutes: what was agreed and what follows, not who said what (A54). */
export function readMinutes(form: Readonly<Record<string, string>>): Verdict<Minutes, MinutesProblem> {
  const points = (form.points ?? '').trim();
  const followUp = (form.follow_up ?? '').trim();
  if (points === '') return no('points_missing');
  if (length(points) > POINTS_MAX) return no('points_long');
  return length(followUp) > FOLLOW_UP_MAX ? no('follow_up_long') : yes({ points, followUp });
}

/** What guests of the four-mutual group look at: the process, by yes and no (A18). */
export const GUEST_ITEMS = [
  'notice',
  'plan_read',
  'tasks_clear',
  'branch_committed',
  'members_committed',
  'attendance',
] as const;
export type GuestItem = (typeof GUEST_ITEMS)[number];
export type Checklist = ChecklistOf<GuestItem>;
export const checklistSchema = z.record(z.enum(GUEST_ITEMS), z.boolean());
