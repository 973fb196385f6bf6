/** The columns of both roster files (design.md §4) and the other names they may have in an office's own tables. */

export const BRANCH_COLUMNS = [
  'district_code',
  'district_name',
  'group_code',
  'group_name',
  'unit_code',
  'unit_name',
  'branch_code',
  'branch_name',
] as const;
export type BranchColumn = (typeof BRANCH_COLUMNS)[number];

export const PEOPLE_COLUMNS = [
  'employee_no',
  'name',
  'mobile',
  'branch_code',
  'status',
  'roles',
  'lark_open_id',
  'dingtalk_user_id',
  'locale',
] as const;
export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number];

const SYNONYMS: Readonly<Record<string, BranchColumn | PeopleColumn>> = {
  片区编码: 'district_code',
  片区代码: 'district_code',
  片区名称: 'district_name',
  片区: 'district_name',
  小组编码: 'group_code',
  四互小组编码: 'group_code',
  四互小组代码: 'group_code',
  小组名称: 'group_name',
  四互小组名称: 'group_name',
  四互小组: 'group_name',
  单位编码: 'unit_code',
  单位代码: 'unit_code',
  单位名称: 'unit_name',
  单位: 'unit_name',
  支部编码: 'branch_code',
  支部代码: 'branch_code',
  党支部编码: 'branch_code',
  支部名称: 'branch_name',
  党支部名称: 'branch_name',
  支部: 'branch_name',
  党支部: 'branch_name',
  工号: 'employee_no',
  员工编号: 'employee_no',
  姓名: 'name',
  手机: 'mobile',
  手机号: 'mobile',
  手机号码: 'mobile',
  身份: 'status',
  人员类别: 'status',
  角色: 'roles',
  党内职务: 'roles',
  飞书open_id: 'lark_open_id',
  飞书账号: 'lark_open_id',
  钉钉userid: 'dingtalk_user_id',
  钉钉账号: 'dingtalk_user_id',
  语言: 'locale',
};

/** The column a header cell names, or null. Width, case and blanks do not matter. */
export function columnNamed<C extends string>(header: string, columns: readonly C[]): C | null {
  const plain = header.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  const name = SYNONYMS[plain] ?? plain;
  return columns.find((column) => column === name) ?? null;
}
