import { byRole, type HeldRole, type Role, type RosterPerson, type Status } from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';
import {
  readCode,
  readDingtalkId,
  readEmployeeNo,
  readLocale,
  readMobile,
  readName,
  readOpenId,
  readRoles,
  readStatus,
} from './cells.ts';
import type { Sheet } from './sheet.ts';
import type { KnownCodes } from './check-branches.ts';
import type { PeopleColumn } from './columns.ts';
import { type Problem, shown } from './problem.ts';
import { reporter } from './reporter.ts';

/** Posts of a branch are elected among full members; the unit's leading group is made up of members. */
const FULL_MEMBERS_ONLY: readonly Role[] = ['secretary', 'deputy_secretary', 'committee'];
const MEMBERS_ONLY: readonly Role[] = ['leading_group'];

/** Checks the people file against the codes of the branches file; null where that file could not be read. */
export function checkPeople(
  { file, rows }: Sheet<PeopleColumn>,
  known: KnownCodes | null,
  t: Translate,
): { people: RosterPerson[]; problems: Problem[] } {
  const report = reporter<PeopleColumn>(file, t);
  const secretaries = new Map<string, number>();
  const people: RosterPerson[] = [];

  for (const row of rows) {
    const before = report.problems.length;
    const cell = (column: PeopleColumn) => report.cell(row.row, column);
    const employeeNo = report.need(row, 'employee_no', readEmployeeNo);
    const name = report.need(row, 'name', readName);
    const mobile = readMobile(row.cells.mobile, cell('mobile'));
    const branch = report.need(row, 'branch_code', readCode);
    const status = report.need(row, 'status', readStatus);
    const roles = readRoles(row.cells.roles, known?.districts ?? null, cell('roles')).sort(byRole);
    const larkOpenId = readOpenId(row.cells.lark_open_id, cell('lark_open_id'));
    const dingtalkUserId = readDingtalkId(row.cells.dingtalk_user_id, cell('dingtalk_user_id'));
    const locale = readLocale(row.cells.locale, cell('locale'));

    report.unique(row.row, 'employee_no', employeeNo);
    report.unique(row.row, 'mobile', mobile);
    report.unique(row.row, 'lark_open_id', larkOpenId, 'matter');
    report.unique(row.row, 'dingtalk_user_id', dingtalkUserId, 'matter');
    if (branch !== null && known && !known.branches.has(branch))
      report.fail(row.row, 'branch_code', t('roster.unknown_branch', { value: shown(branch) }));
    checkPosts(row.row, branch, status, roles);

    if (report.problems.length > before) continue;
    if (employeeNo === null || name === null || branch === null || status === null) continue;
    people.push({
      employeeNo,
      name,
      mobile: mobile || null,
      branch,
      status,
      roles,
      larkOpenId: larkOpenId || null,
      dingtalkUserId: dingtalkUserId || null,
      locale,
    });
  }
  return { people, problems: report.problems };

  function checkPosts(row: number, branch: string | null, status: Status | null, roles: readonly HeldRole[]): void {
    const fail = (reason: string) => report.fail(row, 'roles', reason);
    const holds = (role: Role) => roles.some((held) => held.role === role);
    for (const { role } of roles) {
      if (status !== null && status !== 'full' && FULL_MEMBERS_ONLY.includes(role))
        fail(t('roster.role_needs_full_member', { value: role, status }));
      if (status === 'colleague' && MEMBERS_ONLY.includes(role))
        fail(t('roster.role_needs_member', { value: role, status }));
    }
    if (holds('secretary') && holds('deputy_secretary')) fail(t('roster.both_secretaries'));
    if (branch === null || !holds('secretary')) return;
    const first = secretaries.get(branch);
    if (first === undefined) secretaries.set(branch, row);
    else fail(t('roster.second_secretary', { branch: shown(branch), row: first }));
  }
}
