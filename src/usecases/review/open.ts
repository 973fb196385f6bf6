import { yearOf } from '../../domain/dates.ts';
import { latestEndedQuarter, previousPeriod, today } from '../../domain/period.ts';
import { readPeriod } from '../../domain/period-text.ts';
import { NEW_REVIEW, type Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { insertDue } from '../../store/due.ts';
import { freezePostPlan } from '../../store/post-plans.ts';
import { currentReview, findReview, insertReview, reviewOf } from '../../store/reviews.ts';
import { type Actor, findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsReview } from '../access.ts';
import { sendToPeople } from '../notify.ts';
import { settleYear } from '../scheme/version.ts';
import { publishDueList } from './due-list.ts';
import { rollNow } from './facts.ts';
import { openOpinions } from './opinions.ts';

/** How far back `/review open` looks for a quarter without a review. */
const QUARTERS_BACK = 4;

export type OpenRefusal = 'not_secretary' | 'bad_period' | 'review_exists' | 'nothing_to_open';

/** The quarter asked for, or the latest that has ended and has no review of this branch (design.md section 7). */
async function periodToOpen(
  tx: Writer,
  branch: string,
  typed: string,
  date: string,
): Promise<Verdict<string, OpenRefusal>> {
  if (typed !== '') {
    const period = readPeriod(typed, date);
    return period.ok && /-Q[1-4]$/.test(period.value) ? period : no('bad_period');
  }
  let period = latestEndedQuarter(date);
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
export type OpenResult = { ok: true; value: Review } | { ok: false; reason: OpenRefusal; period?: string };

/**
 * Opens the review of a period: fixes rules, catalogue and the individual stars of posts, draws up the list of those due and publishes it, sends out the forms.
 * The calendar never blocks it (design.md 12.1).
 * @param typed what stands behind the word: a quarter, a branch, both or nothing, which is the latest quarter without a review of the
 *   own branch. For a branch that is not one's own, a review that is there already is the answer: the office has no other way to it.
 */
export async function openReview(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<OpenResult> {
  const asked = await branchToOpen(tx, actor.branch, typed);
  const branch = await findBranch(tx, asked.code);
  if (branch === null || !runsReview(actor, branch.code)) return no('not_secretary');
  const foreign = branch.code !== actor.branch;
  const current = foreign && asked.period === '' ? await currentReview(tx, branch.code) : null;
  if (current !== null && current.state !== 'final') return yes(current);
  const period = await periodToOpen(tx, branch.code, asked.period, today(now, use.config.timezone));
  if (!period.ok) return period;
  const there = await reviewOf(tx, branch.code, period.value);
  if (there !== null && foreign) return yes(there);
  if (there !== null) return { ...no('review_exists'), period: period.value };

  const { version, scheme } = await settleYear(tx, use, yearOf(period.value), now);
  const id = use.newId();
  const at = { rules: version.rules, catalogue: version.catalogue, openedBy: actor.employeeNo, openedAt: now };
  await insertReview(tx, { ...NEW_REVIEW, ...at, id, branch: branch.code, period: period.value });
  const roll = await rollNow(tx, { id, branch: branch.code }, branch.unit, scheme.rules);
  await freezePostPlan(tx, id, branch.code, Number(period.value.slice(0, 4)));
  await insertDue(tx, id, roll.due);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'review_opened',
    object: id,
    detail: { branch: branch.code, period: period.value, rules: version.rules },
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
