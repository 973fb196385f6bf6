/** Objections and appeals: which body is asked, and what keeps a result from becoming final (A46, F10, F17). */
import { addDays } from './period.ts';
import type { Review } from './review.ts';

/** Those who may decide a case, from the nearest to the highest. */
export const BODIES = ['committee', 'leading_group', 'office'] as const;
export type Body = (typeof BODIES)[number];
export type Level = 1 | 2;

/** An appeal begins one level up; nothing is above the office. */
const ASKED: Readonly<Record<Level, readonly Body[]>> = { 1: BODIES, 2: ['leading_group', 'office'] };

export interface Asked {
  body: Body;
  people: readonly string[];
}

/**
 * The first body in which somebody is left. `past` is the body that decided before: an appeal never goes back to it, even where no
 * other has anybody. Null: nobody is left, and only a change of the roster can help.
 */
export function bodyAsked(
  bodies: Readonly<Record<Body, readonly string[]>>,
  level: Level,
  excluded: ReadonlySet<string>,
  past: Body | null,
): Asked | null {
  for (const body of ASKED[level]) {
    const people = [...new Set(bodies[body])].filter((person) => !excluded.has(person));
    if (body !== past && people.length > 0) return { body, people };
  }
  return null;
}

/** Where one case stands. Dates are ISO dates. */
export interface CaseState {
  person: string;
  level: number;
  state: 'open' | 'upheld' | 'rejected';
  decidedOn: string | null;
  settled: boolean;
}

export type FilingRefusal = 'objection_none' | 'already_open' | 'no_further_appeal' | 'appeal_over';

/** Whether a person may object now, or appeal once; `cases` are that person's own in the review. */
export function filingRefusal(
  cases: readonly Pick<CaseState, 'state' | 'decidedOn'>[],
  { state, noticeUntil }: Pick<Review, 'state' | 'noticeUntil'>,
  date: string,
  appealDays: number,
): FilingRefusal | null {
  if (cases.some((one) => one.state === 'open')) return 'already_open';
  if (cases.length >= 2 || cases.some((one) => one.state === 'upheld')) return 'no_further_appeal';
  const [first] = cases;
  if (first !== undefined) return date > addDays(first.decidedOn ?? date, appealDays) ? 'appeal_over' : null;
  return state === 'notice' && date <= (noticeUntil ?? '') ? null : 'objection_none';
}

/** Why a result is not final yet: numbers only, so that whoever reads them learns no name. */
export interface Waiting {
  open: number;
  /** Upheld, and not corrected yet. */
  unsettled: number;
  /** Last day on which one of those whose objection was rejected may appeal; null when none of them may. */
  appealUntil: string | null;
}

/** Results are final only after objections, appeals and what follows from them (A46). */
export function waitingFor(cases: readonly CaseState[], date: string, appealDays: number): Waiting {
  const appealed = new Set(cases.filter((one) => one.level === 2).map((one) => one.person));
  const terms = cases.flatMap((one) =>
    one.level === 1 && one.state === 'rejected' && one.decidedOn !== null && !appealed.has(one.person)
      ? [addDays(one.decidedOn, appealDays)]
      : [],
  );
  return {
    open: cases.filter((one) => one.state === 'open').length,
    unsettled: cases.filter((one) => one.state === 'upheld' && !one.settled).length,
    appealUntil:
      terms
        .filter((until) => until >= date)
        .toSorted()
        .at(-1) ?? null,
  };
}

export const isWaiting = ({ open, unsettled, appealUntil }: Waiting): boolean =>
  open > 0 || unsettled > 0 || appealUntil !== null;
