/** Who may do what. Decided from the person the platform names, never from what a card carries (design.md section 6). */
import type { Role } from '../domain/roster.ts';
import type { Reader } from '../store/db.ts';
import { type Actor, type Branch, peopleWithRole } from '../store/roster.ts';
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

/** The secretary or the deputy of this branch runs its review. */
export const runsBranch = (actor: Actor, branch: string): boolean =>
  actor.branch === branch && (has(actor, 'secretary') || has(actor, 'deputy_secretary'));

/** The branch committee: secretary, deputy and committee members. */
export const onCommittee = (actor: Actor, branch: string): boolean =>
  runsBranch(actor, branch) || (actor.branch === branch && has(actor, 'committee'));

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
