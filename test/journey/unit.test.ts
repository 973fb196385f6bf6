/**
 * A unit of two branches whose leaders rate in both, one of them without a committee (A1, A6, A8–A10, A14, A16, A19, A51). What
 * `tenstar results` prints is worked out again here from the marks that were cast, in plain whole numbers.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { BranchResult } from '../../src/domain/results-json.ts';
import { closeAndPublish, forAll, refusedCalls, resultsOfBranch } from '../support/ballot-play.ts';
import { t, toastOf } from '../support/journey.ts';
import type { ShownCard } from '../support/playground.ts';
import { castBallot, fileSelfReview, fillSelfReview, type Mark, runMeeting } from '../support/review-play.ts';
import { type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  ...['E03', 'E04'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E05', branch: 'B001', roles: 'leader' },
  ...['E06', 'E07', 'E08'].map((no) => ({ no, branch: 'B001' })),
  { no: 'P01', branch: 'B001', status: 'probationary' },
  ...['C01', 'C02', 'C03', 'C04'].map((no) => ({ no, branch: 'B001', status: 'colleague' as const })),
  { no: 'F01', branch: 'B002', roles: 'secretary;leader;leading_group' },
  { no: 'F02', branch: 'B002', roles: 'leader' },
  ...['F03', 'F04', 'F05', 'F06', 'F07'].map((no) => ({ no, branch: 'B002' })),
  ...['D01', 'D02', 'D03'].map((no) => ({ no, branch: 'B002', status: 'colleague' as const })),
];
const nameBy = (no: string): string => nameOf(MEMBERS.find((member) => member.no === no) ?? { no, branch: '' });
const STARS = defaultCatalogue.member.map(({ key }) => key);

/** Voters by the category they rate in; E08 is on leave and does not vote, C04 is no representative this time. */
const VOTERS = {
  B001: {
    leadership: ['E05', 'F01', 'F02'],
    committee: ['E01', 'E02'],
    members_and_colleagues: ['E03', 'E04', 'E06', 'E07', 'P01', 'C01', 'C02', 'C03'],
  },
  B002: {
    leadership: ['E05', 'F01', 'F02'],
    committee: [],
    members_and_colleagues: ['F03', 'F04', 'F05', 'F06', 'F07', 'D01', 'D02', 'D03'],
  },
} as const;
type BranchCode = keyof typeof VOTERS;
const CATEGORIES = ['leadership', 'committee', 'members_and_colleagues'] as const;
const SUBJECTS: Record<BranchCode, string[]> = {
  B001: ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E08', 'P01'],
  B002: ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07'],
};
/** Own marks; E03 files nothing, E07 is excused. */
const SELF: Record<string, number | null> = {
  E01: 8,
  E02: 7,
  E03: 0,
  E04: 10,
  E05: 9,
  E06: 9,
  E07: null,
  E08: 6,
  P01: 8,
  F01: 9,
  F02: 9,
  F03: 9,
  F04: 8,
  F05: 7,
  F06: 10,
  F07: 8,
};

/** Rows of the worked examples: subject and star, then the mark of each voter. */
const EXAMPLES: Record<string, Record<string, Mark>> = {
  // B1: 8, 9, 8, 7, 10, 8 · 8, 7 · 8, 9, 8; C03 does not know.
  'E06 0': { E03: 8, E04: 9, E07: 8, P01: 7, C01: 10, C02: 8, C03: 'x', E01: 8, E02: 7, E05: 8, F01: 9, F02: 8 },
  // B4: exactly eight.
  'E06 1': Object.fromEntries(
    ['E03', 'E04', 'E07', 'P01', 'C01', 'C02', 'C03', 'E01', 'E02', 'E05', 'F01', 'F02'].map((no) => [no, 8]),
  ),
  // B6: the marks of B1, self excused. B7: the same, self missing.
  'E07 0': { E03: 8, E04: 9, E06: 8, P01: 7, C01: 10, C02: 8, C03: 'x', E01: 8, E02: 7, E05: 8, F01: 9, F02: 8 },
  'E03 0': { E04: 8, E06: 9, E07: 8, P01: 7, C01: 10, C02: 8, C03: 'x', E01: 8, E02: 7, E05: 8, F01: 9, F02: 8 },
  // B3: no committee, weights 10 / 45 / 45.
  'F02 0': { F03: 8, F04: 8, F05: 8, F06: 8, F07: 8, D01: 8, D02: 8, D03: 8, E05: 7, F01: 8 },
};
function markOf(voter: string, subject: string, star: number): Mark {
  const example = EXAMPLES[`${subject} ${star}`]?.[voter];
  if (example !== undefined) return example;
  if (subject === 'branch') return voter === 'C01' ? 7 : 9;
  if (voter === 'D03' && subject === 'F04') return star < 6 ? 'x' : 2; // more than half unknown: the row does not count
  if (voter === 'D02' && star === 5) return 'x';
  const [a, b] = [voter.charCodeAt(0) + Number(voter.slice(1)), Number(subject.slice(1))];
  return 7 + ((a * 3 + b * 5 + star * (1 + (a % 3))) % 4);
}

