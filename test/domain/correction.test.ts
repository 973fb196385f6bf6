import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { correctSheet, nameable } from '../../src/domain/correction.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { type MemberSheet, type StarSheet } from '../../src/domain/sheet.ts';

const [FIRST = '', SECOND = ''] = defaultRules.barred_stars;
const star = (key: string, over: Partial<StarSheet> = {}): StarSheet => ({
  key,
  score: '9.10',
  won: true,
  barred: false,
  won_before_bar: true,
  outstanding: false,
  may_stand_out: true,
  means: null,
  ...over,
});
const OUT = { won: false, barred: true };
const lost = { won: false, won_before_bar: false, may_stand_out: false };
const aSheet = (stars: StarSheet[], over: Partial<MemberSheet> = {}): MemberSheet => ({
  employee_no: 'M01',
  graded: true,
  level: stars.filter((it) => it.won).length,
  total: null,
  stars,
  notes: [],
  ...over,
});
const barred = aSheet([star(FIRST, OUT), star(SECOND, { ...OUT, ...lost }), star('dedication')]);
const plain = aSheet([star(FIRST), star('dedication', { may_stand_out: false }), star('teamwork', lost)]);
const named = aSheet([star(FIRST), star('dedication', { outstanding: true })]);

describe('correctSheet', () => {
  it('lifts a bar: what was won by marks counts again, and what was not stays as it is', () => {
    const lifted = correctSheet(barred, { liftBar: true, outstanding: null }, defaultRules);
    expect(lifted).toMatchObject({ ok: true, value: { level: 2 } });
    expect(lifted.ok && lifted.value.stars.map((it) => [it.won, it.barred])).toEqual([
      [true, false],
      [false, false],
      [true, false],
    ]);
  });
  it('names a star, and one that a lifted bar gives back', () => {
    expect(correctSheet(plain, { liftBar: false, outstanding: FIRST }, defaultRules)).toMatchObject({
      value: { stars: [{ outstanding: true }, { outstanding: false }, { outstanding: false }] },
    });
    expect(correctSheet(barred, { liftBar: true, outstanding: FIRST }, defaultRules)).toMatchObject({
      value: { level: 2, stars: [{ won: true, outstanding: true }, {}, {}] },
    });
  });
  it('leaves the sheet alone where nothing is chosen, and keeps a star that was named', () => {
    expect(correctSheet(named, { liftBar: false, outstanding: null }, defaultRules)).toEqual({
      ok: true,
      value: named,
    });
    const both = aSheet([star(FIRST, OUT), star('dedication', { outstanding: true })]);
    expect(correctSheet(both, { liftBar: true, outstanding: null }, defaultRules)).toMatchObject({
      value: { level: 2, stars: [{ won: true }, { outstanding: true }] },
    });
  });
  it.each([
    ['no bar to lift', plain, { liftBar: true, outstanding: null }, 'no_bar'],
    ['a second outstanding star', named, { liftBar: false, outstanding: FIRST }, 'named_already'],
    ['a star not won', plain, { liftBar: false, outstanding: 'teamwork' }, 'star_not_won'],
    ['a star that stays barred', barred, { liftBar: false, outstanding: FIRST }, 'star_not_won'],
    ['too few marks', plain, { liftBar: false, outstanding: 'dedication' }, 'score_too_low'],
    ['a star there is not', plain, { liftBar: false, outstanding: 'none' }, 'unknown_star'],
    ['a probationary member', { ...plain, graded: false }, { liftBar: false, outstanding: FIRST }, 'not_graded'],
    ['no tally', { ...plain, level: null }, { liftBar: false, outstanding: FIRST }, 'not_tallied'],
  ])('refuses %s', (_, sheet, correction, reason) =>
    expect(correctSheet(sheet, correction, defaultRules)).toEqual({ ok: false, reason }),
  );

  const keys = [FIRST, SECOND, 'dedication', 'teamwork'];
  const flags = fc.record({ won: fc.boolean(), may: fc.boolean(), named: fc.boolean() });
  test.prop([
    fc.array(flags, { minLength: 4, maxLength: 4 }),
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom(null, ...keys),
  ])('never lowers anything (F10)', (rows, bar, liftBar, outstanding) => {
    const first = rows.findIndex((row, i) => row.won && row.named && !(bar && i < 2));
    const sheet = aSheet(
      rows.map(({ won, may }, i) =>
        star(keys[i] ?? '', {
          won: won && !(bar && i < 2),
          won_before_bar: won,
          barred: bar && i < 2,
          may_stand_out: (may && won) || i === first,
          outstanding: i === first,
        }),
      ),
    );
    const corrected = correctSheet(sheet, { liftBar, outstanding }, defaultRules);
    if (!corrected.ok) return;
    expect(corrected.value.level ?? 0).toBeGreaterThanOrEqual(sheet.level ?? 0);
    for (const [i, before] of sheet.stars.entries()) {
      const after = corrected.value.stars[i];
      if (before.won) expect(after?.won).toBe(true);
      if (before.outstanding) expect(after?.outstanding).toBe(true);
      expect([after?.score, after?.means]).toEqual([before.score, before.means]);
    }
    expect(corrected.value.stars.filter((it) => it.outstanding).length).toBeLessThanOrEqual(1);
  });
});

describe('nameable', () => {
  it.each([
    ['won with the marks for it', plain, false, [FIRST]],
    ['barred', barred, false, ['dedication']],
    ['barred, when the bar is lifted', barred, true, [FIRST, 'dedication']],
    ['one is named already', named, true, []],
    ['probationary', { ...plain, graded: false }, false, []],
    ['no tally', { ...plain, level: null }, false, []],
  ])('%s', (_, sheet, liftBar, want) => expect(nameable(sheet, liftBar)).toEqual(want));
});
