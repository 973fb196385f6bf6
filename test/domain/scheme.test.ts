/** Versions of a scheme: what differs between two of them, and what becomes of changed files. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Catalogue, defaultCatalogue, parseCatalogue } from '../../src/domain/catalogue.ts';
import { defaultProjects, parseProjects } from '../../src/domain/projects.ts';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import {
  ownReason,
  readReason,
  REASON_MAX,
  type Scheme,
  sameScheme,
  schemeCode,
  schemeHashes,
  settle,
  storedReason,
} from '../../src/domain/scheme.ts';
import { holdsAtOnce, schemeChanges } from '../../src/domain/scheme-diff.ts';
import { TenstarError } from '../../src/errors.ts';

const base: Scheme = { rules: defaultRules, catalogue: defaultCatalogue, projects: defaultProjects };
const withRules = (partial: object): Scheme => ({ ...base, rules: mergeRules(partial) });
const withCatalogue = (change: (catalogue: Catalogue) => void): Scheme => {
  const catalogue = structuredClone(defaultCatalogue);
  change(catalogue);
  return { ...base, catalogue: parseCatalogue(catalogue) };
};
const first = defaultCatalogue.member[0];
const second = defaultCatalogue.member[1];
if (first === undefined || second === undefined) throw new Error('no stars');
const star = { zh: first.zh, en: first.en };
const added = { zh: '按月公开办件情况', en: 'Publishes figures every month' };

describe('schemeChanges', () => {
  it.each<{ name: string; to: Scheme; want: object[] }>([
    { name: 'nothing', to: base, want: [] },
    {
      name: 'a setting',
      to: withRules({ stars: { threshold: '8.5' } }),
      want: [{ kind: 'setting', path: 'stars.threshold', from: '8', to: '8.5' }],
    },
    {
      name: 'a setting without a section',
      to: withRules({ league_activities_full: 5 }),
      want: [{ kind: 'setting', path: 'league_activities_full', from: 3, to: 5 }],
    },
    {
      name: 'a list',
      to: withRules({ barred_stars: [] }),
      want: [{ kind: 'setting', path: 'barred_stars', from: defaultRules.barred_stars, to: [] }],
    },
    {
      name: 'a date',
      to: withRules({ dates: { q1: { guidance: '03-10' } } }),
      want: [{ kind: 'setting', path: 'dates.q1.guidance', from: '03-15', to: '03-10' }],
    },
    {
      name: 'two weights',
      to: withRules({ weights: { self: 20, leadership: 20 } }),
      want: [
        { kind: 'setting', path: 'weights.self', from: 10, to: 20 },
        { kind: 'setting', path: 'weights.leadership', from: 30, to: 20 },
      ],
    },
    {
      name: 'the number of the catalogue',
      to: withCatalogue((it) => void (it.version = 2)),
      want: [{ kind: 'catalogue_number', from: defaultCatalogue.version, to: 2 }],
    },
    {
      name: 'a star by another name',
      to: withCatalogue(({ member: [one] }) => void (one && (one.zh = '依章行事星'))),
      want: [{ kind: 'star_renamed', side: 'member', key: first.key, from: star, to: { ...star, zh: '依章行事星' } }],
    },
    {
      name: 'a star in place of another',
      to: withCatalogue(({ member: [one] }) => void (one && (one.key = 'other_star'))),
      want: [
        { kind: 'star_removed', side: 'member', key: first.key, star },
        { kind: 'star_added', side: 'member', key: 'other_star', star },
      ],
    },
    {
      name: 'two stars that changed places',
      to: withCatalogue(({ member: [one, two] }) => void (one && two && ([one.order, two.order] = [2, 1]))),
      want: [
        { kind: 'star_moved', side: 'member', key: second.key, star: { zh: second.zh, en: second.en }, from: 2, to: 1 },
        { kind: 'star_moved', side: 'member', key: first.key, star, from: 1, to: 2 },
      ],
    },
    {
      name: 'an indicator more',
      to: withCatalogue(({ member: [one] }) => void one?.indicators.push(added)),
      want: [{ kind: 'indicator_added', side: 'member', star, text: added }],
    },
    {
      name: 'an indicator less',
      to: withCatalogue(({ member: [one] }) => void one?.indicators.pop()),
      want: [{ kind: 'indicator_removed', side: 'member', star, text: first.indicators.at(-1) }],
    },
    {
      name: 'an indicator in other words',
      to: withCatalogue(({ member: [one] }) => void (one && (one.indicators[1] = added))),
      want: [{ kind: 'indicator_changed', side: 'member', star, from: first.indicators[1], to: added }],
    },
    {
      name: 'indicators in another order',
      to: withCatalogue(({ member: [one] }) => void one?.indicators.reverse()),
      want: [{ kind: 'indicators_reordered', side: 'member', star }],
    },
    {
      name: 'a project less',
      to: { ...base, projects: defaultProjects.slice(1) },
      want: [{ kind: 'project_removed', key: defaultProjects[0]?.key }],
    },
    {
      name: 'a project with other words',
      to: { ...base, projects: defaultProjects.map((project, i) => (i === 2 ? { ...project, when: added } : project)) },
      want: [{ kind: 'project_changed', key: defaultProjects[2]?.key }],
    },
    {
      name: 'projects in another order',
      to: { ...base, projects: defaultProjects.toReversed() },
      want: [{ kind: 'projects_reordered' }],
    },
  ])('$name', ({ to, want }) => {
    const changes = schemeChanges(base, to);
    expect(changes).toHaveLength(want.length);
    expect(changes).toMatchObject(want);
  });

  const partial = fc.record(
    {
      league_activities_full: fc.integer({ min: 1, max: 3 }),
      barred_stars: fc.subarray(['political_steadfastness', 'organizational_responsibility']),
      stars: fc.record({ threshold: fc.constantFrom('8', '8.5', '9') }),
      messages: fc.record({ from: fc.constantFrom('09:00', '08:30') }),
    },
    { requiredKeys: [] },
  );
  const text = fc.constantFrom('按时办结', '按月公开', '逐项销号').map((zh) => ({ zh, en: 'Done in time' }));
  const scheme = fc
    .record({
      partial,
      version: fc.integer({ min: 1, max: 2 }),
      indicators: fc.array(text, { minLength: 1, maxLength: 4 }),
      projects: fc.subarray([...defaultProjects], { minLength: 1 }),
      reversed: fc.boolean(),
    })
    .map(
      ({ partial, version, indicators, projects, reversed }): Scheme => ({
        rules: mergeRules(partial),
        catalogue: {
          ...defaultCatalogue,
          version,
          member: defaultCatalogue.member.map((one, i) => (i === 3 ? { ...one, indicators } : one)),
        },
        projects: reversed ? projects.toReversed() : projects,
      }),
    );
  test.prop([scheme, scheme])('is empty exactly when the hashes are equal', (a, b) => {
    expect(schemeChanges(a, b).length === 0).toBe(sameScheme(a, b));
    expect(schemeChanges(a, a)).toEqual([]);
    expect(schemeCode(schemeHashes(a)) === schemeCode(schemeHashes(b))).toBe(sameScheme(a, b));
  });
});

describe('settle', () => {
  const other = withRules({ stars: { threshold: '9' } });
  const hours = withRules({ messages: { from: '08:30' } });
  it.each([
    { name: 'a year without a version takes the files', adopted: null, files: other, bound: true, want: 'first' },
    { name: 'the same files change nothing', adopted: base, files: base, bound: true, want: 'same' },
    { name: 'changed files replace what nothing rests on', adopted: base, files: other, bound: false, want: 'replace' },
    {
      name: 'changed files wait where something rests on the version',
      adopted: base,
      files: other,
      bound: true,
      want: 'pending',
    },
    { name: 'message hours are no matter of a version', adopted: base, files: hours, bound: true, want: 'same' },
  ])('$name', ({ adopted, files, bound, want }) => expect(settle(adopted, files, bound)).toBe(want));
  it('says which settings hold at once', () => {
    expect(schemeChanges(base, hours).map(holdsAtOnce)).toEqual([true]);
    expect(schemeChanges(base, other).map(holdsAtOnce)).toEqual([false]);
  });
});

describe('a reason', () => {
  it.each([
    ['  按 3 月 12 日\n工委会议 ', { ok: true, value: '按 3 月 12 日 工委会议' }],
    ['@first_version', { ok: true, value: 'first_version' }],
    [undefined, { ok: false, reason: 'reason_missing' }],
    [' \n ', { ok: false, reason: 'reason_missing' }],
    ['长'.repeat(REASON_MAX), { ok: true }],
    ['长'.repeat(REASON_MAX + 1), { ok: false, reason: 'reason_long' }],
  ])('%j', (typed, want) => expect(readReason(typed)).toMatchObject(want));
  it('of a person is never taken for one of the bot’s own', () => {
    expect(ownReason(storedReason('unused'))).toBe('unused');
    const typed = readReason(storedReason('first_version'));
    expect(typed.ok && ownReason(typed.value)).toBe(null);
  });
});

it('a project description about private matters is refused with the reason and a neutral wording (F2)', () => {
  const [project, ...rest] = structuredClone([...defaultProjects]);
  if (project?.steps[0] === undefined) throw new Error('no project');
  project.steps[0].zh = '每季度入户走访并登记家庭情况';
  expect(() => parseProjects([project, ...rest])).toThrow(
    new TenstarError(
      'input_invalid',
      '[0].steps[0].zh is about home visits, which is no matter of the appraisal; write for example: 在服务窗口按时办结受理事项',
    ),
  );
});
