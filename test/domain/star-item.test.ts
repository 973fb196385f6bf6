/** Items of branches and units (R46, R47): what the form takes. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { isCurrent, readStarItem } from '../../src/domain/star-item.ts';

const STARS = new Set(['warm_service', 'teamwork']);
const OWNERS = new Set(['E1', 'E2']);
const TODAY = '2026-10-09';
const good = {
  name: ' 书记讲党课 ',
  star_1: 'warm_service',
  star_2: 'none',
  from: '2026-10-01 +0800',
  to: '2026-12-31',
  owner: 'none',
};
const value = { name: '书记讲党课', stars: ['warm_service'], from: '2026-10-01', to: '2026-12-31', owner: null };

describe('readStarItem', () => {
  it.each([
    { name: 'an item that has begun', form: good, want: { ok: true, value } },
    {
      name: 'two stars and an owner',
      form: { ...good, star_2: 'teamwork', owner: 'E2' },
      want: { ok: true, value: { ...value, stars: ['warm_service', 'teamwork'], owner: 'E2' } },
    },
    { name: 'the same star twice', form: { ...good, star_2: 'warm_service' }, want: { ok: true, value } },
    {
      name: 'only the second star',
      form: { ...good, star_1: '', star_2: 'teamwork' },
      want: { ok: true, value: { ...value, stars: ['teamwork'] } },
    },
    {
      name: 'one day',
      form: { ...good, from: TODAY, to: TODAY },
      want: { ok: true, value: { ...value, from: TODAY, to: TODAY } },
    },
    {
      name: 'to the end of next year',
      form: { ...good, to: '2027-12-31' },
      want: { ok: true, value: { ...value, to: '2027-12-31' } },
    },
    { name: 'an empty form', form: {}, want: { ok: false, reason: 'name_missing' } },
    {
      name: 'forty-one characters',
      form: { ...good, name: '课'.repeat(41) },
      want: { ok: false, reason: 'name_long' },
    },
    {
      name: 'a private matter',
      form: { ...good, name: '入户走访群众' },
      want: { ok: false, reason: 'topic', topic: 'home_visits' },
    },
    { name: 'no star', form: { ...good, star_1: '' }, want: { ok: false, reason: 'star_missing' } },
    { name: 'a star there is not', form: { ...good, star_2: 'x' }, want: { ok: false, reason: 'star_missing' } },
    { name: 'no beginning', form: { ...good, from: '' }, want: { ok: false, reason: 'from_missing' } },
    { name: 'a day there is not', form: { ...good, from: '2026-02-30' }, want: { ok: false, reason: 'from_missing' } },
    { name: 'no end', form: { ...good, to: 'soon' }, want: { ok: false, reason: 'to_missing' } },
    {
      name: 'an end before the beginning',
      form: { ...good, from: '2026-12-01', to: '2026-11-30' },
      want: { ok: false, reason: 'to_before_from' },
    },
    { name: 'an end that is over', form: { ...good, to: '2026-10-08' }, want: { ok: false, reason: 'to_past' } },
    { name: 'an end too far ahead', form: { ...good, to: '2028-01-01' }, want: { ok: false, reason: 'to_far' } },
    { name: 'an owner from elsewhere', form: { ...good, owner: 'E3' }, want: { ok: false, reason: 'owner_unknown' } },
  ])('$name', ({ form, want }) => expect(readStarItem(form, STARS, OWNERS, TODAY)).toEqual(want));

  const word = fc.option(
    fc.oneof(fc.string(), fc.constantFrom(...Object.values(good), '2026-12-31', '2030-01-01', 'E1')),
    { nil: undefined },
  );
  test.prop([fc.record({ name: word, star_1: word, star_2: word, from: word, to: word, owner: word })])(
    'whatever is typed, what is taken is whole',
    (typed) => {
      const form = Object.fromEntries(
        Object.entries(typed).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
      );
      const read = readStarItem(form, STARS, OWNERS, TODAY);
      if (!read.ok) return;
      expect(read.value.name.length).toBeGreaterThan(0);
      expect(read.value.stars.length).toBeGreaterThan(0);
      expect(read.value.stars.every((key) => STARS.has(key))).toBe(true);
      expect(read.value.from <= read.value.to && read.value.to >= TODAY).toBe(true);
    },
  );
});
it.each([
  ['active', '2026-10-09', true],
  ['active', '2026-10-08', false],
  ['ended', '2026-12-31', false],
] as const)('an item that is %s and ends on %s goes on: %s', (state, to, want) => {
  expect(isCurrent({ state, to }, TODAY)).toBe(want);
});
