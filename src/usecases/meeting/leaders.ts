/** Leaders' attendance at their own branch's activities, registered on the spot and public all year (R67, A47). */
import type { Reader } from '../../store/db.ts';
import { type LeaderAttended, leadersAttendance } from '../../store/meeting-people.ts';
import { findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';

export interface LeadersYear {
  branchName: string;
  year: number;
  /** Newest first; what leaders were not at is nowhere (F12). */
  rows: readonly LeaderAttended[];
}
export const leadersArePublic = ({ rules }: Pick<Use, 'rules'>): boolean =>
  rules.attendance.public_for.includes('leaders');

/** Null where the rules publish nobody's attendance. */
export async function leadersYear(
  h: Reader,
  use: Pick<Use, 'rules'>,
  branch: string,
  year: number,
): Promise<LeadersYear | null> {
  const known = await findBranch(h, branch);
  if (known === null || !leadersArePublic(use)) return null;
  return { branchName: known.name, year, rows: await leadersAttendance(h, branch, `${year}-01-01`, `${year}-12-31`) };
}
