/** Two scheme years open at once (design.md section 5): each word is about the review in which it can be done, or the one named. */
import { beforeEach, expect, it } from 'vitest';
import { reviewOf } from '../../src/store/reviews.ts';
import { fileSelf, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

let at: Stage;
let newer: string;
/** The third quarter is counted, the fourth is being prepared. */
beforeEach(async () => {
  at = await stage();
  await toBallot(at);
  await vote(at);
  await at.click('S0', { a: 'close_ballot', r: at.r });
  await at.type('S0', '/review open 2026'); // the annual review is also Q4 (A22)
  newer = (await reviewOf(at.use.db.read, 'B001', '2026-Q4'))?.id ?? '';
  expect(newer).not.toBe('');
});
const answer = async (person: string, text: string) => {
  await at.type(person, text);
  const sent = (await at.outbox()).at(-1);
  return { card: sent?.card, args: JSON.parse(sent?.args ?? '{}') };
};

it('a step is taken in the review whose turn it is', async () => {
  expect(await answer('S0', '/review confirm')).toEqual({ card: 'confirmation', args: { review: at.r, page: 0 } });
  expect(await answer('S0', '/review meeting')).toMatchObject({ card: 'console', args: { review: newer } });
});

it.each([
  ['/review confirm 2026-Q4', { key: 'wrong_state' }],
  ['/review close 2026-Q3', { key: 'wrong_state' }],
  ['/review confirm 2026-Q1', { key: 'no_review_period', period: '2026-Q1' }],
  ['/review confirm soon', { key: 'bad_period' }],
  ['/review open 2026-10', { key: 'bad_period' }],
])('%s', async (text, args) => {
  expect(await answer('S0', text)).toMatchObject({ card: 'notice', args });
});

it('the console of a quarter is asked for by its name', async () => {
  expect(await answer('S0', '/status 2026-Q3')).toEqual({ card: 'console', args: { review: at.r } });
  expect(await answer('S0', '/review')).toEqual({ card: 'console', args: { review: newer } });
});

it('a self-review goes to the review that takes it; a closed one is there to read', async () => {
  expect(await answer('M01', '/selfreview')).toEqual({ card: 'self_review', args: { review: newer } });
  expect(await answer('M01', '/selfreview Q3')).toEqual({ card: 'self_review', args: { review: at.r } });
  await fileSelf(at, 'M01', 7);
  const card = JSON.stringify(await at.card('self_review', { review: at.r }, 'M01'));
  expect(card).toContain('多学习');
  expect(card).toContain('"value":"7"');
  expect(card).not.toContain('"form"');
});

it('who moved to another branch keeps the own results', async () => {
  await at.use.db.write((tx) => tx.run("UPDATE person SET branch = 'B002' WHERE employee_no = 'M02'"));
  expect(await answer('M02', '/results')).toEqual({ card: 'my_result', args: { review: at.r } });
  expect(await answer('M02', '/results 2026-Q3')).toEqual({ card: 'my_result', args: { review: at.r } });
  expect(JSON.stringify(await at.card('me', {}, 'M02'))).toMatch(/2026年第3季度/);
});
