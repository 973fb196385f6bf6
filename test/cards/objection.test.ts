/** Cards of an objection with the worst that people can write, in both languages, on both platforms. */
import { describe, expect, it } from 'vitest';
import { objectionSettleCard } from '../../cards/objection-settle.ts';
import { objectionAnswerCard, objectionCaseCard, objectionFormCard } from '../../cards/objection.ts';
import type { Card } from '../../src/card.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { MemberSheet } from '../../src/domain/sheet.ts';
import { defaultRules as rules } from '../../src/domain/rules.ts';
import { LOCALES } from '../../src/i18n.ts';
import { NEW_OBJECTION, type Objection } from '../../src/store/objections.ts';
import { REASON_MAX } from '../../src/usecases/review/confirm.ts';
import { OBJECTION_MAX } from '../../src/usecases/review/objection.ts';
import { fits, longName, nasty } from '../support/fits.ts';
import { renderIn } from '../support/render-context.ts';

const id = 'o'.repeat(36);
const period = '2026-Q3';
const name = longName(7);
const [first] = defaultCatalogue.member;
const key = first?.key ?? '';
const names = new Map(defaultCatalogue.member.map((star) => [star.key, star]));
const open: Objection = {
  ...NEW_OBJECTION,
  id,
  review: 'r'.repeat(36),
  person: 'M01',
  body: nasty(OBJECTION_MAX),
  level: 1,
  filedAt: 0,
  decideBy: '2026-10-25',
};
const decision = { decidedBy: 'D0', decidedAt: 1, answer: nasty(OBJECTION_MAX), decidedAs: 'committee' } as const;
const rejected: Objection = { ...open, ...decision, state: 'rejected' };
const appeal: Objection = { ...open, ...decision, id: 'p'.repeat(36), level: 2, state: 'upheld' };
const settled: Objection = {
  ...appeal,
  settledBy: 'K1',
  settledAt: 2,
  settledReason: nasty(REASON_MAX),
  barLifted: 1,
  starNamed: key,
};
const sheet: MemberSheet = { employee_no: 'M01', graded: true, level: 8, total: null, stars: [], notes: [] };

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  /** On a phone the first lines are what is read: who sees it, and for how long. */
  const saysHowLong = (card: Card): void => expect(JSON.stringify(card.blocks.slice(0, 4))).toMatch(/3 年|3 years/);

  it.each([
    ['nothing yet', [], null],
    ['nothing, and the notice is over', [], 'objection_none'],
    ['rejected, to be appealed against', [rejected], null],
    ['rejected, and the term is over', [rejected], 'appeal_over'],
    ['rejected twice', [rejected, { ...rejected, level: 2 }], 'no_further_appeal'],
    ['upheld on appeal', [rejected, appeal], 'no_further_appeal'],
    ['corrected', [rejected, settled], 'no_further_appeal'],
  ] as const)('the form: %s', (_, objections, refused) =>
    fits(objectionFormCard.render({ review: open.review, period, rules, objections, names, refused }, context)),
  );
  it('the case: asked about a relation, opened, decided', () => {
    const view = { objection: open, period, keptYears: 3, branchName: longName(1), name, opened: false };
    fits(objectionCaseCard.render(view, context));
    const opened = objectionCaseCard.render({ ...view, opened: true }, context);
    fits(opened);
    saysHowLong(opened);
    fits(objectionCaseCard.render({ ...view, objection: rejected }, context));
  });
  it.each([
    ['rejected', rejected],
    ['upheld', appeal],
    ['corrected', settled],
    ['settled without a change', { ...settled, barLifted: 0, starNamed: null }],
  ])('the answer: %s', (_, objection) => fits(objectionAnswerCard.render({ objection, names }, context)));
  it('the correction: choices, preview, over', () => {
    const view = {
      objection: appeal,
      branchName: longName(1),
      period,
      name,
      by: '2026-11-04',
      barred: true,
      stars: defaultCatalogue.member,
      chosen: { liftBar: true, outstanding: key, reason: nasty(REASON_MAX) },
      preview: null,
    };
    const previewed = { ...view, preview: { before: sheet, after: { ...sheet, level: 10 } } };
    const nothing = { liftBar: false, outstanding: null, reason: '' };
    for (const it of [view, previewed, { ...view, barred: false, stars: [], chosen: nothing }]) {
      const card = objectionSettleCard.render(it, context);
      fits(card);
      saysHowLong(card);
    }
    fits(objectionSettleCard.render({ ...previewed, chosen: nothing }, context));
    fits(objectionSettleCard.render({ ...view, objection: settled }, context));
  });
});
