/** Who is asked for opinions, about whom, and who will group them (A49, F17). */
import { grouperOf, grouperOrder } from '../../domain/opinion.ts';
import type { Review } from '../../domain/review.ts';
import type { Reader } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { findRound, hasGiven } from '../../store/opinions.ts';
import { findReview } from '../../store/reviews.ts';
import { peopleOfBranch } from '../../store/roster.ts';
import { rulesOf } from '../versions.ts';

/** Who groups in this branch, first in line first. */
export async function groupersOf(h: Reader, branch: string): Promise<string[]> {
  const people = await peopleOfBranch(h, branch);
  return grouperOrder(people.map(({ employeeNo, roles }) => ({ employeeNo, roles: roles.map(({ role }) => role) })));
}

export interface OpinionSubject {
  person: string;
  name: string;
}
/** Members whose self-review an opinion can serve, in roster order, the giver left out; nobody whom only they themselves could group (F17). */
export async function opinionSubjects(h: Reader, review: Review, giver: string): Promise<OpinionSubject[]> {
  const order = await groupersOf(h, review.branch);
  return (await dueList(h, review.id))
    .filter(({ person, kind }) => kind !== 'representative' && person !== giver && grouperOf(order, person) !== null)
    .map(({ person, name }) => ({ person, name }));
}

/** What a person is shown when they open the form. */
export interface OpinionPaper {
  review: string;
  branch: string;
  period: string;
  status: 'form' | 'given' | 'closed' | 'not_asked';
  /** Unix ms; null without a round. */
  until: number | null;
  subjects: readonly OpinionSubject[];
  /** Fewer forms than this are not opened. */
  minForms: number;
  /** Days after the final result by which raw texts are gone at the latest. */
  keptDays: number;
  /** Years the reworded texts are kept. */
  keptYears: number;
}

/** Null when there is no such review. */
export async function opinionPaper(h: Reader, id: string, person: string, now: number): Promise<OpinionPaper | null> {
  const review = await findReview(h, id);
  if (review === null) return null;
  const rules = await rulesOf(h, review.rules);
  const round = await findRound(h, id);
  const given = await hasGiven(h, id, person);
  const open = round?.state === 'open' && now < round.until;
  const status = given === null ? 'not_asked' : given ? 'given' : open ? 'form' : 'closed';
  return {
    review: id,
    branch: review.branch,
    period: review.period,
    status,
    until: round?.until ?? null,
    subjects: status === 'form' ? await opinionSubjects(h, review, person) : [],
    minForms: rules.anonymity.min_total,
    keptDays: rules.retention.raw_opinions_days,
    keptYears: rules.retention.sheets_years,
  };
}
