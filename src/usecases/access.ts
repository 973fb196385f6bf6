/** Who may do what. Decided from the person the platform names, never from what a card carries (design.md section 6). */
import type { Role } from '../domain/roster.ts';
import type { Reader } from '../store/db.ts';
import { type Actor, type Branch, peopleWhoRun, peopleWithRole } from '../store/roster.ts';
import type { Use } from '../use.ts';

export const has = (actor: Actor, role: Role, scope = ''): boolean =>
  actor.roles.some((held) => held.role === role && (role !== 'liaison' || scope === '' || held.scope === scope));

/** The work committee's office: by role, or named in ADMIN_EMPLOYEE_NOS. */
export const isOffice = (use: Use, actor: Actor): boolean =>
  has(actor, 'office') || use.config.adminEmployeeNos.has(actor.employeeNo);

/** Everybody in the office, by employee number. */
export const officePeople = async (h: Reader, use: Use): Promise<string[]> => [
  ...new Set([
    ...(await peopleWithRole(h, 'office')).map((person) => person.employeeNo),
    ...use.config.adminEmployeeNos,
  ]),
];

/** Who runs a branch: the secretary and the deputy; where there is neither, committee members. */
export const runsBranch = (actor: Actor, branch: string): boolean => actor.branch === branch && actor.runs;

/**
 * Who runs its reviews: whoever runs the branch; where it has no committee at all, the office by its role in the roster, so that no
 * branch is left without a review. This opens neither scores nor the other work of the branch to the office.
 */
export const runsReview = (actor: Actor, branch: string): boolean =>
  runsBranch(actor, branch) || actor.standsIn.includes(branch);

/** People of the branch who run it: those who are written to about its own work. None where only the office could. */
export const runnersOf = (h: Reader, branch: string): Promise<string[]> => runnersOfAll(h, [branch]);

/** The same for many branches. */
export const runnersOfAll = async (h: Reader, branches: Iterable<string>): Promise<string[]> =>
  (await peopleWhoRun(h, [...branches])).map((person) => person.employeeNo);

/** Those who are told about a review of the branch: people of the branch, else the office that runs it in their place. */
export async function reviewRunnersOf(h: Reader, branch: string): Promise<string[]> {
  const own = await runnersOf(h, branch);
  if (own.length > 0) return own;
  return (await peopleWithRole(h, 'office')).flatMap((person) => (runsReview(person, branch) ? person.employeeNo : []));
}

/** The branch committee: secretary, deputy and committee members. */
export const onCommittee = (actor: Actor, branch: string): boolean =>
  runsBranch(actor, branch) || (actor.branch === branch && has(actor, 'committee'));

/** Confirms and publishes results: the committee; where there is none, whoever runs the review in its place. */
export const decidesReview = (actor: Actor, branch: string): boolean =>
  onCommittee(actor, branch) || runsReview(actor, branch);

/** May see scores of single members of this branch, by the gate (domain.md section 5, access by role). */
export const seesScores = (actor: Actor, branch: Branch): boolean =>
  onCommittee(actor, branch.code) ||
  (actor.unit === branch.unit && (has(actor, 'leader') || has(actor, 'leading_group')));

/** May see totals and published stars of this branch. */
export const seesBranch = (use: Use, actor: Actor, branch: Branch): boolean =>
  actor.branch === branch.code ||
  seesScores(actor, branch) ||
  isOffice(use, actor) ||
  has(actor, 'liaison', branch.district);
