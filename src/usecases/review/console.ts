/** Everything the secretary's console shows: where the review stands and the one next step. */
import { isRated } from '../../domain/rating.ts';
import { AGENDA, type ConsoleStep, possibleSteps, type Quorum, type Review } from '../../domain/review.ts';
import type { Waiting } from '../../domain/objection.ts';
import type { RollWarning } from '../../domain/roll.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import { countElectors } from '../../store/elector.ts';
import { findReview, reviewsOfBranch } from '../../store/reviews.ts';
import { findBranch, findPerson } from '../../store/roster.ts';
import { selfReviewsFiled } from '../../store/self-reviews.ts';
import { unreachableOf } from '../../store/identity.ts';
import type { Use } from '../../use.ts';
import { runsReview } from '../access.ts';
import { type Forecast, reviewForecast } from '../budget.ts';
import { rulesOf } from '../versions.ts';
import { type YearStep, yearSteps } from '../year/steps.ts';
import { openHearings, quorumOf, rollNow } from './facts.ts';
import { type OpinionFigures, opinionFigures } from './opinion-answers.ts';
import { guestsSeen } from './guests.ts';
import { waitingOf } from './objection-wait.ts';

export interface ConsoleView {
  review: Review;
  /** It was opened under these. */
  rules: Rules;
  branchName: string;
  quorum: Quorum;
  /** Possible now, and for this reader to take. */
  steps: readonly ConsoleStep[];
  /** Whether the reader runs the review; committee members only confirm and publish. */
  runs: boolean;
  agenda: readonly { item: (typeof AGENDA)[number]; done: boolean }[];
  /** Null before the roll is frozen. `electors` before that: as it would be frozen now. */
  electors: number;
  cast: number | null;
  selfReviews: { filed: number; expected: number; branch: boolean };
  hearings: readonly { name: string; until: number }[];
  /** What objections leave to do before the result is final; numbers, no names. */
  waiting: Waiting;
  /** Null for a review that gathered no opinions. */
  opinions: OpinionFigures | null;
  /** Set while a meeting that begins now would destroy forms unread: there are some, but too few. */
  opinionsTooFew: { given: number; need: number } | null;
  unreachable: readonly string[];
  warnings: readonly RollWarning[];
  /** What the reader has to do in the year beside the review. */
  yearSteps: readonly YearStep[];
  /** Other reviews of the branch that are not final: two may be under way at once. */
  /** Branches of the group that were invited, those that come, and their checklists; null where nobody was. */
  guests: { asked: number; come: number; filed: number } | null;
  others: readonly Pick<Review, 'id' | 'period'>[];
  /** What is left to spend on this review, or on the next one once this is over; for whoever runs it. */
  forecast: readonly Forecast[];
  timezone: string;
}

const FOR_COMMITTEE: readonly ConsoleStep[] = ['confirm_results', 'publish_results'];

const tooFewOpinions = (opinions: OpinionFigures | null, need: number): ConsoleView['opinionsTooFew'] =>
  opinions !== null && opinions.round.state === 'open' && opinions.given > 0 && opinions.given < need
    ? { given: opinions.given, need }
    : null;

/** For one reader; null when there is no such review. */
export async function consoleView(
  h: Reader,
  use: Use,
  id: string,
  reader: string | null,
  now: number,
): Promise<ConsoleView | null> {
  const review = await findReview(h, id);
  const person = reader === null ? null : await findPerson(h, reader);
  const branch = review === null ? null : await findBranch(h, review.branch);
  if (review === null || branch === null) return null;
  const runs = person?.leftOn === null && runsReview({ ...person, leftOn: null }, review.branch);
  const quorum = await quorumOf(h, review);
  const hearings = review.state === 'tallied' ? await openHearings(h, review.id, now) : [];
  const classes = await countElectors(h, review.id);
  const frozen = classes.length > 0;
  const rules = await rulesOf(h, review.rules);
  const roll = frozen ? null : await rollNow(h, review, branch.unit, rules);
  const opinions = await opinionFigures(h, review.id);
  const filed = await selfReviewsFiled(h, review.id);
  const seen = await guestsSeen(h, review.id);
  const members = (await dueList(h, review.id)).filter(isRated);
  return {
    review,
    rules,
    branchName: branch.name,
    quorum,
    steps: possibleSteps(review, quorum, hearings.length).filter((step) => runs || FOR_COMMITTEE.includes(step)),
    runs,
    agenda: AGENDA.map((item, i) => ({ item, done: i < review.agendaDone })),
    electors: roll === null ? classes.reduce((sum, row) => sum + row.electors, 0) : roll.electors.length,
    cast: frozen ? classes.reduce((sum, row) => sum + row.voted, 0) : null,
    selfReviews: {
      filed: members.filter((entry) => filed.has(entry.person)).length,
      expected: members.length,
      branch: filed.has('branch'),
    },
    hearings: hearings.map((decision) => ({ name: decision.name, until: decision.hearingUntil ?? 0 })),
    waiting: await waitingOf(h, use, review, now),
    opinions,
    opinionsTooFew: tooFewOpinions(opinions, rules.anonymity.min_total),
    unreachable:
      frozen || review.state === 'preparing' || review.state === 'meeting' ? await unreachableOf(h, review.branch) : [],
    warnings: roll?.warnings ?? [],
    guests:
      seen.guests.length === 0
        ? null
        : { asked: seen.guests.length, come: seen.guests.filter((guest) => guest.comes).length, filed: seen.filed },
    yearSteps: person?.leftOn === null ? await yearSteps(h, use, { ...person, leftOn: null }, now) : [],
    others: (await reviewsOfBranch(h, review.branch)).filter((other) => other.id !== id && other.state !== 'final'),
    forecast: runs ? await reviewForecast(use, h, branch, review.state === 'final' ? null : review.state, now) : [],
    timezone: use.config.timezone,
  };
}
