import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from '../../src/roster/columns.ts';
import { MAX_FILE_MB, readTable } from '../../src/roster/read-table.ts';
import { gbk } from '../support/gbk.ts';
import { BRANCH_ROWS, branchesCsv, csv, PEOPLE_ROWS, peopleCsv, utf8, xlsx } from '../support/roster-files.ts';

const t = translator('en');
const read = (bytes: Uint8Array) => readTable('p.csv', bytes, PEOPLE_COLUMNS, t);
const plain = async (bytes: Uint8Array) => {
  const result = await read(bytes);
  if (!result.ok) throw new Error(result.problems.map((p) => p.reason).join('\n'));
  return result.rows.map(({ row, cells }) => [row, ...PEOPLE_COLUMNS.map((column) => cells[column])]);
};
const reasons = async (bytes: Uint8Array) => {
  const result = await read(bytes);
  return result.ok ? [] : result.problems.map((p) => `${p.row} ${p.column}: ${p.reason}`);
};
const EXPECTED = PEOPLE_ROWS.map((cells, index) => [index + 2, ...cells]);

describe('the same rows come out of', () => {
  const text = peopleCsv();
  const SYNONYMS = ['工号', '姓名', '手机号', '支部编码', '身份', '角色', '飞书open_id', '钉钉userid', '语言'];
  it.each([
    { name: 'UTF-8', bytes: utf8(text) },
    { name: 'UTF-8 with a byte order mark', bytes: utf8(`\ufeff${text}`) },
    { name: 'GBK', bytes: gbk(text) },
    {
      name: 'UTF-16, as a spreadsheet saves "Unicode text"',
      bytes: new Uint8Array(Buffer.from(`\ufeff${csv(PEOPLE_COLUMNS, PEOPLE_ROWS, '\t')}`, 'utf16le')),
    },
    { name: 'tabs', bytes: utf8(csv(PEOPLE_COLUMNS, PEOPLE_ROWS, '\t')) },
    { name: 'full-width commas', bytes: utf8(csv(PEOPLE_COLUMNS, PEOPLE_ROWS, '，')) },
    {
      name: 'semicolons, where the roles are quoted',
      bytes: utf8(
        csv(
          PEOPLE_COLUMNS,
          PEOPLE_ROWS.map((row) => row.map((cell) => (cell.includes(';') ? `"${cell}"` : cell))),
          ';',
        ),
      ),
    },
    { name: 'line feeds alone', bytes: utf8(text.replaceAll('\r\n', '\n')) },
    { name: 'line ends of two kinds', bytes: utf8(text.replace('\r\n', '\n')) },
    { name: 'no line end at the end', bytes: utf8(text.trimEnd()) },
    { name: 'blanks around cells', bytes: utf8(text.replaceAll(',', ' ,　')) },
    { name: 'Chinese column names', bytes: gbk(csv(SYNONYMS, PEOPLE_ROWS)) },
    { name: 'column names in capitals', bytes: utf8(text.replace('employee_no,name', 'Employee_No,NAME')) },
  ])('$name', async ({ bytes }) => expect(await plain(bytes)).toEqual(EXPECTED));

  it('XLSX, with numbers as a spreadsheet keeps them', async () => {
    const rows = PEOPLE_ROWS.map((row) => row.map((cell) => (/^161\d+$/.test(cell) ? Number(cell) : cell)));
    expect(await plain(await xlsx([[...PEOPLE_COLUMNS], ...rows]))).toEqual(EXPECTED);
  });

  it('columns in another order', async () => {
    const head = [...PEOPLE_COLUMNS].reverse();
    expect(
      await plain(
        utf8(
          csv(
            head,
            PEOPLE_ROWS.map((row) => row.toReversed()),
          ),
        ),
      ),
    ).toEqual(EXPECTED);
  });
});

it('keeps the row numbers a spreadsheet shows over empty rows and line breaks in cells', async () => {
  const [first = [], second = [], third = []] = PEOPLE_ROWS;
  const lines = [
    PEOPLE_COLUMNS.join(','),
    first.join(','),
    ',,,,,,,,',
    '',
    second.join(',').replace('棠冬至', '"棠\n冬至"'),
    third.join(','),
  ];
  expect((await plain(utf8(lines.join('\n')))).map((row) => row[0])).toEqual([2, 5, 6]);
  const sheet = await xlsx([[...PEOPLE_COLUMNS], first, [], [null], second]);
  expect((await plain(sheet)).map((row) => row[0])).toEqual([2, 5]);
});

it('reads branches by their Chinese names too', async () => {
  const head = [
    '片区编码',
    '片区名称',
    '四互小组编码',
    '四互小组名称',
    '单位编码',
    '单位名称',
    '党支部编码',
    '党支部名称',
  ];
  const result = await readTable('b.csv', utf8(csv(head, BRANCH_ROWS)), BRANCH_COLUMNS, t);
  expect(result.ok && result.rows[0]?.cells).toMatchObject({
    district_code: 'D1',
    group_name: '第1四互小组',
    branch_name: '晴川第一党支部',
  });
});

