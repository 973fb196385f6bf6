import { yearOf } from '../../domain/dates.ts';
import { latestEndedQuarter, previousPeriod, today } from '../../domain/period.ts';
import { NEW_REVIEW, type Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { insertDue } from '../../store/due.ts';
import { freezePostPlan } from '../../store/post-plans.ts';
import { currentReview, findReview, insertReview, reviewOf } from '../../store/reviews.ts';
import { type Actor, type Branch, findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsReview } from '../access.ts';
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

/** The branch named behind the period, which only whoever runs a branch other than the own has to name; else the own. */
async function branchToOpen(tx: Writer, own: string, typed: string): Promise<{ code: string; period: string }> {
  const words = typed.split(' ');
  const named = await findBranch(tx, (words.at(-1) ?? '').toUpperCase());
  return named === null ? { code: own, period: typed } : { code: named.code, period: words.slice(0, -1).join(' ') };
}

/** A refusal names the quarter it is about. */
export type OpenResult<R = OpenRefusal> = { ok: true; value: Review } | { ok: false; reason: R; period?: string };

type Opening =
  | { ok: true; branch: Branch; period: string }
  | { ok: true; there: Review }
  | { ok: false; reason: OpenRefusal; period?: string };

/** Whether this person may open it, of which branch and quarter it would be, or the review of another branch that is there already. */
async function opening(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<Opening> {
  const asked = await branchToOpen(tx, actor.branch, typed);
  const branch = await findBranch(tx, asked.code);
  if (branch === null || !runsReview(actor, branch.code)) return no('not_secretary');
  const foreign = branch.code !== actor.branch;
  const current = foreign && asked.period === '' ? await currentReview(tx, branch.code) : null;
  if (current !== null && current.state !== 'final') return { ok: true, there: current };
  const period = await periodToOpen(tx, use, branch.code, asked.period, now);
  if (!period.ok) return period;
  const there = await reviewOf(tx, branch.code, period.value);
  if (there === null) return { ok: true, branch, period: period.value };
  return foreign ? { ok: true, there } : { ...no('review_exists'), period: period.value };
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
  const asked = await opening(tx, use, actor, typed, now);
  if (!asked.ok) return asked;
  if ('there' in asked) return yes(asked.there);
  const forecast = await reviewForecast(use, tx, asked.branch, null, now);
  if (forecast.some(({ short }) => short)) return { ...no('budget_short'), period: asked.period };
  return openReview(tx, use, actor, typed, now);
}

/**
 * Opens the review of a period: fixes rules, catalogue and the individual stars of posts, draws up the list of those due and publishes it, sends out the forms.
 * The calendar never blocks it (design.md 12.1).
 * @param typed what stands behind the word: a quarter, a branch, both or nothing, which is the latest quarter without a review of the
 *   own branch. For a branch that is not one's own, a review that is there already is the answer: the office has no other way to it.
 */
export async function openReview(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<OpenResult> {
  const asked = await opening(tx, use, actor, typed, now);
  if (!asked.ok) return asked;
  if ('there' in asked) return yes(asked.there);
  const { branch, period } = asked;

  const { version, scheme } = await settleYear(tx, use, yearOf(period), now);
  const id = use.newId();
  const at = { rules: version.rules, catalogue: version.catalogue, openedBy: actor.employeeNo, openedAt: now };
  await insertReview(tx, { ...NEW_REVIEW, ...at, id, branch: branch.code, period: period });
  const roll = await rollNow(tx, { id, branch: branch.code }, branch.unit, scheme.rules);
  await freezePostPlan(tx, id, branch.code, Number(period.slice(0, 4)));
  await insertDue(tx, id, roll.due);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'review_opened',
    object: id,
    detail: { branch: branch.code, period: period, rules: version.rules },
  });

  const members = roll.subjects.map((subject) => subject.person);
  await publishDueList(tx, { id, branch: branch.code }, { now, once: `due:${id}` });
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
