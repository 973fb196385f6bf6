/** Cards about versions of the rules, the plan and the roster with the worst that files and people can bring about, in both languages. */
import { describe, expect, it } from 'vitest';
import { planCard } from '../../cards/plan.ts';
import { rosterGapsCard } from '../../cards/roster-gaps.ts';
import { renderRules } from '../../cards/rules.ts';
import type { RulesView } from '../../cards/rules-office.ts';
import { changeText } from '../../cards/shared/scheme-words.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { defaultProjects } from '../../src/domain/projects.ts';
import { defaultRules, rulesSchema } from '../../src/domain/rules.ts';
import { storedReason } from '../../src/domain/scheme.ts';
import type { SchemeChange } from '../../src/domain/scheme-diff.ts';
import { LOCALES } from '../../src/i18n.ts';
import type { Gap } from '../../src/roster/gaps.ts';
import type { SchemeVersion } from '../../src/store/schemes.ts';
import { en } from '../../src/texts/en/index.ts';
import { zh } from '../../src/texts/zh/index.ts';
import { fits, longName, nasty } from '../support/fits.ts';
import { allText, buttonNames } from '../support/opinion-world.ts';
import { renderIn } from '../support/render-context.ts';

const version = (n: number): SchemeVersion => ({
  year: 2027,
  version: n,
  rules: 'a'.repeat(64),
  catalogue: 'b'.repeat(64),
  projects: 'c'.repeat(64),
  reason: n === 1 ? storedReason('first_version') : nasty(200),
  by: `E${n}`,
  at: 0,
  publishedAt: n === 2 ? 1 : null,
});
const versions = Array.from({ length: 12 }, (_, i) => version(12 - i));
const named = { zh: nasty(300), en: nasty(300) };
const KINDS: readonly SchemeChange[] = [
  { kind: 'setting', path: 'weights.members_and_colleagues', from: 30, to: 20 },
  { kind: 'setting', path: 'messages.working_days_only', from: true, to: false },
  { kind: 'setting', path: 'barred_stars', from: defaultRules.barred_stars, to: [] },
  {
    kind: 'setting',
    path: 'dates.commitment.reminders',
    from: ['01-13'],
    to: Array.from({ length: 200 }, () => '01-18'),
  },
  { kind: 'catalogue_number', from: 1, to: 2 },
  { kind: 'star_added', side: 'member', key: 'k', star: named },
  { kind: 'star_removed', side: 'branch', key: 'k', star: named },
  { kind: 'star_renamed', side: 'member', key: 'k', from: named, to: named },
  { kind: 'star_moved', side: 'member', key: 'k', star: named, from: 1, to: 10 },
  { kind: 'indicator_added', side: 'member', star: named, text: named },
  { kind: 'indicator_removed', side: 'branch', star: named, text: named },
  { kind: 'indicator_changed', side: 'member', star: named, from: named, to: named },
  { kind: 'indicators_reordered', side: 'member', star: named },
  { kind: 'project_added', key: 'k', project: named },
  { kind: 'project_removed', key: 'k', project: named },
  { kind: 'project_changed', key: 'k', project: named },
  { kind: 'projects_reordered' },
];
const view = (over: Partial<RulesView>): RulesView => ({
  year: 2027,
  versions,
  scheme: { rules: defaultRules, catalogue: defaultCatalogue, projects: defaultProjects },
  against: { year: 2027, version: 12 },
  changes: Array.from({ length: 9 }, () => KINDS).flat(),
  pending: true,
  others: [2026, 2028],
  upcoming: false,
  office: null,
  ...over,
});
const office = {
  names: new Map(versions.map(({ by }) => [by, longName(1)])),
  adoptedOn: versions.map(() => '2027-03-12'),
  seen: '0123456789ab',
  until: null,
  noticeMissing: false,
  typed: nasty(200),
};

it('every section of the rules has a name in both languages', () => {
  const sections = Object.keys(rulesSchema.shape).toSorted();
  for (const { rules } of [zh, en]) {
    expect(Object.keys(rules.section).toSorted()).toEqual(sections);
    for (const name of Object.values(rules.section)) expect(name).not.toBe('');
  }
});

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  it.each(KINDS.map((change) => [change.kind, change] as const))('a change "%s" is one sentence', (_kind, change) => {
    const line = changeText(change, context);
    expect(line).not.toMatch(/undefined|\{\{|\[object|rules\./);
    expect(line).not.toContain('\n');
  });
  it('the rules of a year, for everybody', () => {
    const card = renderRules(view({}), context);
    fits(card);
    expect(buttonNames(card)).toEqual(['rules_show_2026', 'rules_show_2028']);
    expect(allText(card)).not.toContain('E2');
    fits(renderRules(view({ versions: [], against: null, changes: [], pending: false, others: [] }), context));
  });
  it.each([
    ['files that wait', {}, {}],
    ['files that replace what nothing uses', { pending: false }, {}],
    ['files that change nothing', { pending: false, changes: [] }, { seen: null, typed: '' }],
    [
      'the next year',
      { versions: [], upcoming: true, against: { year: 2026, version: 12 }, pending: false },
      { until: '2026-12-20', noticeMissing: true },
    ],
    [
      'the next year as it was',
      { versions: [], upcoming: true, against: { year: 2026, version: 12 }, pending: false, changes: [] },
      { until: '2026-12-20', typed: '' },
    ],
  ] as const)('the office’s card with %s', (_name, over, more) => {
    const card = renderRules(view({ ...over, office: { ...office, ...more } }), context);
    fits(card);
    expect(buttonNames(card).includes('adopt')).toBe(!('seen' in more));
  });
  it('the plan, first and changed', () => {
    for (const later of [false, true])
      fits(planCard.render({ version: version(2), dates: defaultRules.dates, later }, context));
  });
  it('gaps of a whole city', () => {
    const gap: Gap = {
      kind: 'same_name',
      code: 'B'.repeat(30),
      have: 99,
      need: '0',
      names: Array.from({ length: 20 }, () => '示例示例'),
    };
    for (const scope of ['branch', 'district', 'city'] as const)
      for (const n of [0, 1, 900])
        fits(rosterGapsCard.render({ scope, name: longName(1), gaps: Array.from({ length: n }, () => gap) }, context));
  });
});
