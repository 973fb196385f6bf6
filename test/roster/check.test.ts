import { describe, expect, it } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { loadRoster } from '../../src/roster/load.ts';
import { problemLine } from '../../src/roster/problem.ts';
import { BRANCH_ROWS, branchesCsv, PEOPLE_ROWS, peopleCsv, utf8, withCell } from '../support/roster-files.ts';

const t = translator('en');
const load = (branches: readonly (readonly string[])[], people: readonly (readonly string[])[]) =>
  loadRoster(
    {
      branches: { name: 'b.csv', bytes: utf8(branchesCsv(branches)) },
      people: { name: 'p.csv', bytes: utf8(peopleCsv(people)) },
    },
    t,
  );
const lines = async (branches: readonly (readonly string[])[], people: readonly (readonly string[])[]) => {
  const result = await load(branches, people);
  return result.ok ? [] : result.problems.map(problemLine);
};

it('good files become a roster', async () => {
  const result = await load(BRANCH_ROWS, PEOPLE_ROWS);
  if (!result.ok) throw new Error('refused');
  expect(result.roster.branches).toHaveLength(3);
  expect(result.roster.branches[2]).toEqual({
    code: 'B003',
    name: '远山党支部',
    districtCode: 'D2',
    districtName: '天璇片区',
    groupCode: null,
    groupName: null,
    unitCode: 'U2',
    unitName: '远山处',
  });
  expect(result.roster.people[1]).toEqual({
    employeeNo: 'E0002',
    name: '棠冬至',
    mobile: '+85261234567',
    branch: 'B001',
    status: 'full',
    roles: [
      { role: 'leader', scope: '' },
      { role: 'liaison', scope: 'D1' },
    ],
    larkOpenId: 'ou_demo_b',
    dingtalkUserId: null,
    locale: 'en',
  });
});

describe('cells are read generously', () => {
  const personWith = async (column: number, value: string) => {
    const result = await load(BRANCH_ROWS, withCell(PEOPLE_ROWS, 3, column, value));
    if (!result.ok) throw new Error(result.problems.map(problemLine).join('\n'));
    return result.roster.people[1];
  };
  it.each([
    { column: 2, value: '+86 161-0000-9999', want: { mobile: '16100009999' } },
    { column: 2, value: '0086 16100009999', want: { mobile: '16100009999' } },
    { column: 2, value: '１６１００００９９９９', want: { mobile: '16100009999' } },
    { column: 2, value: '+1 (202) 555-0100', want: { mobile: '+12025550100' } },
    { column: 4, value: '正式党员', want: { status: 'full' } },
    { column: 4, value: 'Full', want: { status: 'full' } },
    {
      column: 5,
      value: '领导班子成员；片区联络员：D2；leader',
      want: {
        roles: [
          { role: 'leader', scope: '' },
          { role: 'liaison', scope: 'D2' },
        ],
      },
    },
    {
      column: 5,
      value: '"committee, assessor"',
      want: {
        roles: [
          { role: 'committee', scope: '' },
          { role: 'assessor', scope: '' },
        ],
      },
    },
    { column: 8, value: 'zh_CN', want: { locale: 'zh-CN' } },
    { column: 1, value: '棠　冬至', want: { name: '棠 冬至' } },
    { column: 1, value: '阿依·冬至', want: { name: '阿依·冬至' } },
  ])('$value', async ({ column, value, want }) => expect(await personWith(column, value)).toMatchObject(want));
});

