import { describe, expect, it } from 'vitest';
import { makeCity } from '../../src/demo/city.ts';
import { placesOf } from '../../src/demo/platforms.ts';
import type { RosterPerson } from '../../src/domain/roster.ts';
import { translator } from '../../src/i18n.ts';
import { gaps } from '../../src/roster/gaps.ts';
import { loadRoster } from '../../src/roster/load.ts';
import { utf8 } from '../support/roster-files.ts';

const holders = (people: readonly RosterPerson[], role: string) =>
  people.filter((person) => person.roles.some((held) => held.role === role));

describe.each(['small', 'full'] as const)('the %s city', (size) => {
  const city = makeCity(size);

  it('is the same for the same seed and another for another', () => {
    expect(makeCity(size)).toEqual(city);
    expect(makeCity(size, 2).peopleCsv).not.toBe(city.peopleCsv);
  });

  it.each([1, 2, 3])('passes every check of the import, without a gap (seed %i)', async (seed) => {
    const { branchesCsv, peopleCsv, branches, people } = makeCity(size, seed);
    const files = { branches: { name: 'b', bytes: utf8(branchesCsv) }, people: { name: 'p', bytes: utf8(peopleCsv) } };
    expect(await loadRoster(files, translator('en'))).toEqual({ ok: true, roster: { branches, people } });
    expect(gaps({ branches, people })).toEqual([]);
  });

  it('has a liaison officer for each district, an office, assessors, and leaders in every unit', () => {
    const districts = new Set(city.branches.map((branch) => branch.districtCode));
    expect(holders(city.people, 'liaison')).toHaveLength(districts.size);
    expect(holders(city.people, 'office')).toHaveLength(2);
    expect(holders(city.people, 'assessor')).toHaveLength(3);
    const unitOf = new Map(city.branches.map((branch) => [branch.code, branch.unitCode]));
    const led = new Set(holders(city.people, 'leader').map((person) => unitOf.get(person.branch)));
    expect(led).toEqual(new Set(unitOf.values()));
    expect(new Set(city.branches.map((branch) => branch.name)).size).toBe(city.branches.length);
  });
});

it('the small city has the cases a demo should show', () => {
  const { branches, people } = makeCity('small');
  const inBranch = (code: string) => people.filter((person) => person.branch === code);
  expect(branches).toHaveLength(8);
  expect(people.length).toBeGreaterThan(110);
  expect(people.length).toBeLessThan(130);
  expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
  expect(inBranch('B001')).toHaveLength(14);
  expect(inBranch('B005')).toHaveLength(50);
  expect([...holders(inBranch('B003'), 'committee'), ...holders(inBranch('B003'), 'deputy_secretary')]).toEqual([]);
  expect(people.filter((person) => person.roles.length === 3).map((person) => person.employeeNo)).toEqual(['E0005']);
  expect(branches.filter((branch) => branch.unitCode === 'U001').map((branch) => branch.code)).toEqual([
    'B001',
    'B002',
  ]);
});

it('the full city has the scale of the source (R32–R34)', () => {
  const { branches, people } = makeCity('full');
  expect(new Set(branches.map((branch) => branch.districtCode)).size).toBe(7);
  expect(new Set(branches.map((branch) => branch.groupCode)).size).toBe(69);
  expect(branches).toHaveLength(240);
  expect(people.length).toBeGreaterThan(4_700);
  expect(people.length).toBeLessThan(5_500);
});

describe('half of the city on each platform', () => {
  const city = makeCity('small');
  const places = placesOf(city, 'both');
  const branchOf = (no: string) => city.people.find((person) => person.employeeNo === no)?.branch ?? '';

  it('branches take turns, and people use the platform of their branch first', () => {
    expect(city.branches.map(({ code }) => places.branch(code)[0])).toEqual(
      city.branches.map((_, i) => (i % 2 === 0 ? 'lark' : 'dingtalk')),
    );
    for (const { employeeNo } of city.people)
      expect(places.person(employeeNo)[0]).toBe(places.branch(branchOf(employeeNo))[0]);
  });
  it('who deals with branches of either kind is on both, and some others are', () => {
    const both = (no: string) => places.person(no).length === 2;
    for (const role of ['leader', 'liaison', 'office'])
      for (const { employeeNo } of holders(city.people, role))
        expect(both(employeeNo), `${role} ${employeeNo}`).toBe(true);
    const all = city.people.filter(({ employeeNo }) => both(employeeNo)).length;
    expect(all).toBeGreaterThan(city.people.length / 5);
    expect(all).toBeLessThan(city.people.length / 2);
  });
  it('groups of several branches are on both, and on one platform everything is', () => {
    expect(places.shared).toEqual(['lark', 'dingtalk']);
    const only = placesOf(city, 'dingtalk');
    expect([only.shared, only.branch('B001'), only.person('E0001')]).toEqual([
      ['dingtalk'],
      ['dingtalk'],
      ['dingtalk'],
    ]);
  });
});