/** Hundredths of `n / d`, rounded down, as they are printed. */
function shown(n: bigint, d: bigint): string {
  const hundredths = (100n * n) / d;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

interface Expected {
  score: string;
  won: boolean;
  means: Record<string, string | null> | null;
  n: bigint;
  d: bigint;
}
/** One star of one person from the marks above: 10 / 30 / 30 / 30, the share of an empty category going to the others. */
function expected(branch: BranchCode, subject: string, star: number): Expected {
  const self = SELF[subject] ?? null;
  const counts = (voter: string) =>
    Array.from({ length: 10 }, (_, i) => markOf(voter, subject, i)).filter((mark) => mark === 'x').length <= 5;
  const categories = CATEGORIES.map((category) => {
    const raters = VOTERS[branch][category].filter((voter) => voter !== subject);
    const marks = raters
      .filter(counts)
      .map((voter) => markOf(voter, subject, star))
      .filter((mark) => mark !== 'x');
    return {
      category,
      exists: raters.length > 0,
      sum: BigInt(marks.reduce((a, b) => a + b, 0)),
      count: BigInt(marks.length),
    };
  }).filter(({ exists }) => exists);
  const rated = categories.filter(({ count }) => count > 0n);
  const [own, rest] = self === null ? [0n, 100n] : [10n, 90n];
  let [n, d] = [BigInt(self ?? 0) * own, 100n];
  for (const { sum, count } of rated)
    [n, d] = [n * BigInt(rated.length) * count * 100n + rest * sum * d, d * BigInt(rated.length) * count * 100n];
  const open = categories.every(({ count }) => count >= 3n);
  const means = Object.fromEntries(categories.map(({ category, sum, count }) => [category, shown(sum, count)]));
  return {
    n,
    d,
    score: shown(n, d),
    won: subject !== 'P01' && n >= 8n * d,
    means: open ? { self: self === null ? null : `${self}.00`, ...means } : null,
  };
}

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  const results = {} as Record<BranchCode, BranchResult>;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
      ],
      members: MEMBERS,
    });
  }, 60_000);
  afterAll(() => world?.stop());

  const ballotsOf = async (no: string): Promise<string[]> =>
    (await world.client.sent({ limit: 1_000 }))
      .filter(
        ({ card, chat_type, recipients }) =>
          chat_type === 'p2p' &&
          recipients.includes(world.as(no).id) &&
          JSON.stringify(card ?? {}).includes('"ballot_next"'),
      )
      .map(({ card }) => /B00\d/.exec(JSON.stringify(card))?.[0] ?? '');
  const ballotFor = (no: string, branch: string): Promise<ShownCard> =>
    world
      .as(no)
      .card((card) => card.title.includes(branch) && card.forms.some(({ name }) => name.startsWith('ballot_')));
  const cast = async (no: string, card: ShownCard) =>
    (await castBallot(world, no, (subject, _star, i) => markOf(no, subject, i), card)).toast;

  test('self-reviews, an excuse, a representative taken off, somebody on leave', async () => {
    for (const secretary of ['E01', 'F01']) await world.as(secretary).ask('/评议 开启', { button: 'start_meeting' });
    const filing = Object.entries(SELF).filter(([no]) => !['E03', 'E07'].includes(no));
    await forAll(
      filing.map(([no]) => no),
      (no) => fileSelfReview(world, no, SELF[no] ?? 0),
    );
    const console = await world.as('E01').ask('/评议', { button: 'excuse_list' });
    const excuses = (await console.press('excuse_list')).card;
    expect(excuses.fields()).toEqual(['excuse_E03', 'excuse_E07']);
    expect((await excuses.press('excuse_save', { excuse_E07: 'illness' })).toast?.type).toBe('success');
    const form = (await (await world.as('E01').ask('/评议', { button: 'branch_review' })).press('branch_review')).card;
    expect(
      (
        await form.press(
          'submit',
          fillSelfReview(form, () => 9),
        )
      ).toast?.type,
    ).toBe('success');
    let page = (await (await world.as('E01').ask('/评议', { button: 'due_list' })).press('due_list')).card;
    while (!page.fields().includes('due_C04')) page = (await page.press('due_more')).card;
    expect((await page.press('due_save', { due_C04: 'off' })).toast?.content).toContain('12');
    page = (await (await world.as('E01').ask('/评议', { button: 'due_list' })).press('due_list')).card;
    expect((await page.press('due_save', { due_E08: 'leave' })).toast?.content).toContain('11');
  }, 60_000);

  test('meetings: who is taken off or exempt does not sign in', async () => {
    await runMeeting(world, 'E01', 'B001', ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'P01', 'C01', 'C02']);
    const signIn = await world.inChat('C04', 'branch:B001', { button: 'sign_in' });
    expect(toastOf(await signIn.press('sign_in'))).toBe(`warning: ${t('review.sign_in.not_due')}`);
    expect(toastOf(await (await world.inChat('E08', 'branch:B001', { button: 'sign_in' })).press('sign_in'))).toBe(
      `warning: ${t('review.sign_in.exempt')}`,
    );
    await runMeeting(world, 'F01', 'B002', ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'D01', 'D02', 'D03']);
  }, 60_000);

  test('a leader of the unit has one ballot in each branch, whatever else the leader is', async () => {
    for (const no of ['E05', 'F01', 'F02']) {
      for (const branch of ['B001', 'B002'])
        expect((await ballotFor(no, branch)).text).toContain(
          t('ballot.class', { category: t('ballot.category.leadership') }),
        );
      expect((await ballotsOf(no)).sort(), no).toEqual(['B001', 'B002']);
    }
    expect((await ballotFor('E01', 'B001')).text).toContain(
      t('ballot.class', { category: t('ballot.category.committee') }),
    );
    expect((await ballotFor('P01', 'B001')).text).toContain(
      t('ballot.class', { category: t('ballot.category.members_and_colleagues') }),
    );
    await ballotFor('E08', 'B001'); // exempt from the meeting, not from voting (A53)
    expect(await ballotsOf('C04')).toEqual([]);
  });

  test('a leader with two ballots is asked which; each is cast once', async () => {
    const choice = await world.as('E05').ask('/投票', { button: 'ballot_open_2' });
    const opened = (await choice.press('ballot_open_2')).card;
    const branch = /B00\d/.exec(opened.title)?.[0] ?? '';
    const other = branch === 'B001' ? 'B002' : 'B001';
    expect(await cast('E05', opened)).toBe('success');
    // Only one is left: it comes at once.
    const rest = await world.as('E05').ask('/投票', { title: /测评票/ });
    expect(rest.title).toContain(other);
    expect(await cast('E05', rest)).toBe('success');
    for (const code of ['B001', 'B002'])
      expect((await (await ballotFor('E05', code)).press('ballot_next', {})).toast?.type).toBe('warning');
  }, 60_000);

  test('everybody else votes, branches are closed, confirmed and published', async () => {
    for (const branch of ['B001', 'B002'] as const) {
      const voters = CATEGORIES.flatMap((category) => [...VOTERS[branch][category]]).filter((no) => no !== 'E05');
      const toasts = await forAll(voters, async (no) => cast(no, await ballotFor(no, branch)), 4);
      expect([...toasts.values()]).toEqual(voters.map(() => 'success'));
    }
    await closeAndPublish(world, 'E01');
    await closeAndPublish(world, 'F01');
    for (const branch of ['B001', 'B002'] as const) results[branch] = await resultsOfBranch(world, branch);
  }, 60_000);

  describe('results as data', () => {
    test('counts', () => {
      expect(results.B001.counts).toEqual({ due: 11, present: 10, electors: 14, cast: 13, valid: 13 });
      expect(results.B002.counts).toEqual({ due: 10, present: 10, electors: 11, cast: 11, valid: 11 });
    });

    test('the worked examples', () => {
      const star = (branch: BranchCode, no: string, i: number) =>
        results[branch].members.find(({ employee_no }) => employee_no === no)?.stars[i];
      expect(star('B001', 'E06', 0)).toMatchObject({ score: '8.15', won: true }); // B1
      expect(star('B001', 'E06', 1)).toMatchObject({ score: '8.10', won: true }); // B4, with nine for oneself
      expect(star('B001', 'E07', 0)).toMatchObject({ score: '8.05', won: true }); // B6
      expect(star('B001', 'E03', 0)).toMatchObject({ score: '7.25', won: false }); // B7
      expect(star('B002', 'F02', 0)).toMatchObject({ score: '7.87', won: false }); // B3
    });

    test.each(['B001', 'B002'] as const)('every number of %s, worked out again', (branch) => {
      expect(results[branch].members.map(({ employee_no }) => employee_no)).toEqual(SUBJECTS[branch]);
      for (const member of results[branch].members) {
        const no = member.employee_no;
        const stars = STARS.map((_, i) => expected(branch, no, i));
        const [n, d] = stars.reduce(([a, b], star) => [a * star.d + star.n * b, b * star.d], [0n, 1n] as [
          bigint,
          bigint,
        ]);
        expect({ no, total: member.total, level: member.level }).toEqual({
          no,
          total: shown(n, d),
          level: no === 'P01' ? null : stars.filter(({ won }) => won).length,
        });
        expect(
          member.stars.map(({ key, score, won, means, withheld }) => ({ key, score, won, means, withheld })),
        ).toEqual(
          stars.map(({ score, won, means }, i) => ({
            key: STARS[i],
            score,
            won,
            means,
            withheld: means === null ? 'min_category' : undefined,
          })),
        );
      }
    });

    test('feedback for the branches', () => {
      // Eight members and colleagues gave nines, C01 in B001 a seven.
      for (const star of results.B001.branch_feedback)
        expect(star).toMatchObject({ self: '9.00', members_and_colleagues: '8.75' });
      for (const star of results.B002.branch_feedback)
        expect(star).toMatchObject({ self: null, members_and_colleagues: '9.00' });
    });
  });

  describe('what people see', () => {
    test('the sheet names the departure from the plain weights', async () => {
      const sheet = await world.as('F02').card({ button: 'acknowledge' });
      expect(sheet.text).toContain(
        t('result.note.category_without_raters', { category: t('result.category.committee') }),
      );
      const weights = `${t('result.self')} 10.00%，${t('result.category.leadership')} 45.00%，${t('result.category.members_and_colleagues')} 45.00%`;
      expect(sheet.text).toContain(t('result.note.weights', { weights }));
      expect(sheet.view.tables[0]?.rows[0]).toEqual([defaultCatalogue.member[0]?.zh, '7.87', '']);
      expect((await world.as('E06').card({ button: 'acknowledge' })).text).not.toContain(t('result.notes_title'));
      expect((await world.as('E03').card({ button: 'acknowledge' })).text).toContain(t('result.note.self_missing'));
      expect((await world.as('E07').card({ button: 'acknowledge' })).text).toContain(t('result.note.self_excused'));
    });

    test('a probationary member gets feedback and no level, and is on no published list', async () => {
      const sheet = await world.as('P01').card({ button: 'acknowledge' });
      expect(sheet.text).toContain(t('result.not_graded'));
      const published = await world.inChat('E06', 'branch:B001', { title: /B001支部.*公示/ });
      const names = published.view.tables[0]?.rows.map(([name]) => name);
      expect(names).toEqual(SUBJECTS.B001.filter((no) => no !== 'P01').map(nameBy));
    });

    test('leaders see the scores of every branch of the unit', async () => {
      const own = await world.as('E05').ask('/结果', { button: 'person_E06' });
      expect(own.view.tables[0]?.rows).toHaveLength(9);
      const other = await world.as('E05').ask('/结果 B002', { button: 'person_F03' });
      expect((await other.press('person_F03')).card.title).toBe(nameBy('F03'));
    });

    test('no card was refused by the platform', async () => {
      expect(await refusedCalls(world)).toEqual({});
    });
  });
});
