/** What the calendar does about opinions (J14, J23, P24). Every step is harmless when it is done twice. */
import { gatheredQuarter, lastFormDay } from '../../domain/opinion.ts';
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import { addDays, today } from '../../domain/period.ts';
import { dueList } from '../../store/due.ts';
import { answersOwed, findRound, reviewsWithoutRound, roundsInState } from '../../store/opinions.ts';
import { findReview, reviewsOfPeriod } from '../../store/reviews.ts';
import { allBranches, findPerson } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { deskView } from './opinion-desk.ts';
import { groupersOf } from './opinion-paper.ts';
import { closeOpinions, destroyOpinionKey, openOpinions } from './opinions.ts';

/** Outside message hours messages wait for the next moment one may leave (design.md 12.2). */
const hours = (use: Use, now: number) => use.calendar.nextAllowedInstant(use.rules.messages, now);

/** Reviews still being prepared that have no forms out. */
export const roundsToOpen = (use: Use): Promise<string[]> => reviewsWithoutRound(use.db.read);

export async function openRound(use: Use, id: string, now: number): Promise<void> {
  await use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review === null || review.state !== 'preparing' || (await findRound(tx, id)) !== null) return;
    const people = (await dueList(tx, id)).map(({ person }) => person);
    await openOpinions(tx, use, review, people, now, hours(use, now));
  });
}

/** On the days of J14 and J23: branches without a review of the quarter. */
export async function branchesToCall(use: Use, now: number): Promise<{ branch: string; period: string }[]> {
  const period = gatheredQuarter(today(now, use.config.timezone), use.years.dates);
  if (period === null) return [];
  const opened = new Set((await reviewsOfPeriod(use.db.read, period)).map(({ branch }) => branch));
  return (await allBranches(use.db.read))
    .filter(({ code }) => !opened.has(code))
    .map(({ code }) => ({ branch: code, period }));
}

/** Tells the secretary that it is time; once a quarter. */
export async function callSecretary(
  use: Use,
  { branch, period }: { branch: string; period: string },
  now: number,
): Promise<void> {
  const until = lastFormDay(today(now, use.config.timezone), use.years.dates);
  await use.db.write(async (tx) => {
    const [first] = await groupersOf(tx, branch);
    if (first !== undefined)
      await sendToPeople(
        tx,
        [first],
        { card: 'opinion_call', args: { period, until } },
        { ...inMessageHours(use, now), once: `opinion-call:${period}` },
      );
  });
}

/** Open rounds whose time is over. */
export async function roundsToClose(use: Use, now: number): Promise<string[]> {
  return (await roundsInState(use.db.read, 'open')).filter(({ until }) => until <= now).map(({ review }) => review);
}

export async function closeRound(use: Use, id: string, now: number): Promise<void> {
  await use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review !== null) await closeOpinions(tx, use, review, now, hours(use, now));
  });
  await destroyOpinionKey(use.db, use.keys, id);
}

/** Rounds that should have been passed on by today. */
export async function roundsToForward(use: Use, now: number): Promise<string[]> {
  const date = today(now, use.config.timezone);
  return (await roundsInState(use.db.read, 'grouping'))
    .filter(({ forwardBy }) => forwardBy !== null && forwardBy <= date)
    .map(({ review }) => review);
}

/** Reminds those who still have something to group; once. */
export async function remindGroupers(use: Use, id: string, now: number): Promise<void> {
  await use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review === null) return;
    for (const employeeNo of (await groupersOf(tx, review.branch)).slice(0, 2)) {
      const person = await findPerson(tx, employeeNo);
      const desk =
        person === null || person.leftOn !== null ? null : await deskView(tx, use, id, { ...person, leftOn: null });
      if (desk === null || (desk.mine.length === 0 && !desk.mayPassOn)) continue;
      await sendToPeople(
        tx,
        [employeeNo],
        { card: 'opinion_desk', args: { review: id, page: 0 } },
        { ...inMessageHours(use, now), once: `opinion-forward:${id}` },
      );
    }
  });
}

/** Texts whose answer is due tomorrow, today or was due before. */
export const answersToRemind = (use: Use, now: number): Promise<{ review: string; subject: string }[]> =>
  answersOwed(use.db.read, addDays(today(now, use.config.timezone), 1));

/** Reminds of an answer, once; nothing is sent when it is there by then. */
export async function remindAnswer(
  use: Use,
  { review: id, subject }: { review: string; subject: string },
  now: number,
): Promise<void> {
  await use.db.write(async (tx) => {
    const review = await findReview(tx, id);
    if (review === null) return;
    const branch = subject === BRANCH_SUBJECT;
    const [first] = await groupersOf(tx, review.branch);
    const person = branch ? first : subject;
    if (person === undefined) return;
    const card = { card: 'opinion_mine', args: { review: id, about: branch ? BRANCH_SUBJECT : 'own', reminder: 1 } };
    await sendToPeople(tx, [person], card, {
      ...inMessageHours(use, now),
      once: `opinion-answer:${id}:${branch ? 'branch' : 'own'}`,
    });
  });
}