describe('columns', () => {
  it('names every unknown, missing and doubled column and says what is allowed', async () => {
    const head = PEOPLE_COLUMNS.join(',').replace('mobile', 'phone').replace('locale', '姓名').replace('roles', '年龄');
    const found = await reasons(utf8(`${head}\n`));
    expect(found).toEqual([
      expect.stringContaining('1 phone: There is no column "phone". Allowed columns: employee_no, name, mobile'),
      expect.stringContaining('1 年龄: There is no column "年龄"'),
      expect.stringContaining('1 姓名: The column "姓名" appears twice'),
      expect.stringContaining('1 mobile: The column "mobile" is missing. Needed columns: employee_no'),
      expect.stringContaining('1 roles: The column "roles" is missing'),
      expect.stringContaining('1 locale: The column "locale" is missing'),
    ]);
  });

  it('tells a row with a separator too many from content under a nameless column', async () => {
    const extra = peopleCsv().replace('E0004,澜小雪', 'E0004,澜小雪,16100000004,B002,full,,,,');
    expect(await reasons(utf8(extra))).toEqual([
      expect.stringMatching(/^5 10: "16100000004" lies beyond the last column name/),
      expect.stringMatching(/^5 11: "B002" lies beyond/),
      expect.stringMatching(/^5 12: "probationary" lies beyond/),
    ]);
    const nameless = csv(
      [...PEOPLE_COLUMNS, ''],
      PEOPLE_ROWS.map((row, n) => [...row, n === 1 ? '备注' : '']),
    );
    expect(await reasons(utf8(nameless))).toEqual([
      expect.stringMatching(/^3 10: This column has content but no name/),
    ]);
  });
});

describe('files that are refused with one sentence', () => {
  const broken = new Uint8Array(400);
  broken.set([0x50, 0x4b, 3, 4]);
  const damaged = new Uint8Array(
    Buffer.concat([Buffer.from(peopleCsv()).subarray(0, -14), Buffer.of(0xe5, 0x41), Buffer.from('\r\n')]),
  );
  it.each([
    {
      name: 'nothing in it',
      bytes: new Uint8Array(),
      want: /^1 -: The file is empty. Row 1 must hold the column names: employee_no/,
    },
    { name: 'blank lines only', bytes: utf8('\n , ,\n'), want: /The file is empty/ },
    { name: 'an old .xls', bytes: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), want: /old Excel file/ },
    { name: 'a broken .xlsx', bytes: broken, want: /cannot be read as an XLSX/ },
    { name: 'a picture', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0), want: /neither UTF-8 nor GBK/ },
    {
      name: 'bytes that are no text',
      bytes: Uint8Array.of(0x41, 0x2c, 0xff, 0xff, 0x0a),
      want: /neither UTF-8 nor GBK/,
    },
    {
      name: 'UTF-8 with one damaged character, which GBK would turn into nonsense',
      bytes: damaged,
      want: /^6 -: There are unreadable characters/,
    },
    {
      name: 'a quotation mark that is never closed',
      bytes: utf8(`${peopleCsv()}"E0006,霞\n`),
      want: /^7 -: The quotation marks do not pair up/,
    },
    {
      name: 'too many bytes',
      bytes: new Uint8Array(MAX_FILE_MB * 1024 * 1024 + 1).fill(0x61),
      want: /the limit is 20 MB/,
    },
  ])('$name', async ({ bytes, want }) => {
    const found = await reasons(bytes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(want);
  });

  it('a ZIP archive that is no workbook', async () => {
    const workbook = await xlsx([['a']]);
    const text = Buffer.from(workbook).toString('latin1').replaceAll('xl/worksheets', 'xl/worksheetz');
    expect(await reasons(new Uint8Array(Buffer.from(text, 'latin1')))).toEqual([
      expect.stringMatching(/cannot be read as an XLSX|file is empty/),
    ]);
  });
});

const cellText = fc
  .string({ unit: fc.constantFrom(...Array.from('ab1甲乙,;\t，"\n|:')), maxLength: 6 })
  .map((text) => text.trim());
test.prop([fc.array(fc.tuple(...BRANCH_COLUMNS.map(() => cellText)), { minLength: 1, maxLength: 6 })])(
  'quoted cells come back as they went in, whatever separators they hold',
  async (rows) => {
    const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
    const result = await readTable(
      'b.csv',
      utf8([BRANCH_COLUMNS.join(','), ...quoted].join('\r\n')),
      BRANCH_COLUMNS,
      t,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const kept = rows.filter((row) => row.some((cell) => cell !== ''));
    expect(result.rows.map(({ cells }) => BRANCH_COLUMNS.map((column) => cells[column]))).toEqual(kept);
  },
);

test.prop([fc.uint8Array({ maxLength: 200 })])('no bytes make it throw', async (bytes) => {
  const result = await readTable('b.csv', bytes, BRANCH_COLUMNS, t);
  expect(result.ok).toBe(false);
});

it('reads its own branches file', async () => {
  const result = await readTable('b.csv', utf8(branchesCsv()), BRANCH_COLUMNS, t);
  expect(result.ok && result.rows).toHaveLength(BRANCH_ROWS.length);
});
