/** A small branch: what would tell a single ballot is held back, in data and on every card (F4, A17, design.md 12.11, 12.12). */
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { CATEGORIES } from '../../src/domain/marks.ts';
import type { BranchResult, MemberResult } from '../../src/domain/results-json.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { memberJson } from '../../src/domain/sheet.ts';
import { tally } from '../../src/domain/tally.ts';
import { type Known, readingsOf, solved } from '../support/attacker.ts';
import { closeAndPublish, forAll, openBallots, resultsOfBranch, sentBallot } from '../support/ballot-play.ts';
import { t } from '../support/journey.ts';
import { readCard } from '../support/playground.ts';
import { castBallot, fileSelfReview, type Mark } from '../support/review-play.ts';
import { type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader' },
  ...['E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001' })),
  { no: 'C01', branch: 'B001', status: 'colleague' },
];
const PEOPLE = MEMBERS.map(({ no }) => no);
const CLASS: Record<string, (typeof CATEGORIES)[number]> = { E01: 'committee', E02: 'committee', E03: 'leadership' };
const classOf = (no: string) => CLASS[no] ?? 'members_and_colleagues';
const SELF = 9;

/** E05 gets ten from everybody; three do not know E06; the others get marks in the middle. */
function markOf(voter: string, subject: string, star: number): Mark {
  if (subject === 'branch') return 8;
  if (subject === 'E05') return 10;
  if (subject === 'E06' && ['E01', 'E04', 'C01'].includes(voter)) return star < 6 ? 'x' : 9;
  return 6 + ((Number(voter.slice(1)) * 2 + Number(subject.slice(1)) + star) % 4);
}
const raters = (subject: string) => PEOPLE.filter((no) => no !== subject);
const known = (subject: string): Known => ({
  self: Array.from({ length: 10 }, () => (subject === 'E05' ? 10 : SELF)),
  counts: Array.from({ length: 10 }, (_, star) => {
    const given = raters(subject).filter((voter) => markOf(voter, subject, star) !== 'x');
    return Object.fromEntries(
      CATEGORIES.map((category) => [category, given.filter((no) => classOf(no) === category).length]),
    );
  }),
});

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let result: BranchResult;
  const of = (no: string): MemberResult => {
    const found = result.members.find(({ employee_no }) => employee_no === no);
    if (found === undefined) throw new Error(`no result of ${no}`);
    return found;
  };
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      env: { LOG_LEVEL: 'info' },
    });
    await openBallots(world, 'E01', 'B001', PEOPLE, () =>
      forAll(PEOPLE.slice(0, 6), (no) => fileSelfReview(world, no, no === 'E05' ? 10 : SELF)),
    );
    await forAll(PEOPLE, async (no) =>
      castBallot(world, no, (subject, _star, i) => markOf(no, subject, i), await sentBallot(world, no)),
    );
    await closeAndPublish(world, 'E01');
    result = await resultsOfBranch(world, 'B001');
  }, 60_000);
  afterAll(() => world?.stop());

  describe('results as data', () => {
    test('means of categories with fewer than three marks are held back, all of them', () => {
      for (const no of ['E01', 'E02', 'E03', 'E04'])
        for (const star of of(no).stars) expect(star).toMatchObject({ means: null, withheld: 'min_category' });
      expect(of('E04').total).toMatch(/^\d\d\.\d\d$/);
      expect(of('E04').stars[0]?.score).toMatch(/^\d\.\d\d$/);
    });

    test('a score that only one set of ballots can give is held back with everything beside it', () => {
      expect(of('E05')).toMatchObject({ level: 10, total: null, withheld: 'min_category' });
      for (const star of of('E05').stars)
        expect(star).toMatchObject({ won: true, score: null, means: null, withheld: 'min_category' });
      // Had they been shown, nobody would have needed to guess.
      const shown = {
        ...of('E05'),
        total: '100.00',
        stars: of('E05').stars.map((star) => ({ ...star, score: '10.00' })),
      };
      expect(solved(shown, known('E05')).length).toBe(30);
    });

    test('with fewer than five ballots that count there is no tally (A17)', () => {
      expect(of('E06')).toMatchObject({ level: null, total: null, withheld: 'min_total' });
      for (const star of of('E06').stars)
        expect(star).toMatchObject({ won: false, score: null, means: null, withheld: 'min_total' });
    });

    test('feedback to the branch is the mean of one category of four', () => {
      for (const star of result.branch_feedback)
        expect(star).toEqual({ key: star.key, self: null, members_and_colleagues: '8.00' });
    });

    test('whoever tries every ballot solves nothing', () => {
      for (const no of ['E01', 'E02', 'E03', 'E04', 'E05']) {
        const readings = readingsOf(of(no), known(no));
        for (const [star, sums] of readings.entries())
          for (const category of CATEGORIES.filter((it) => (known(no).counts[star]?.[it] ?? 0) > 0)) {
            const truth = raters(no)
              .filter((voter) => classOf(voter) === category)
              .reduce((sum, voter) => sum + Number(markOf(voter, no, star)), 0);
            expect(sums[category]?.has(truth), `the attacker of ${no} looks in the right place`).toBe(true);
          }
        expect(solved(of(no), known(no))).toEqual([]);
      }
    });
  });

  describe('cards', () => {
    test('no card shows a mean, and nobody’s card a score that is held back', async () => {
      const cards = (await world.client.sent({ limit: 1_000 })).map(({ card, recipients, chat_type }) => ({
        view: readCard(card ?? {}),
        recipients,
        chat_type,
      }));
      const [e05, e06] = await Promise.all(['E05', 'E06'].map((no) => world.as(no).card({ button: 'acknowledge' })));
      for (const { view } of cards) expect(view.texts).not.toContain(t('result.means_title'));
      for (const sheet of [e05, e06]) expect(JSON.stringify(sheet?.json)).not.toMatch(/\d\.\d\d\D/);
      expect(e05?.view.tables[0]?.rows.map(([, score, won]) => [score, won])).toEqual(
        Array.from({ length: 10 }, () => [t('result.withheld'), '★']),
      );
      expect(e05?.text).toContain(t('result.withheld_why'));
      expect(e06?.text).toContain(t('result.too_few'));
      for (const { view, chat_type } of cards.filter((card) => card.chat_type === 'group'))
        expect(JSON.stringify(view), chat_type).not.toMatch(/\d\.\d\d\D/);
    });

    test('the overview of the committee holds back what the data hold back', async () => {
      const overview = await world.as('E02').ask('/结果', { button: 'person_E05' });
      const rows = new Map(overview.view.tables[0]?.rows.map(([name, level, total]) => [name, [level, total]]));
      expect(rows.get(nameOf({ no: 'E05', branch: '' }))).toEqual(['10', t('result.withheld')]);
      expect(rows.get(nameOf({ no: 'E06', branch: '' }))).toEqual(['', t('result.withheld')]);
      expect(rows.get(nameOf({ no: 'E04', branch: '' }))).toEqual([String(of('E04').level), of('E04').total]);
      const sheet = (await overview.press('person_E05')).card;
      expect(JSON.stringify(sheet.json)).not.toMatch(/\d\.\d\d\D/);
    });
  });

  const STARS = defaultCatalogue.member.map(({ key }) => key);
  /** Marks as people give them: mostly the same, so that totals and scores hug their ends. */
  const row = fc
    .tuple(fc.integer({ min: 5, max: 10 }), fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 10, maxLength: 10 }))
    .map(([usual, by]) => by.map((d) => Math.max(0, Math.min(10, usual + d))));
  const branch = fc
    .constantFrom<[number, number, number]>(
      [1, 2, 2],
      [1, 1, 3],
      [2, 1, 2],
      [0, 2, 3],
      [1, 0, 4],
      [2, 0, 3],
      [0, 0, 5],
      [2, 2, 2],
    )
    .chain((sizes) =>
      fc.record({
        sizes: fc.constant(sizes),
        self: fc.constantFrom<number | 'missing' | 'excused'>(10, 9, 8, 5, 'missing', 'excused'),
        rows: fc.array(row, { minLength: 6, maxLength: 6 }),
      }),
    );

  property.prop([branch], { numRuns: 60 })(
    'nothing that is published of any small branch can be solved, the total of ten stars included',
    ({ sizes, self, rows }) => {
      const order = CATEGORIES.flatMap((category, i) => Array.from({ length: sizes[i] ?? 0 }, () => category));
      const eligible = Object.fromEntries(CATEGORIES.map((category, i) => [category, sizes[i] ?? 0])) as Record<
        (typeof CATEGORIES)[number],
        number
      >;
      const whole = (n: number) => ({ electors: n, cast: n, valid: n });
      const counted = tally(
        {
          memberStars: STARS,
          branchStars: [],
          subjects: [
            {
              subject: 'E01',
              graded: true,
              self: typeof self === 'number' ? Object.fromEntries(STARS.map((star) => [star, self])) : self,
              eligible,
              rows: order.map((category, i) => ({ category, marks: rows[i] ?? [] })),
            },
          ],
          ballots: {
            leadership: whole(eligible.leadership),
            committee: whole(eligible.committee),
            members_and_colleagues: whole(eligible.members_and_colleagues),
          },
        },
        defaultRules,
      );
      const [sheet] = counted.ok ? counted.value.members : [];
      if (sheet === undefined) throw new Error('no tally');
      const own = self === 'excused' ? null : self === 'missing' ? 0 : self;
      expect(
        solved(memberJson(sheet), {
          self: STARS.map(() => own),
          counts: STARS.map(() => eligible),
          high: sheet.stars.map((star) => star.may_stand_out),
        }),
      ).toEqual([]);
    },
  );
});