describe('one wrong cell, one line', () => {
  it.each([
    {
      name: 'employee number missing',
      row: 2,
      column: 0,
      value: '',
      want: 'p.csv row 2 column employee_no: This must not be empty.',
    },
    {
      name: 'employee number with a blank',
      row: 2,
      column: 0,
      value: 'E 1',
      want: 'p.csv row 2 column employee_no: "E 1" is not an employee number: use letters, digits and hyphens, at most 24 characters.',
    },
    {
      name: 'employee number that is a word of the system',
      row: 2,
      column: 0,
      value: 'Branch',
      want: 'p.csv row 2 column employee_no: "Branch" is a word the system needs itself; it cannot be an employee number.',
    },
    {
      name: 'employee number twice',
      row: 3,
      column: 0,
      value: 'E0001',
      want: 'p.csv row 3 column employee_no: "E0001" already appears in row 2; it must be unique.',
    },
    {
      name: 'employee number twice but for capitals',
      row: 3,
      column: 0,
      value: 'e0001',
      want: 'p.csv row 3 column employee_no: "e0001" differs from "E0001" in row 2 only by capital letters; write both the same.',
    },
    { name: 'name missing', row: 3, column: 1, value: '', want: 'p.csv row 3 column name: This must not be empty.' },
    {
      name: 'name without letters',
      row: 3,
      column: 1,
      value: '123',
      want: 'p.csv row 3 column name: "123" has no letters in it; give a name.',
    },
    {
      name: 'name too long',
      row: 3,
      column: 1,
      value: '棠'.repeat(61),
      want: 'p.csv row 3 column name: This has 61 characters; at most 60 are allowed.',
    },
    {
      name: 'name with a line break',
      row: 3,
      column: 1,
      value: '"棠\n冬至"',
      want: 'p.csv row 3 column name: This holds an invisible control character or a line break; delete it.',
    },
    {
      name: 'name with a direction mark',
      row: 3,
      column: 1,
      value: '棠\u202e冬至',
      want: 'p.csv row 3 column name: This holds an invisible control character or a line break; delete it.',
    },
    {
      name: 'mobile too short',
      row: 2,
      column: 2,
      value: '1610000000',
      want: 'p.csv row 2 column mobile: "1610000000" is not a mobile number. Use 11 digits for mainland China, or + and the country code.',
    },
    {
      name: 'mobile of a land line',
      row: 2,
      column: 2,
      value: '010-12345678',
      want: 'p.csv row 2 column mobile: "010-12345678" is not a mobile number. Use 11 digits for mainland China, or + and the country code.',
    },
    {
      name: 'mobile that a spreadsheet spoiled',
      row: 2,
      column: 2,
      value: '1.61E+10',
      want: 'p.csv row 2 column mobile: "1.61E+10" was turned into scientific notation by a spreadsheet. Set the column to "text" and enter it again.',
    },
    {
      name: 'mobile twice, written differently',
      row: 5,
      column: 2,
      value: '+86 161 0000 0001',
      want: 'p.csv row 5 column mobile: "16100000001" already appears in row 2; it must be unique.',
    },
    {
      name: 'unknown branch',
      row: 2,
      column: 3,
      value: 'B9',
      want: 'p.csv row 2 column branch_code: The branches file has no code "B9". Use a code from its column branch_code.',
    },
    {
      name: 'unknown status',
      row: 3,
      column: 4,
      value: 'member',
      want: 'p.csv row 3 column status: "member" is not a status. Allowed: full, probationary, colleague.',
    },
    {
      name: 'unknown role',
      row: 3,
      column: 5,
      value: 'boss',
      want: 'p.csv row 3 column roles: "boss" is not a role. Allowed, separated by semicolons: secretary, deputy_secretary, committee, leader, leading_group, liaison:D1, office, assessor.',
    },
    {
      name: 'liaison without a district',
      row: 3,
      column: 5,
      value: 'liaison',
      want: 'p.csv row 3 column roles: A liaison officer needs a district, for example liaison:D1.',
    },
    {
      name: 'liaison of an unknown district',
      row: 3,
      column: 5,
      value: 'liaison:D9',
      want: 'p.csv row 3 column roles: The branches file has no district "D9". Allowed: D1, D2.',
    },
    {
      name: 'a district where none belongs',
      row: 3,
      column: 5,
      value: 'leader:D1',
      want: 'p.csv row 3 column roles: "leader" takes no district; only liaison does.',
    },
    {
      name: 'a colleague as committee member',
      row: 4,
      column: 5,
      value: 'committee',
      want: 'p.csv row 4 column roles: "committee" must be a full member; the status here is colleague.',
    },
    {
      name: 'a colleague in the leading group',
      row: 4,
      column: 5,
      value: 'leading_group',
      want: 'p.csv row 4 column roles: "leading_group" must be a member; the status here is colleague.',
    },
    {
      name: 'a probationary secretary',
      row: 5,
      column: 5,
      value: 'secretary',
      want: 'p.csv row 5 column roles: "secretary" must be a full member; the status here is probationary.',
    },
    {
      name: 'secretary and deputy in one',
      row: 2,
      column: 5,
      value: 'secretary;deputy_secretary',
      want: 'p.csv row 2 column roles: One person cannot be both secretary and deputy secretary.',
    },
    {
      name: 'a second secretary',
      row: 3,
      column: 5,
      value: 'secretary',
      want: 'p.csv row 3 column roles: The secretary of branch "B001" is already in row 2; a branch has one secretary.',
    },
    {
      name: 'an open_id of another kind',
      row: 2,
      column: 6,
      value: 'on_demo',
      want: 'p.csv row 2 column lark_open_id: "on_demo" is not a Feishu open_id. It starts with ou_; leave it empty to look it up by mobile.',
    },
    {
      name: 'an open_id twice',
      row: 2,
      column: 6,
      value: 'ou_demo_b',
      want: 'p.csv row 3 column lark_open_id: "ou_demo_b" already appears in row 2; it must be unique.',
    },
    {
      name: 'a DingTalk id with blanks',
      row: 2,
      column: 7,
      value: 'a b',
      want: 'p.csv row 2 column dingtalk_user_id: "a b" is not a DingTalk userid: at most 64 letters, digits or _ - . @; leave it empty if unknown.',
    },
    {
      name: 'unknown language',
      row: 2,
      column: 8,
      value: 'fr',
      want: 'p.csv row 2 column locale: "fr" is not a language. Allowed: zh-CN, en, or empty.',
    },
  ])('$name', async ({ row, column, value, want }) =>
    expect(await lines(BRANCH_ROWS, withCell(PEOPLE_ROWS, row, column, value))).toEqual([want]),
  );

  it.each([
    {
      name: 'district code missing',
      row: 4,
      column: 0,
      value: '',
      want: 'b.csv row 4 column district_code: This must not be empty.',
    },
    {
      name: 'code with a Chinese character',
      row: 4,
      column: 4,
      value: '处2',
      want: 'b.csv row 4 column unit_code: "处2" is not a code: use letters, digits, hyphens and underscores, at most 32 characters.',
    },
    {
      name: 'two names for one district',
      row: 3,
      column: 1,
      value: '天权片区',
      want: 'b.csv row 3 column district_name: Code "D1" is called "天枢片区" in row 2 but "天权片区" here; make them the same.',
    },
    {
      name: 'two names for one group',
      row: 3,
      column: 3,
      value: '第2四互小组',
      want: 'b.csv row 3 column group_name: Code "G01" is called "第1四互小组" in row 2 but "第2四互小组" here; make them the same.',
    },
    {
      name: 'two names for one unit',
      row: 3,
      column: 5,
      value: '别处',
      want: 'b.csv row 3 column unit_name: Code "U1" is called "晴川处" in row 2 but "别处" here; make them the same.',
    },
    {
      name: 'one code in two spellings',
      row: 3,
      column: 4,
      value: 'u1',
      want: 'b.csv row 3 column unit_code: "u1" differs from "U1" in row 2 only by capital letters; write both the same.',
    },
    {
      name: 'a group code without a name',
      row: 4,
      column: 2,
      value: 'G02',
      want: 'b.csv row 4 column group_name: The code "G02" needs a name beside it.',
    },
    {
      name: 'a group name without a code',
      row: 4,
      column: 3,
      value: '第2四互小组',
      want: 'b.csv row 4 column group_code: The name "第2四互小组" needs a code beside it.',
    },
    {
      name: 'branch name missing',
      row: 2,
      column: 7,
      value: '',
      want: 'b.csv row 2 column branch_name: This must not be empty.',
    },
  ])('$name', async ({ row, column, value, want }) =>
    expect(await lines(withCell(BRANCH_ROWS, row, column, value), PEOPLE_ROWS)).toEqual([want]),
  );

  it('a group in two districts', async () => {
    const rows = BRANCH_ROWS.map((row, n) =>
      n === 2 ? ['D2', '天璇片区', 'G01', '第1四互小组', ...row.slice(4)] : row,
    );
    expect(await lines(rows, PEOPLE_ROWS)).toEqual([
      'b.csv row 4 column group_code: Group "G01" belongs to district "D1" in row 2 but to "D2" here; a group lies in one district.',
    ]);
  });

  it('a branch twice', async () => {
    expect(await lines([...BRANCH_ROWS, BRANCH_ROWS[0] ?? []], PEOPLE_ROWS)).toEqual([
      'b.csv row 5 column branch_code: "B001" already appears in row 2; it must be unique.',
    ]);
  });
});

