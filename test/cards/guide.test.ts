import { describe, expect, it, test } from 'vitest';
import { guideCard, guideListCard } from '../../cards/guide.ts';
import { checkCriterion } from '../../src/domain/criterion.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { defaultProjects, parseProjects, unknownProjectStars } from '../../src/domain/projects.ts';
import { LOCALES } from '../../src/i18n.ts';
import { lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import { renderIn } from '../support/render-context.ts';

test('eighteen projects, each serving stars that exist, none about private matters', () => {
  expect(defaultProjects).toHaveLength(18);
  expect(unknownProjectStars(defaultProjects, defaultCatalogue)).toEqual([]);
  for (const project of defaultProjects)
    for (const part of [project.purpose, project.who, project.when, project.keep, ...project.steps])
      for (const text of [part.zh, part.en]) expect(checkCriterion(text).ok, text).toBe(true);
});

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  it('the list and every project fit the platform', () => {
    expect(lintCard(renderCard(guideListCard.render(defaultProjects, context)))).toEqual([]);
    for (const project of defaultProjects) {
      const stars = defaultCatalogue.branch.filter((star) => project.stars.includes(star.key));
      expect(lintCard(renderCard(guideCard.render({ project, stars }, context)))).toEqual([]);
    }
  });
});

test.each([
  [[], /at least 1/],
  [[{ ...defaultProjects[0], key: 'Bad Key' }], /key/],
  [[defaultProjects[0], defaultProjects[0]], /each key once/],
  [{ projects: [] }, /./],
])('a file that is wrong is named: %#', (data, says) => {
  expect(() => parseProjects(data)).toThrow(says);
});
