import type { RosterBranch } from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';
import { readCode, readName } from './cells.ts';
import type { Sheet } from './sheet.ts';
import type { BranchColumn } from './columns.ts';
import { type Problem, shown } from './problem.ts';
import type { TableRow } from './read-table.ts';
import { reporter } from './reporter.ts';

/** Codes that people rows may refer to: also those of rows with other problems, so that one mistake is reported once. */
export interface KnownCodes {
  branches: ReadonlySet<string>;
  districts: readonly string[];
}

type Kind = 'district' | 'group' | 'unit';

/** Checks the branches file. A branch may lack a group (a gap), never a district or a unit. */
export function checkBranches(
  { file, rows }: Sheet<BranchColumn>,
  t: Translate,
): { branches: RosterBranch[]; codes: KnownCodes; problems: Problem[] } {
  const report = reporter<BranchColumn>(file, t);
  const names = new Map<string, { name: string; row: number }>();
  const capitals = new Map<string, { code: string; row: number }>();
  const groupDistrict = new Map<string, { district: string; row: number }>();
  const codes = { branches: new Set<string>(), districts: new Set<string>() };
  const branches: RosterBranch[] = [];

  /** One code has one name throughout the file, and is written with the same capitals. */
  const sameName = (kind: Kind, row: number, code: string, name: string) => {
    const written = capitals.get(`${kind} ${code.toLowerCase()}`);
    if (!written) capitals.set(`${kind} ${code.toLowerCase()}`, { code, row });
    else if (written.code !== code) {
      const detail = { value: shown(code), other: shown(written.code), row: written.row };
      report.fail(row, `${kind}_code`, t('roster.twice_but_case', detail));
    }
    const before = names.get(`${kind} ${code}`);
    if (!before) names.set(`${kind} ${code}`, { name, row });
    else if (before.name !== name)
      report.fail(
        row,
        `${kind}_name`,
        t('roster.names_disagree', { code, row: before.row, other: shown(before.name), value: shown(name) }),
      );
  };
  const needPair = (row: TableRow<BranchColumn>, kind: 'district' | 'unit') => {
    const code = report.need(row, `${kind}_code`, readCode);
    const name = report.need(row, `${kind}_name`, readName);
    if (code !== null && name !== null) sameName(kind, row.row, code, name);
    return { code, name };
  };

  for (const row of rows) {
    const before = report.problems.length;
    const district = needPair(row, 'district');
    const group = readGroup(row);
    const unit = needPair(row, 'unit');
    const code = report.need(row, 'branch_code', readCode);
    const name = report.need(row, 'branch_name', readName);
    report.unique(row.row, 'branch_code', code);
    if (code !== null) codes.branches.add(code);
    if (district.code !== null) codes.districts.add(district.code);
    if (report.problems.length > before) continue;
    if (code === null || name === null || unit.code === null || unit.name === null) continue;
    if (district.code === null || district.name === null) continue;
    branches.push({
      code,
      name,
      districtCode: district.code,
      districtName: district.name,
      groupCode: group.code,
      groupName: group.name,
      unitCode: unit.code,
      unitName: unit.name,
    });
  }
  return { branches, codes: { branches: codes.branches, districts: [...codes.districts] }, problems: report.problems };

  function readGroup(row: TableRow<BranchColumn>): { code: string | null; name: string | null } {
    const code = readCode(row.cells.group_code, report.cell(row.row, 'group_code'));
    const name = readName(row.cells.group_name, report.cell(row.row, 'group_name'));
    if (code && name === '') report.fail(row.row, 'group_name', t('roster.code_without_name', { value: shown(code) }));
    if (name && code === '') report.fail(row.row, 'group_code', t('roster.name_without_code', { value: shown(name) }));
    if (!code || !name) return { code: null, name: null };
    sameName('group', row.row, code, name);
    const district = row.cells.district_code.normalize('NFKC');
    const first = groupDistrict.get(code);
    if (!first) groupDistrict.set(code, { district, row: row.row });
    else if (first.district !== district) {
      const detail = { code, row: first.row, other: shown(first.district), value: shown(district) };
      report.fail(row.row, 'group_code', t('roster.group_other_district', detail));
    }
    return { code, name };
  }
}
