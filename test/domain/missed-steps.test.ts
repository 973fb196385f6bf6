/** Which steps a branch has missed by a date, in examples (J21, R128). */
import { expect, it } from 'vitest';
import { datesSchema } from '../../src/domain/dates.ts';
import { missedSteps, quartersOf, type StepFigures } from '../../src/domain/missed-steps.ts';

const dates = datesSchema.parse({});
const done: StepFigures = {
  members: 8,
  published: 5,
  ownPublished: true,
  reviews: quartersOf(2026).map((period) => ({ period, state: 'final' })),
  summariesMissing: 0,
  minutesLate: 0,
};
const reviews = (...states: (StepFigures['reviews'][number]['state'] | undefined)[]) =>
  quartersOf(2026).map((period, i) => ({ period, state: states[i] ?? null }));

it.each<[what: string, figures: Partial<StepFigures>, date: string, missed: string[]]>([
  ['everything done', {}, '2026-12-31', []],
  ['commitments are not late before the end of February', { published: 0, ownPublished: false }, '2026-02-28', []],
  ['after that they are', { published: 0, ownPublished: false }, '2026-03-01', ['commitments', 'branch_commitments']],
  ['they are voluntary: some are enough', { published: 1 }, '2026-03-01', []],
  ['a branch without members', { members: 0, published: 0 }, '2026-03-01', []],
  ['a review is opened until the last day of meetings', { reviews: reviews() }, '2026-04-12', []],
  ['and missed after it', { reviews: reviews() }, '2026-04-13', ['review_not_opened 2026-Q1']],
  ['published some days later', { reviews: reviews('balloting') }, '2026-04-22', []],
  ['or missed', { reviews: reviews('balloting') }, '2026-04-23', ['review_not_published 2026-Q1']],
  ['in July both quarters count', { reviews: reviews('notice') }, '2026-07-13', ['review_not_opened 2026-Q2']],
  ['summaries and minutes', { summariesMissing: 2, minutesLate: 1 }, '2026-01-20', ['summaries 2', 'minutes 1']],
])('%s', (_what, figures, date, missed) => {
  const found = missedSteps({ ...done, ...figures }, 2026, date, () => dates);
  expect(found.map((it) => [it.step, 'period' in it ? it.period : 'n' in it ? it.n : ''].join(' ').trim())).toEqual(
    missed,
  );
});
