/** People, branches and their network: what the import checks and the store keeps (R12–R35). */
import { z } from 'zod';

/** Full members are graded; probationary ones get feedback only (A19); colleagues are representatives (R25). */
export const STATUSES = ['full', 'probationary', 'colleague'] as const;
export const statusSchema = z.enum(STATUSES);
export type Status = z.infer<typeof statusSchema>;

/** Ordered as people are listed on a sheet: the branch's own posts first, then the unit's, then the network's. */
export const ROLES = [
  'secretary',
  'deputy_secretary',
  'committee',
  'leader',
  'leading_group',
  'liaison',
  'office',
  'assessor',
] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** A post. `scope` is the district code of a liaison officer, else empty. */
export const heldRoleSchema = z.object({ role: roleSchema, scope: z.string() });
export type HeldRole = z.infer<typeof heldRoleSchema>;

export const byRole = (a: HeldRole, b: HeldRole): number =>
  ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.scope < b.scope ? -1 : a.scope > b.scope ? 1 : 0);

export const localeSchema = z.enum(['zh-CN', 'en']);

/** One row of the branches file, with the network it stands in. */
export interface RosterBranch {
  code: string;
  name: string;
  districtCode: string;
  districtName: string;
  /** Null: the branch has no four-mutual group yet, which is a gap and not an error. */
  groupCode: string | null;
  groupName: string | null;
  unitCode: string;
  unitName: string;
}

/** One row of the people file. */
export interface RosterPerson {
  employeeNo: string;
  name: string;
  mobile: string | null;
  branch: string;
  status: Status;
  /** Sorted, without duplicates. */
  roles: readonly HeldRole[];
  larkOpenId: string | null;
  dingtalkUserId: string | null;
  locale: z.infer<typeof localeSchema> | null;
}

/** Both files after every check has passed; people in the order of the file (A45). */
export interface Roster {
  branches: readonly RosterBranch[];
  people: readonly RosterPerson[];
}
