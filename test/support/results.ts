/** Results of one small branch with every case a sheet must show. */
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { MemberResult, Results, StarResult } from '../../src/domain/results-json.ts';

const STARS = defaultCatalogue.member.map((star) => star.key);
const aStar = (key: string, over: Partial<StarResult> = {}): StarResult => ({
  key,
  score: '8.15',
  won: true,
  barred: false,
  outstanding: false,
  means: { self: '9.00', members_and_colleagues: '8.33', committee: '7.50', leadership: '8.33' },
  ...over,
});
const member = (
  employee_no: string,
  over: Partial<MemberResult>,
  stars: (key: string, n: number) => Partial<StarResult>,
): MemberResult => ({
  employee_no,
  level: 10,
  total: '81.50',
  stars: STARS.map((key, n) => aStar(key, stars(key, n))),
  ...over,
});

export const RESULTS: Results = {
  period: '2026-Q3',
  rules_hash: 'abc',
  branches: [
    {
      branch: 'B001',
      district: 'D1',
      group: 'G01',
      state: 'final',
      counts: { due: 22, present: 19, electors: 27, cast: 25, valid: 25 },
      members: [
        member('E0001', {}, (_, n) => ({ outstanding: n === 2 })),
        // Two stars barred, one lost.
        member('E0002', { level: 7, total: '79.99' }, (_, n) =>
          n < 2 ? { barred: true, won: false } : n === 2 ? { score: '7.99', won: false } : {},
        ),
        // The gate withholds the means.
        member('E0003', { withheld: 'min_category' }, () => ({ means: null, withheld: 'min_category' })),
        // Probationary: feedback only.
        member('E0004', { level: null, total: '70.00' }, () => ({ won: false })),
        // No category of leaders, self-review excused.
        member('E0005', {}, () => ({ means: { self: null, members_and_colleagues: '8.33', committee: '7.50' } })),
      ],
      branch_feedback: defaultCatalogue.branch.map((star, n) => ({
        key: star.key,
        self: n === 0 ? null : '9.00',
        members_and_colleagues: '8.40',
      })),
    },
    {
      branch: 'B002',
      district: 'D1',
      group: null,
      state: 'balloting',
      counts: null,
      members: [],
      branch_feedback: [],
    },
  ],
};

export const RESULT_NAMES = {
  locale: 'zh-CN' as const,
  versionOf: () => ({ year: 2026, version: 2, hash: '0123456789ab' }),
  rulesHashOf: () => 'abc',
  catalogueOf: () => defaultCatalogue,
  noticeDaysOf: () => 5,
  branches: new Map([
    ['B001', '晴川第一党支部'],
    ['B002', '晴川第二党支部'],
  ]),
  districts: new Map([['D1', '天枢片区']]),
  people: new Map([
    ['E0001', '霁夏至'],
    ['E0002', '棠冬至'],
    ['E0003', '=SUM(1)'],
    ['E0004', '澜小雪'],
  ]),
};
