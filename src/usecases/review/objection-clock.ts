/** The clock of objections, appeals and corrections (A46, F10): who must act is reminded in time; when it is over, the office is told. */
import { Temporal } from 'temporal-polyfill';
import { addDays, today } from '../../domain/period.ts';
import { type Objection, openObjections, unsettledObjections } from '../../store/objections.ts';
import type { Reader } from '../../store/db.ts';
import type { Review } from '../../domain/review.ts';
import { findReview } from '../../store/reviews.ts';
import { findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { officePeople } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { deciders, sendCase, settlers } from './objection-people.ts';

/** Days before the end at which those who must act are reminded for the first time. */
const SOON_DAYS = 3;

/** How far a case is on its way to `actBy`; late ones are called up once a week. Null: nothing to say yet. */
export function stageOf(actBy: string, date: string): string | null {
  if (date < addDays(actBy, -SOON_DAYS)) return null;
  if (date < actBy) return 'soon';
  if (date === actBy) return 'due';
  const daysLate = Temporal.PlainDate.from(actBy).until(date).days;
  return `late-${Math.floor((daysLate - 1) / 7)}`;
}

/** The last day for correcting the result of an upheld case: as many days as the decision had, from the decision on. */
export async function settleBy(h: Reader, use: Use, review: Review, { decidedAt }: Objection): Promise<string> {
  const { objection } = await rulesOf(h, review.rules);
  return addDays(today(decidedAt ?? 0, use.config.timezone), objection.decide_days);
}

/** What somebody must be reminded of. */
export interface Call {
  objection: Objection;
  /** An open case is to be decided, an upheld one to be corrected. */
  todo: 'decide' | 'settle';
  by: string;
  stage: string;
}

export async function objectionsToCall(use: Use, now: number): Promise<Call[]> {
  const date = today(now, use.config.timezone);
  const { read } = use.db;
  const calls: Call[] = [];
  const add = (objection: Objection, todo: Call['todo'], by: string): void => {
    const stage = stageOf(by, date);
    if (stage !== null) calls.push({ objection, todo, by, stage });
  };
  for (const objection of await openObjections(read)) add(objection, 'decide', objection.decideBy);
  for (const objection of await unsettledObjections(read)) {
    const review = await findReview(read, objection.review);
    if (review !== null) add(objection, 'settle', await settleBy(read, use, review, objection));
  }
  return calls;
}

const REMINDERS = {
  decide: { once: 'objection-clock', who: deciders, card: 'objection_case', late: 'objection_late' },
  settle: { once: 'settle-clock', who: settlers, card: 'objection_settle', late: 'correction_late' },
} as const;

/** Reminds once a stage. The office hears that a case is late, not whose it is: cases are shown to those involved only (F10). */
export async function callToAct(use: Use, { objection, todo, by, stage }: Call, now: number): Promise<void> {
  const { once, who, card, late } = REMINDERS[todo];
  await use.db.write(async (tx) => {
    const review = await findReview(tx, objection.review);
    if (review === null) return;
    const options = { ...inMessageHours(use, now), once: `${once}:${objection.id}:${stage}` };
    const people = await who(tx, use, review, objection);
    await sendCase(tx, use, review, objection, people, { card, args: { objection: objection.id } }, options);
    if (!stage.startsWith('late')) return;
    const told = (await officePeople(tx, use)).filter((no) => !people.includes(no) && no !== objection.person);
    const branch = await findBranch(tx, review.branch);
    const args = { key: late, branch: branch?.name ?? '', period: review.period, by };
    await sendToPeople(tx, told, { card: 'notice', args }, options);
  });
}
