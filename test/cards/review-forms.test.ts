/** Forms of the secretary about people in a review, with as many and as long names as a page takes. */
import { describe, it } from 'vitest';
import { electorExcuseCard } from '../../cards/elector-excuse.ts';
import { ratingEditCard } from '../../cards/rating-edit.ts';
import { ratingGroundSchema } from '../../src/domain/rating.ts';
import { mergeRules } from '../../src/domain/rules.ts';
import { LOCALES, translator } from '../../src/i18n.ts';
import { fits, nasty } from '../support/fits.ts';

const review = 'r'.repeat(36);
const PAGE = 12;
const people = Array.from({ length: PAGE }, (_, i) => ({ person: `E${'0'.repeat(18)}${i}`, name: nasty(30 + i) }));

describe.each(LOCALES)('in %s', (locale) => {
  const context = { locale, t: translator(locale), terms: mergeRules({}).retention };

  it('electors who cannot vote', () => {
    const electors = people.map((one) => ({ ...one, category: 'leadership' as const, reason: 'duty_travel' as const }));
    fits(electorExcuseCard.render({ review, page: 0, pages: 9, people: electors }, context));
    fits(electorExcuseCard.render({ review, page: 0, pages: 1, people: [] }, context));
  });
  it('members who are rated otherwise', () => {
    const members = people.map((one) => ({
      ...one,
      kind: 'member' as const,
      exempt: null,
      removed: 0,
      present: 0,
      ground: 'mobile' as const,
    }));
    const view = { review, page: 0, pages: 9, people: members, grounds: ratingGroundSchema.options, months: 12 };
    fits(ratingEditCard.render(view, context));
    fits(ratingEditCard.render({ ...view, grounds: [] }, context));
  });
});
