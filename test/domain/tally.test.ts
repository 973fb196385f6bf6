import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { rowCounts } from '../../src/domain/counting.ts';
import { BRANCH_SUBJECT, CATEGORIES, type Category, type Mark, type RatingRow } from '../../src/domain/marks.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import {
  applyDecisions,
  type MemberSheet,
  memberJson,
  memberSheetSchema,
  outstandingCap,
} from '../../src/domain/sheet.ts';
import { type TallyInput, type TallySubject, tally } from '../../src/domain/tally.ts';

const STARS = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10'];
const PLAIN = { members_and_colleagues: 'm', committee: 'c', leadership: 'l' } as const;
type Marks = Partial<Record<'l' | 'c' | 'm', Mark[]>>;

/** One subject whose raters give the same mark for every star. */
function aSubject(marks: Marks, over: Partial<TallySubject> = {}, self = 8): TallySubject {
  const rows = CATEGORIES.flatMap((category) =>
    (marks[PLAIN[category]] ?? []).map((mark): RatingRow => ({ category, marks: STARS.map(() => mark) })),
  );
  const size = (category: Category) => marks[PLAIN[category]]?.length ?? 0;
  return {
    subject: 'E0001',
    graded: true,
    self: Object.fromEntries(STARS.map((key) => [key, self])),
    rows,
    eligible: {
      leadership: size('leadership'),
      committee: size('committee'),
      members_and_colleagues: size('members_and_colleagues'),
    },
    ...over,
  };
}
/** A review in which everybody who may rate has voted, unless told otherwise. */
function aReview(subjects: TallySubject[], over: Partial<TallyInput['ballots']> = {}): TallyInput {
  const whole = (category: Category) => {
    const most = Math.max(0, ...subjects.map((it) => it.eligible[category]));
    return { electors: most, cast: most, valid: most };
  };
  const ballots = {
    leadership: whole('leadership'),
    committee: whole('committee'),
    members_and_colleagues: whole('members_and_colleagues'),
  };
  return { memberStars: STARS, branchStars: STARS, subjects, ballots: { ...ballots, ...over } };
}
function sheetOf(subject: TallySubject, rules = defaultRules): MemberSheet {
  const result = tally(aReview([subject]), rules);
  if (!result.ok) throw new Error(result.reason);
  return memberSheetSchema.parse(result.value.members[0]);
}
const B1: Marks = { m: [8, 9, 8, 7, 10, 8], c: [8, 7, 8], l: [8, 9, 8] };

