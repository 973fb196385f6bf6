/** A branch's review of a period: its states, and who may move it on, when and on what condition (design.md section 5). */
import { z } from 'zod';
import { no, type Verdict, yes } from './verdict.ts';

export const REVIEW_STATES = [
  'preparing',
  'meeting',
  'balloting',
  'closed',
  'tallied',
  'confirmed',
  'notice',
  'final',
] as const;
export const reviewStateSchema = z.enum(REVIEW_STATES);
export type ReviewState = z.infer<typeof reviewStateSchema>;

/** Why the tally was refused: A7, A17, A13. */
export const REFUSALS = ['category_without_ballot', 'too_few_valid', 'valid_below_quorum'] as const;

export const countsSchema = z.object({
  due: z.int(),
  present: z.int(),
  electors: z.int(),
  cast: z.int(),
  valid: z.int(),
});
export type Counts = z.infer<typeof countsSchema>;

export const reviewSchema = z.object({
  id: z.string(),
  branch: z.string(),
  period: z.string(),
  state: reviewStateSchema,
  /** Hashes of the rules and the catalogue the review was opened under; they stay fixed to the end. */
  rules: z.string(),
  catalogue: z.string(),
  openedBy: z.string(),
  openedAt: z.int(),
  agendaDone: z.int().min(0),
  rollNo: z.int().min(0),
  ballotUntil: z.int().nullable(),
  extensions: z.int().min(0),
  closedBy: z.string().nullable(),
  closedAt: z.int().nullable(),
  refused: z.enum(REFUSALS).nullable(),
  counts: countsSchema.nullable(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.int().nullable(),
  noticeUntil: z.string().nullable(),
  publishedAt: z.int().nullable(),
  finalAt: z.int().nullable(),
  version: z.int().min(0),
});
export type Review = z.infer<typeof reviewSchema>;

/** Where every review begins. */
export const NEW_REVIEW: Omit<Review, 'id' | 'branch' | 'period' | 'rules' | 'catalogue' | 'openedBy' | 'openedAt'> = {
  state: 'preparing',
  agendaDone: 0,
  rollNo: 0,
  ballotUntil: null,
  extensions: 0,
  closedBy: null,
  closedAt: null,
  refused: null,
  counts: null,
  confirmedBy: null,
  confirmedAt: null,
  noticeUntil: null,
  publishedAt: null,
  finalAt: null,
  version: 0,
};

/** The order of proceedings (R90–R94). The ballot is unlocked once `mutual_appraisal` is ticked. */
export const AGENDA = ['secretary_report', 'self_reviews', 'duty_reports', 'task_reports', 'mutual_appraisal'] as const;

export interface Quorum {
  due: number;
  present: number;
  /** How many more must sign in; 0 when the quorum is reached. */
  missing: number;
}

export type StepReason =
  | 'wrong_state'
  | 'agenda_finished'
  | 'agenda_not_finished'
  | 'agenda_moved_on'
  | 'extended_already'
  | 'quorum_missing'
  | 'hearing_open'
  | 'not_refused';

type Step = Verdict<Partial<Review>, StepReason>;

export const startMeeting = (review: Review): Step =>
  review.state === 'preparing' ? yes({ state: 'meeting' }) : no('wrong_state');

/** Ticks the next item; `expected` is the number of ticked items on the card that was clicked, so a second click changes nothing. */
export function tickAgenda(review: Review, expected: number): Step {
  if (review.state !== 'meeting') return no('wrong_state');
  if (review.agendaDone >= AGENDA.length) return no('agenda_finished');
  if (review.agendaDone !== expected) return no('agenda_moved_on');
  return yes({ agendaDone: review.agendaDone + 1 });
}

/** R94, A13: the ballot opens after mutual appraisal and with a quorum. `until` is the end of the window of A52 and A53. */
export function startBallot(review: Review, quorum: Quorum, until: number): Step {
  if (review.state !== 'meeting') return no('wrong_state');
  if (quorum.missing > 0) return no('quorum_missing');
  if (review.agendaDone < AGENDA.length) return no('agenda_not_finished');
  return yes({ state: 'balloting', rollNo: review.rollNo + 1, ballotUntil: until });
}

/**
 * Leaves a trace: the number of extensions, and an audit entry by the caller. `expected` is the number of extensions on the card
 * that was clicked, so a second click moves nothing.
 */
export function extendBallot(review: Review, until: number, expected: number): Step {
  if (review.state !== 'balloting') return no('wrong_state');
  if (review.extensions !== expected) return no('extended_already');
  return yes({ ballotUntil: until, extensions: review.extensions + 1 });
}

export const closeBallot = (review: Review): Step => (review.state === 'balloting' ? yes({}) : no('wrong_state'));

/** Only after a refused tally (A7, A13, A17): the same roll, those who voted stay voted. */
export function reopenBallot(review: Review, until: number): Step {
  if (review.state !== 'closed') return no('wrong_state');
  if (review.refused === null) return no('not_refused');
  return yes({
    state: 'balloting',
    refused: null,
    counts: null,
    ballotUntil: until,
    extensions: review.extensions + 1,
    rollNo: review.rollNo + 1,
  });
}

/**
 * Whether electors may be excused now: only once the tally was refused because nobody of a category voted (A7). Earlier there is no
 * need, and for the other refusals it would lower the bar of A13 instead of reaching it.
 */
export const mayExcuseElectors = (review: Pick<Review, 'state' | 'refused'>): boolean =>
  review.state === 'closed' && review.refused === 'category_without_ballot';

export function confirmResults(review: Review, openHearings: number): Step {
  if (review.state !== 'tallied') return no('wrong_state');
  if (openHearings > 0) return no('hearing_open');
  return yes({ state: 'confirmed' });
}

export const publishResults = (review: Review, noticeUntil: string): Step =>
  review.state === 'confirmed' ? yes({ state: 'notice', noticeUntil }) : no('wrong_state');

/** The notice ends when its days are over and nothing of an objection is left to do (A46; objection.ts). */
export const endNotice = (review: Review, today: string): Step =>
  review.state === 'notice' && review.noticeUntil !== null && today > review.noticeUntil
    ? yes({ state: 'final' })
    : no('wrong_state');

/** The steps of the console that make sense now; a console shows exactly these (design.md section 7). */
export type ConsoleStep =
  | 'start_meeting'
  | 'agenda_next'
  | 'start_ballot'
  | 'extend_ballot'
  | 'close_ballot'
  | 'reopen_ballot'
  | 'confirm_results'
  | 'publish_results';

/** The state a step is taken in: which of two open reviews a word is about. */
export const STATE_OF_STEP: Readonly<Record<ConsoleStep, ReviewState>> = {
  start_meeting: 'preparing',
  agenda_next: 'meeting',
  start_ballot: 'meeting',
  extend_ballot: 'balloting',
  close_ballot: 'balloting',
  reopen_ballot: 'closed',
  confirm_results: 'tallied',
  publish_results: 'confirmed',
};

export function possibleSteps(review: Review, quorum: Quorum, openHearings: number): ConsoleStep[] {
  switch (review.state) {
    case 'preparing':
      return ['start_meeting'];
    case 'meeting':
      if (review.agendaDone < AGENDA.length) return ['agenda_next'];
      return quorum.missing === 0 ? ['start_ballot'] : [];
    case 'balloting':
      return ['close_ballot', 'extend_ballot'];
    case 'closed':
      return ['reopen_ballot'];
    case 'tallied':
      return openHearings === 0 ? ['confirm_results'] : [];
    case 'confirmed':
      return ['publish_results'];
    case 'notice':
    case 'final':
      return [];
  }
}
