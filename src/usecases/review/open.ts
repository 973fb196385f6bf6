import { yearOf } from '../../domain/dates.ts';
import { latestEndedQuarter, previousPeriod, today } from '../../domain/period.ts';
import { NEW_REVIEW, type Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { insertDue } from '../../store/due.ts';
import { freezePostPlan } from '../../store/post-plans.ts';
import { findReview, insertReview, reviewOf } from '../../store/reviews.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { reviewForecast } from '../budget.ts';
import { sendToPeople } from '../notify.ts';
import { settleYear } from '../scheme/version.ts';
import { publishDueList } from './due-list.ts';
import { rollNow } from './facts.ts';
import { readReviewPeriod } from './meant.ts';
import { openOpinions } from './opinions.ts';

/** How far back `/review open` looks for a quarter without a review. */
const QUARTERS_BACK = 4;

export type OpenRefusal = 'not_secretary' | 'bad_period' | 'review_exists' | 'nothing_to_open';

/** The quarter asked for, or the latest that has ended and has no review of this branch (design.md section 7). */
async function periodToOpen(
  tx: Writer,
  use: Use,
  branch: string,
  typed: string,
  now: number,
): Promise<Verdict<string, OpenRefusal>> {
  if (typed !== '') return readReviewPeriod(typed, use, now);
  let period = latestEndedQuarter(today(now, use.config.timezone));
  for (let i = 0; i < QUARTERS_BACK; i++) {
    if ((await reviewOf(tx, branch, period)) === null) return yes(period);
    period = previousPeriod(period);
  }
  return no('nothing_to_open');
}

/** A refusal names the quarter it is about. */
export type OpenResult<R = OpenRefusal> = { ok: true; value: Review } | { ok: false; reason: R; period?: string };

/** Whether this person may open it, and of which quarter it would be. */
async function opening(tx: Writer, use: Use, actor: Actor, typed: string, now: number) {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  const period = await periodToOpen(tx, use, actor.branch, typed, now);
  if (!period.ok || (await reviewOf(tx, actor.branch, period.value)) === null) return period;
  return { ...no('review_exists'), period: period.value };
}

/**
 * Opens it when every platform's month still holds it; else nothing is opened and `budget_short` says which quarter it would be, so
 * that whoever asked can decide.
 */
export async function openWithinBudget(
  tx: Writer,
  use: Use,
  actor: Actor,
  typed: string,
  now: number,
): Promise<OpenResult<OpenRefusal | 'budget_short'>> {
  const period = await opening(tx, use, actor, typed, now);
  if (!period.ok) return period;
  const forecast = await reviewForecast(use, tx, { code: actor.branch, unit: actor.unit }, null, now);
  if (forecast.some(({ short }) => short)) return { ...no('budget_short'), period: period.value };
  return openReview(tx, use, actor, typed, now);
}

/**
 * Opens the review of a period: fixes rules, catalogue and the individual stars of posts, draws up the list of those due and publishes it, sends out the forms.
 * The calendar never blocks it (design.md 12.1).
 * @param typed what stands behind the word, empty for the latest quarter without a review
 */
export async function openReview(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<OpenResult> {
  const period = await opening(tx, use, actor, typed, now);
  if (!period.ok) return period;

  const { version, scheme } = await settleYear(tx, use, yearOf(period.value), now);
  const id = use.newId();
  const at = { rules: version.rules, catalogue: version.catalogue, openedBy: actor.employeeNo, openedAt: now };
  await insertReview(tx, { ...NEW_REVIEW, ...at, id, branch: actor.branch, period: period.value });
  const roll = await rollNow(tx, { id, branch: actor.branch }, actor.unit, scheme.rules);
  await freezePostPlan(tx, id, actor.branch, Number(period.value.slice(0, 4)));
  await insertDue(tx, id, roll.due);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'review_opened',
    object: id,
    detail: { branch: actor.branch, period: period.value, rules: version.rules },
  });

  const members = roll.subjects.map((subject) => subject.person);
  await publishDueList(tx, { id, branch: actor.branch }, now, `due:${id}`);
  await openOpinions(
    tx,
    use,
    { id, rules: version.rules },
    roll.due.map((entry) => entry.person),
    now,
  );
  await sendToPeople(tx, members, { card: 'self_review', args: { review: id } }, { now, once: `self:${id}` });
  await sendToPeople(
    tx,
    [actor.employeeNo],
    { card: 'branch_review', args: { review: id } },
    { now, once: `branch-self:${id}` },
  );
  const review = await findReview(tx, id);
  return review === null ? no('review_exists') : yes(review);
}
