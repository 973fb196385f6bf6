/** Activities of districts, four-mutual groups and branches (R32–R36, R69–R74, J11). */
import { z } from 'zod';
import { readDate } from './form.ts';
import { no, type Verdict, yes } from './verdict.ts';

export const ACTIVITY_LEVELS = ['district', 'group', 'branch'] as const;
export const activityLevelSchema = z.enum(ACTIVITY_LEVELS);
export type ActivityLevel = z.infer<typeof activityLevelSchema>;

/** R69, R72–R74: what offices hold. `visit` is a visit by leaders of the work committee or the leading group. */
export const ACTIVITY_KINDS = [
  'promotion_meeting',
  'exchange_meeting',
  'seminar',
  'training',
  'lecture',
  'activity_day',
  'visit',
] as const;
export const activityKindSchema = z.enum(ACTIVITY_KINDS);
export type ActivityKind = z.infer<typeof activityKindSchema>;

export const ACTIVITY_STATES = ['planned', 'open', 'held', 'cancelled'] as const;
export const activityStateSchema = z.enum(ACTIVITY_STATES);
export type ActivityState = z.infer<typeof activityStateSchema>;

/** J11: a district holds at least so many a year, a group at least one a quarter. */
export const DISTRICT_ACTIVITIES_A_YEAR = 4;

export const TITLE_MAX = 60;
export const PLACE_MAX = 60;

export interface ActivityPlan {
  kind: ActivityKind;
  title: string;
  place: string;
  /** ISO date. */
  date: string;
}
export type PlanProblem = 'bad_kind' | 'title_missing' | 'title_long' | 'place_long' | 'date_missing' | 'date_past';

/** Reads a plan from a form. @param today ISO date; an activity is planned for today or later */
export function readPlan(form: Readonly<Record<string, string>>, today: string): Verdict<ActivityPlan, PlanProblem> {
  const kind = activityKindSchema.safeParse(form.kind);
  const title = (form.title ?? '').trim();
  const place = (form.place ?? '').trim();
  const date = readDate(form.date);
  if (!kind.success) return no('bad_kind');
  if (title === '') return no('title_missing');
  if (Array.from(title).length > TITLE_MAX) return no('title_long');
  if (Array.from(place).length > PLACE_MAX) return no('place_long');
  if (date === null) return no('date_missing');
  if (date < today) return no('date_past');
  return yes({ kind: kind.data, title, place, date });
}
