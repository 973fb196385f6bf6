/** The clock of objections and appeals (A46, F10): those who decide are reminded in time; when it is over, the office is told. */
import { Temporal } from 'temporal-polyfill';
import { addDays, today } from '../../domain/period.ts';
import { type Objection, openObjections } from '../../store/objections.ts';
import { findReview } from '../../store/reviews.ts';
import { findBranch, peopleWithRole } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { deciders } from './objection.ts';

/** Days before the end at which those who decide are reminded for the first time. */
const SOON_DAYS = 3;

/** How far an objection is on its way to `decideBy`; late ones are called up once a week. Null: nothing to say yet. */
export function stageOf(decideBy: string, date: string): string | null {
  if (date < addDays(decideBy, -SOON_DAYS)) return null;
  if (date < decideBy) return 'soon';
  if (date === decideBy) return 'due';
  const daysLate = Temporal.PlainDate.from(decideBy).until(date).days;
  return `late-${Math.floor((daysLate - 1) / 7)}`;
}

/** Open objections that somebody must be reminded of, with their stage. */
export async function objectionsToCall(use: Use, now: number): Promise<{ objection: Objection; stage: string }[]> {
  const date = today(now, use.config.timezone);
  return (await openObjections(use.db.read)).flatMap((objection) => {
    const stage = stageOf(objection.decideBy, date);
    return stage === null ? [] : [{ objection, stage }];
  });
}

/** Reminds once a stage. The office hears that a case is late, not whose it is: cases are shown to those involved only (F10). */
export async function callDeciders(
  use: Use,
  { objection, stage }: { objection: Objection; stage: string },
  now: number,
): Promise<void> {
  await use.db.write(async (tx) => {
    const review = await findReview(tx, objection.review);
    if (review === null) return;
    const options = { ...inMessageHours(use, now), once: `objection-clock:${objection.id}:${stage}` };
    const who = await deciders(tx, use, review, objection.person, objection.level === 1 ? 1 : 2);
    await sendToPeople(tx, who, { card: 'objection_case', args: { objection: objection.id } }, options);
    if (!stage.startsWith('late')) return;
    const office = [
      ...(await peopleWithRole(tx, 'office')).map((person) => person.employeeNo),
      ...use.config.adminEmployeeNos,
    ];
    const told = [...new Set(office)].filter((no) => !who.includes(no) && no !== objection.person);
    const branch = await findBranch(tx, review.branch);
    const args = { key: 'objection_late', branch: branch?.name ?? '', period: review.period, by: objection.decideBy };
    await sendToPeople(tx, told, { card: 'notice', args }, options);
  });
}
