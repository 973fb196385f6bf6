import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { sheetNamer } from '../../src/exports/names.ts';
import {
  countWorkbook,
  leagueCsv,
  publicityWorkbook,
  resultsCsv,
  resultsJson,
} from '../../src/exports/results-files.ts';
import { readFirstSheet } from '../../src/exports/workbook.ts';
import { RESULT_NAMES, RESULTS } from '../support/results.ts';

const open = async (bytes: Uint8Array) => (await readXlsx(bytes, { readStyles: true })).sheets;

describe('count sheet', () => {
  it('comes back from the file as it was laid out', async () => {
    const [sheet, feedback] = await open(await countWorkbook(RESULTS, RESULT_NAMES));
    expect(sheet?.name).toBe('晴川第一党支部汇总');
    const rows = sheet?.rows ?? [];
    expect(rows[0]?.[0]).toBe('晴川第一党支部党员“双十星”测评汇总表');
    expect(rows[1]?.[0]).toBe('支部：晴川第一党支部（天枢片区）    评议周期：2026年第3季度');
    expect(rows[2]?.[0]).toBe('应到 22 人，实到 19 人；评议人 27 人，收回 25 张，有效 25 张');
    expect(rows[3]).toEqual(['序号', '姓名', '星名', '各类平均分', null, null, null, '得分', '得星', '总分', '星级']);
    expect(rows[4]).toEqual([null, null, null, '自评', '党员和群众', '支部委员', '领导班子', null, null, null, null]);
    const star = RESULT_NAMES.catalogueOf().member[0]?.zh;
    expect(rows[5]).toEqual([1, '霁夏至', star, 9, 8.33, 7.5, 8.33, 8.15, '★', 81.5, '10星']);
    expect(rows[15]?.slice(8)).toEqual(['不计星', 79.99, '7星']);
    expect(rows[17]?.slice(7, 9)).toEqual([7.99, '']);
    expect(rows[25]?.slice(3, 8)).toEqual(['—', '—', '—', '—', 8.15]);
    expect(rows[35]?.slice(8)).toEqual(['', 70, '不定级']);
    expect(rows[45]?.slice(1, 7)).toEqual(['E0005', expect.any(String), '—', 8.33, 7.5, '—']);
    expect(rows[57]?.filter(Boolean)).toEqual(['监票人：', '计票人：', '支部书记：', '日期：    年  月  日']);
    expect(feedback?.rows[3]?.slice(2)).toEqual(['—', 8.4]);
  });

  it('prints as an office prints: merged heads, landscape A4, heads repeated, two digits', async () => {
    const [sheet] = await open(await countWorkbook(RESULTS, RESULT_NAMES));
    expect(sheet?.pageSetup).toMatchObject({
      orientation: 'landscape',
      paperSize: 'a4',
      fitToPage: true,
      printTitlesRow: '$1:$5',
    });
    expect(sheet?.merges).toEqual(
      expect.arrayContaining([
        { startRow: 0, startCol: 0, endRow: 0, endCol: 10 },
        { startRow: 3, startCol: 3, endRow: 3, endCol: 6 },
        { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
        { startRow: 5, startCol: 1, endRow: 14, endCol: 1 },
      ]),
    );
    expect(sheet?.columns?.[2]?.width).toBeCloseTo(26, 0);
    expect(sheet?.cells?.get('5,7')?.style?.numFmt).toBe('0.00');
    expect(sheet?.headerFooter?.oddFooter).toContain('内部资料，注意保管');
  });

  it('a branch that has not been counted has a sheet that says so', async () => {
    const sheets = await open(await countWorkbook(RESULTS, RESULT_NAMES));
    expect(sheets.map((sheet) => sheet.name)).toEqual([
      '晴川第一党支部汇总',
      '晴川第一党支部反馈',
      '晴川第二党支部汇总',
      '晴川第二党支部反馈',
    ]);
    expect(sheets[2]?.rows[2]?.[0]).toBe('尚未计票');
    for (const sheet of sheets) expect(JSON.stringify(sheet.rows)).toContain('规则：2026 年第 2 版（0123456789ab）');
  });

  it('speaks English on request', async () => {
    const [sheet] = await open(await countWorkbook(RESULTS, { ...RESULT_NAMES, locale: 'en' }));
    expect(sheet?.rows[0]?.[0]).toBe('晴川第一党支部: count sheet of the star appraisal');
    expect(sheet?.rows[5]?.[10]).toBe('10 stars');
  });
});

describe('publicity list', () => {
  it('shows stars, outstanding stars and level of those who have a level, in roster order', async () => {
    const [sheet] = await open(await publicityWorkbook(RESULTS, RESULT_NAMES));
    const rows = sheet?.rows ?? [];
    const names = RESULT_NAMES.catalogueOf().member.map((star) => star.zh);
    expect(rows[0]?.[0]).toBe('晴川第一党支部党员“双十星”评议结果公示表');
    expect(rows[3]?.slice(2, 12)).toEqual(names);
    expect(rows[4]).toEqual([1, '霁夏至', ...names.map(() => '★'), names[2], '10星']);
    expect(rows[5]).toEqual([2, '棠冬至', null, null, null, ...names.slice(3).map(() => '★'), null, '7星']);
    expect(rows.slice(4, 8).map((row) => row[1])).toEqual(['霁夏至', '棠冬至', '=SUM(1)', 'E0005']);
    expect(rows[8]?.[0]).toContain('公示期为 5 个工作日');
    expect(rows[10]?.[0]).toBe('规则：2026 年第 2 版（0123456789ab）');
  });

  it('holds no score, no rank and nothing of those without a level (A45)', async () => {
    const text = JSON.stringify(await readFirstSheet(await publicityWorkbook(RESULTS, RESULT_NAMES), 1000));
    expect(text).not.toMatch(/\d\.\d/);
    expect(text).not.toContain('不计星');
    expect(text).not.toContain('澜小雪');
  });
});

describe('a whole city', () => {
  const [branch] = RESULTS.branches;
  const city = {
    ...RESULTS,
    branches: Array.from({ length: 60 }, (_, n) => ({ ...branch!, branch: `B${n}`, members: branch!.members })),
  };

  it('is one workbook, and nothing else waits while it is written', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const bytes = await publicityWorkbook(city, RESULT_NAMES);
    clearInterval(timer);
    const sheets = await open(bytes);
    expect(sheets).toHaveLength(60);
    expect(sheets[59]?.rows.slice(4, 8).map((row) => row[1])).toEqual(['霁夏至', '棠冬至', '=SUM(1)', 'E0005']);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('CSV', () => {
  it('has one row per member and star, opens as UTF-8 and cannot act as a formula', () => {
    const text = resultsCsv(RESULTS, RESULT_NAMES);
    const lines = text.trimEnd().split('\r\n');
    expect(
      text.startsWith(
        '\ufeffperiod,branch,employee_no,name,level,total,star,star_name,score,won,barred,outstanding,mean_self,',
      ),
    ).toBe(true);
    expect(lines).toHaveLength(51);
    expect(lines[3]).toMatch(
      /^2026-Q3,B001,E0001,霁夏至,10,81\.50,\w+,[^,]+,8\.15,true,false,true,9\.00,8\.33,7\.50,8\.33,,abc$/,
    );
    expect(lines[21]).toMatch(/^2026-Q3,B001,E0003,'=SUM\(1\),10,.*,,,,,min_category,abc$/);
    expect(lines[31]).toMatch(/^2026-Q3,B001,E0004,澜小雪,,70\.00,/);
  });

  it('writes the league with ties, moves and reasons', () => {
    const figures = {
      weekly_check_rate: '98.50',
      monthly_on_time: '100.00',
      turnout: '93.10',
      commitments_on_schedule: null,
      activities: '3.00',
      mean_stars: '8.25',
    };
    const nothing = {
      weekly_check_rate: null,
      monthly_on_time: null,
      turnout: null,
      commitments_on_schedule: null,
      activities: null,
      mean_stars: null,
    };
    const rows = [
      { rank: 1, branch: 'B001', points: '95.00', ...figures, move: -1 },
      { rank: 1, branch: 'B002', points: '95.00', ...figures, move: null },
      { rank: null, branch: 'B003', points: null, ...nothing, move: null, reason: 'no_review' as const },
    ];
    expect(leagueCsv(rows, RESULT_NAMES.branches).trimEnd().split('\r\n')).toEqual([
      '\ufeffrank,branch,branch_name,points,weekly_check_rate,monthly_on_time,turnout,commitments_on_schedule,activities,mean_stars,move,reason',
      '1,B001,晴川第一党支部,95.00,98.50,100.00,93.10,,3.00,8.25,-1,',
      '1,B002,晴川第二党支部,95.00,98.50,100.00,93.10,,3.00,8.25,,',
      ',B003,,,,,,,,,,no_review',
    ]);
  });
});

it('JSON is what the contract says and nothing more', () => {
  expect(JSON.parse(resultsJson(RESULTS))).toEqual(RESULTS);
  const leaky = { ...RESULTS, ballots: [1] };
  expect(() => resultsJson(leaky)).toThrow();
});

it('sheet names are short, plain and different', () => {
  const nameOf = sheetNamer();
  expect(nameOf("a/b:[c]*?'\\")).toBe('a b  c');
  expect(nameOf('晴'.repeat(40))).toBe('晴'.repeat(31));
  expect(nameOf('晴'.repeat(40))).toBe(`${'晴'.repeat(29)} 2`);
  expect(nameOf('晴'.repeat(40))).toBe(`${'晴'.repeat(29)} 3`);
  expect(nameOf('')).toBe('1');
});
