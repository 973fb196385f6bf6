/** What the steps of a review are decided on, read in one place. */
import type { Quorum, Review } from '../../domain/review.ts';
import { buildRoll, quorum, type Roll, type RollPerson } from '../../domain/roll.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { type Decision, decisionsOf } from '../../store/decisions.ts';
import { dueCounts, dueList } from '../../store/due.ts';
import { type Actor, leadersOfUnit, peopleOfBranch } from '../../store/roster.ts';
import { rulesOf } from '../versions.ts';

export async function quorumOf(h: Reader, review: Review): Promise<Quorum> {
  const { due, present } = await dueCounts(h, review.id);
  return quorum(due, present, await rulesOf(h, review.rules));
}

/** A person of the roster as the roll needs them. */
export const rollPerson = ({ employeeNo, status, roles }: Actor): RollPerson => ({
  employeeNo,
  status,
  roles: roles.map((held) => held.role),
});

/**
 * The roll as it would be frozen now: people of the branch, leaders of the unit, representatives kept. Who is recorded as unable to
 * attend (A14) is not due, but still rates within the window (A53).
 */
export async function rollNow(
  h: Reader,
  review: Pick<Review, 'id' | 'branch'>,
  unit: string,
  rules: Rules,
): Promise<Roll> {
  const people = await peopleOfBranch(h, review.branch);
  const leaders = await leadersOfUnit(h, unit);
  const due = await dueList(h, review.id);
  const removed = new Set(due.filter((entry) => entry.removed === 1).map((entry) => entry.person));
  return buildRoll(
    {
      people: people.map(rollPerson),
      unitLeaders: leaders.map((leader) => leader.employeeNo),
      removed,
      ratings: new Map(due.flatMap(({ person, ground }) => (ground === null ? [] : [[person, ground]]))),
    },
    rules,
  );
}

/** A hearing is over when the member has answered or the three working days are gone (F9). */
export const isOpenHearing = (decision: Decision, now: number): boolean =>
  decision.kind === 'barred' &&
  decision.state === 'hearing' &&
  decision.statedAt === null &&
  (decision.hearingUntil ?? 0) > now;

export async function openHearings(h: Reader, review: string, now: number): Promise<Decision[]> {
  return (await decisionsOf(h, review)).filter((decision) => isOpenHearing(decision, now));
}