it('lists every problem of both files at once, in the order of the rows', async () => {
  const found = await lines(
    withCell(withCell(BRANCH_ROWS, 2, 7, ''), 4, 0, ''),
    withCell(withCell(withCell(PEOPLE_ROWS, 2, 2, 'x'), 2, 4, ''), 6, 3, 'B7'),
  );
  expect(found.map((line) => line.split(':')[0])).toEqual([
    'b.csv row 2 column branch_name',
    'b.csv row 4 column district_code',
    'p.csv row 2 column mobile',
    'p.csv row 2 column status',
    'p.csv row 6 column branch_code',
  ]);
});

it('a branch row with a mistake does not make its people unknown', async () => {
  expect(await lines(withCell(BRANCH_ROWS, 2, 7, ''), PEOPLE_ROWS)).toHaveLength(1);
});

it('people are still checked when the branches cannot be read, without blaming their branch', async () => {
  const result = await loadRoster(
    {
      branches: { name: 'b.csv', bytes: utf8('x') },
      people: { name: 'p.csv', bytes: utf8(peopleCsv(withCell(PEOPLE_ROWS, 2, 4, 'y'))) },
    },
    t,
  );
  const found = result.ok ? [] : result.problems.map(problemLine);
  expect(found.filter((line) => line.startsWith('b.csv'))).toHaveLength(9);
  expect(found.filter((line) => line.startsWith('p.csv'))).toEqual([expect.stringContaining('row 2 column status')]);
});

it('files with column names only are refused', async () => {
  expect(await lines([], [])).toEqual([
    'b.csv row 2 column -: There is no row under the column names.',
    'p.csv row 2 column -: There is no row under the column names.',
  ]);
});

it('says it in Chinese too, and quotes no control character to the terminal', async () => {
  const result = await loadRoster(
    {
      branches: { name: 'b.csv', bytes: utf8(branchesCsv()) },
      people: { name: 'p.csv', bytes: utf8(peopleCsv(withCell(PEOPLE_ROWS, 2, 4, '\u001b[31mx'))) },
    },
    translator('zh-CN'),
  );
  expect(result.ok ? [] : result.problems.map(problemLine)).toEqual([
    'p.csv row 2 column status: “·[31mx”不是可用的身份。可用：full（正式党员）、probationary（预备党员）、colleague（群众）。',
  ]);
});