describe('tally: a result sheet', () => {
  it('B3 without a committee shows 7.87, shares its weight and names the rule; two leaders hide the means', () => {
    const sheet = sheetOf(aSubject({ m: [8, 8, 8, 8], l: [7, 8] }, {}, 9));
    expect(sheet.stars[0]).toMatchObject({ score: '7.87', won: false, means: null, withheld: 'min_category' });
    expect(sheet).toMatchObject({ level: 0, total: '78.75' });
    expect(sheet.notes).toEqual([
      { kind: 'category_without_raters', category: 'committee' },
      { kind: 'weights', weights: { self: '10.00', leadership: '45.00', members_and_colleagues: '45.00' } },
    ]);
  });

  it('B4 at exactly eight wins every star', () => {
    const sheet = sheetOf(aSubject({ m: [8, 8, 8], c: [8, 8], l: [8] }));
    expect(sheet).toMatchObject({ level: 10, total: '80.00', notes: [] });
    expect(sheet.stars[0]).toMatchObject({ score: '8.00', won: true, means: null });
  });

  it('shows means where every category has three marks', () => {
    const [star] = sheetOf(aSubject(B1, {}, 9)).stars;
    expect(star).toMatchObject({
      score: '8.20',
      means: { self: '9.00', members_and_colleagues: '8.33', committee: '7.66', leadership: '8.33' },
    });
    expect(star).not.toHaveProperty('withheld');
  });

  it('level is the number of stars won, star by star (A29)', () => {
    const subject = aSubject({ m: [8, 8, 8], c: [8, 8, 8], l: [8, 8, 8] });
    const rows = subject.rows.map((row) => ({ ...row, marks: row.marks.map((mark, i) => (i < 4 ? mark : 7)) }));
    expect(sheetOf({ ...subject, rows })).toMatchObject({ level: 4 });
  });

  it('a missing self-review counts 0, an excused one hands its weight on', () => {
    const missing = sheetOf(aSubject(B1, { self: 'missing' }));
    expect(missing.stars[0]).toMatchObject({ score: '7.30', won: false, means: { self: '0.00' } });
    expect(missing.notes).toEqual([{ kind: 'self_missing' }]);
    const excused = sheetOf(aSubject(B1, { self: 'excused' }));
    expect(excused.stars[0]).toMatchObject({ score: '8.11', won: true, means: { self: null } });
    expect(excused.notes).toContainEqual({
      kind: 'weights',
      weights: { self: '0.00', leadership: '33.33', committee: '33.33', members_and_colleagues: '33.33' },
    });
  });

  it('leaves don’t-knows out of a mean, and a star all of a category skipped out of the category', () => {
    const subject = aSubject({ m: [8, 8, 8], c: [9, 9, 9], l: [7, 7, 7] });
    const rows = subject.rows.map(({ category, marks }) => ({
      category,
      marks: marks.map((mark, i): Mark => (category === 'leadership' && i === 2 ? 'x' : mark)),
    }));
    const sheet = sheetOf({ ...subject, rows });
    expect(sheet.stars[0]).toMatchObject({ score: '8.00', means: { leadership: '7.00' } });
    expect(sheet.stars[2]).toMatchObject({ score: '8.45', means: null, withheld: 'min_category' });
    expect(sheet.notes).toEqual([{ kind: 'category_empty_for_star', category: 'leadership', star: 's3' }]);
  });

  it('does not count a row with more than half don’t-knows', () => {
    const row = (unknown: number) => STARS.map((_, i): Mark => (i < unknown ? 'x' : 9));
    expect([5, 6].map((unknown) => rowCounts(row(unknown), defaultRules))).toEqual([true, false]);
    const subject = aSubject({ m: [8, 8, 8, 8], c: [8, 8, 8], l: [8] });
    const rows = subject.rows.map((it) => (it.category === 'leadership' ? { ...it, marks: row(6) } : it));
    const sheet = sheetOf({ ...subject, rows });
    expect(sheet.stars[9]).toMatchObject({ score: '8.00' });
    expect(sheet.notes[0]).toEqual({ kind: 'category_only_abstained', category: 'leadership' });
  });

  it('drops one high and one low mark only where the rules say so and the category is large enough', () => {
    const trim = mergeRules({ trim: { mode: 'one_high_one_low' } });
    const marks: Marks = { m: [0, 8, 8, 8, 8, 10], c: [8, 8, 8], l: [8, 8, 8] };
    expect(sheetOf(aSubject(marks)).stars[0]).toMatchObject({ score: '7.70' });
    const sheet = sheetOf(aSubject(marks), trim);
    expect(sheet.stars[0]).toMatchObject({ score: '8.00', means: { members_and_colleagues: '8.00' } });
    expect(sheet.notes).toEqual([{ kind: 'trimmed', category: 'members_and_colleagues' }]);
  });

  it('a probationary member gets feedback and no level', () => {
    const sheet = sheetOf(aSubject(B1, { graded: false }, 9));
    expect(sheet).toMatchObject({ level: null, total: '82.00' });
    expect(sheet.stars.every((star) => !star.won && star.score === '8.20')).toBe(true);
  });

  it('withholds a person with fewer than five valid rows, and tallies the others', () => {
    const few = aSubject({ m: [8, 8], c: [8], l: [8] }, { subject: 'E0002' });
    const result = tally(aReview([aSubject(B1), few]), defaultRules);
    expect(result).toMatchObject({
      ok: true,
      value: { members: [{ level: 10 }, { level: null, total: null, withheld: 'min_total' }] },
    });
  });

  it('a star nobody could judge has no score, and the total is not shown without it', () => {
    const subject = aSubject(B1);
    const rows = subject.rows.map((row) => ({
      ...row,
      marks: row.marks.map((mark, i): Mark => (i === 0 ? 'x' : mark)),
    }));
    const sheet = sheetOf({ ...subject, rows });
    expect(sheet).toMatchObject({ level: 9, total: null, withheld: 'min_total' });
    expect(sheet.stars[0]).toMatchObject({ score: null, won: false, withheld: 'min_total' });
  });

  it('gives the branch its own marks and the mean of members and colleagues, no score', () => {
    const branch = aSubject({ m: [8, 9, 8], c: [2], l: [2] }, { subject: BRANCH_SUBJECT }, 9);
    const result = tally(aReview([aSubject(B1), branch, { ...branch, subject: 'E0003' }]), defaultRules);
    expect(result.ok && result.value.branchFeedback[0]).toEqual({
      key: 's1',
      self: '9.00',
      members_and_colleagues: '8.33',
    });
    const two = aSubject({ m: [8, 9], c: [2], l: [2] }, { subject: BRANCH_SUBJECT, self: 'missing' });
    const hidden = tally(aReview([aSubject(B1), two]), defaultRules);
    expect(hidden.ok && hidden.value.branchFeedback[0]).toEqual({
      key: 's1',
      self: null,
      members_and_colleagues: null,
      withheld: 'min_category',
    });
  });
});

