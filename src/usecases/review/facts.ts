/** What the steps of a review are decided on, read in one place. */
import type { Quorum, Review } from '../../domain/review.ts';
import { buildRoll, quorum, type Roll } from '../../domain/roll.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Reader } from '../../store/db.ts';
import { type Decision, decisionsOf } from '../../store/decisions.ts';
import { dueCounts, dueList } from '../../store/due.ts';
import { leadersOfUnit, peopleOfBranch } from '../../store/roster.ts';
import { rulesOf } from '../versions.ts';

export async function quorumOf(h: Reader, review: Review): Promise<Quorum> {
  const { due, present } = await dueCounts(h, review.id);
  return quorum(due, present, await rulesOf(h, review.rules));
}

/** The roll as it would be frozen now: people of the branch less recorded absences (A14), leaders of the unit, representatives kept. */
export async function rollNow(h: Reader, review: Pick<Review, 'id' | 'branch'>, unit: string, rules: Rules): Promise<Roll> {
  const people = await peopleOfBranch(h, review.branch);
  const leaders = await leadersOfUnit(h, unit);
  const due = await dueList(h, review.id);
  const away = new Set(due.filter((entry) => entry.exempt !== null).map((entry) => entry.person));
  const removed = new Set(due.filter((entry) => entry.removed === 1).map((entry) => entry.person));
  const roll = buildRoll(
    {
      people: people.map((person) => ({ employeeNo: person.employeeNo, status: person.status, roles: person.roles.map((held) => held.role) })),
      unitLeaders: leaders.map((leader) => leader.employeeNo),
      removed,
    },
    rules,
  );
  // Whoever is not counted as due does not rate either; being rated does not depend on being there.
  return { ...roll, electors: roll.electors.filter((elector) => !away.has(elector.person)) };
}

/** A hearing is over when the member has answered or the three working days are gone (F9). */
export const isOpenHearing = (decision: Decision, now: number): boolean =>
  decision.kind === 'barred' && decision.state === 'hearing' && decision.statedAt === null && (decision.hearingUntil ?? 0) > now;

export async function openHearings(h: Reader, review: string, now: number): Promise<Decision[]> {
  return (await decisionsOf(h, review)).filter((decision) => isOpenHearing(decision, now));
}