describe('tally: refusals', () => {
  const seats = (electors: number, cast: number) => ({ electors, cast, valid: cast });
  it.each([
    {
      name: 'a category that did not vote',
      input: aReview([aSubject(B1)], { committee: seats(2, 0) }),
      want: 'category_without_ballot',
    },
    {
      name: 'the other committee member of two did not vote',
      input: aReview([
        aSubject(B1, { eligible: { leadership: 3, committee: 3, members_and_colleagues: 6 } }),
        aSubject({ m: B1.m!, l: B1.l! }, { eligible: { leadership: 3, committee: 1, members_and_colleagues: 6 } }),
      ]),
      want: 'category_without_ballot',
    },
    {
      name: 'too few of the members',
      input: aReview([aSubject(B1)], { members_and_colleagues: seats(10, 6) }),
      want: 'valid_below_quorum',
    },
    {
      name: 'nobody with five valid rows',
      input: aReview([aSubject({ m: [8, 8, 8], l: [8] })]),
      want: 'too_few_valid',
    },
    { name: 'no subject at all', input: aReview([]), want: 'too_few_valid' },
  ])('$name: $want', ({ input, want }) => expect(tally(input, defaultRules)).toEqual({ ok: false, reason: want }));

  it.each([
    { cast: 6, electors: 9, ok: true },
    { cast: 5, electors: 9, ok: false },
    { cast: 7, electors: 10, ok: true },
  ])('$cast of $electors valid ballots reach two thirds: $ok', ({ cast, electors, ok }) =>
    expect(tally(aReview([aSubject(B1)], { members_and_colleagues: seats(electors, cast) }), defaultRules).ok).toBe(ok),
  );

  it('stops when there are more rows than raters, or a row of the wrong length', () => {
    const subject = aSubject(B1);
    const over = { ...subject, eligible: { ...subject.eligible, committee: 2 } };
    expect(() => tally(aReview([over]), defaultRules)).toThrow(/more rows than raters/);
    const short = { ...subject, rows: [{ category: 'committee' as const, marks: [8] }] };
    expect(() => tally(aReview([short]), defaultRules)).toThrow(/1 marks instead of 10/);
  });
});

describe('decisions of the committee', () => {
  const sheet = sheetOf(aSubject({ m: [9, 9, 9], c: [9, 9, 9], l: [9, 9, 9] }, {}, 9));
  const rules = mergeRules({ barred_stars: ['s1', 's6'] });
  const decide = (outstanding: string | null, barred = false, from = sheet) =>
    applyDecisions(from, { outstanding, barred }, rules);

  it('barred stars are not won and lower the level; lifting the bar gives them back', () => {
    const barred = decide(null, true);
    expect(barred).toMatchObject({
      ok: true,
      value: { level: 8, stars: { 0: { barred: true, won: false, score: '9.00' } } },
    });
    expect(barred.ok && decide(null, false, barred.value)).toMatchObject({ ok: true, value: sheet });
  });
  it('names one outstanding star with a score of nine or more', () => {
    const named = decide('s2');
    expect(named).toMatchObject({ ok: true, value: { level: 10, stars: { 1: { outstanding: true } } } });
    expect(named.ok && memberJson(named.value).stars[1]).toEqual({
      key: 's2',
      score: '9.00',
      won: true,
      barred: false,
      outstanding: true,
      means: { self: '9.00', members_and_colleagues: '9.00', committee: '9.00', leadership: '9.00' },
    });
  });
  const low = sheetOf(aSubject({ m: [9, 9, 9], c: [9, 9, 9], l: [9, 9, 9] }, {}, 8));
  const lost = sheetOf(aSubject({ m: [5, 5, 5], c: [9, 9, 9], l: [9, 9, 9] }));
  const probationary = sheetOf(aSubject(B1, { graded: false }));
  it.each([
    { name: 'a score just below', result: decide('s2', false, low), want: 'score_too_low' },
    { name: 'a star that is not won', result: decide('s2', false, lost), want: 'star_not_won' },
    { name: 'a barred star', result: decide('s1', true), want: 'star_not_won' },
    { name: 'an unknown star', result: decide('s99'), want: 'unknown_star' },
    { name: 'a probationary member', result: decide('s2', false, probationary), want: 'not_graded' },
  ])('refuses $name: $want', ({ result, want }) => expect(result).toEqual({ ok: false, reason: want }));

  it('counts outstanding stars against the limit of the branch', () => {
    const named = decide('s2');
    const four = Array.from({ length: 4 }, () => (named.ok ? named.value : sheet));
    expect(outstandingCap(four, rules)).toEqual({ named: 4, allowed: 3, over: true });
  });
});

const anyMark: fc.Arbitrary<Mark> = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constant('x' as const));
const anyRow: fc.Arbitrary<RatingRow> = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  marks: fc.array(anyMark, { minLength: 10, maxLength: 10 }),
});
test.prop([
  fc
    .array(anyRow, { minLength: 1, maxLength: 25 })
    .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
])('the order of the rows makes no difference', ([rows, shuffled]) => {
  const size = (category: Category) => rows.filter((row) => row.category === category).length;
  const eligible = {
    leadership: size('leadership'),
    committee: size('committee'),
    members_and_colleagues: size('members_and_colleagues'),
  };
  const result = (order: RatingRow[]) => tally(aReview([aSubject({}, { rows: order, eligible })]), defaultRules);
  expect(result(shuffled)).toEqual(result(rows));
});
