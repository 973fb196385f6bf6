/** More high levels than usual: the committee is told before it confirms, and no more than told (A36). */
import { expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n.ts';
import { fits } from '../support/fits.ts';
import { allText } from '../support/opinion-world.ts';
import { fileSelf, stage, toBallot, vote } from '../support/review-stage.ts';

const MEMBERS = ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05', 'M06'];
it.each([
  { high: 3, warns: false },
  { high: 4, warns: true },
])('$high of nine with nine stars or more: a warning is shown: $warns', async ({ high, warns }) => {
  const at = await stage();
  for (const person of MEMBERS.slice(0, high)) await fileSelf(at, person, 9);
  await toBallot(at);
  await vote(at, undefined, 8); // without a self-review 7.20 a star
  await at.click('S0', { a: 'close_ballot', r: at.r });
  for (const locale of LOCALES) {
    const card = await at.card('confirmation', { review: at.r, page: 0 }, 'S0', locale);
    if (card === null) throw new Error('no confirmation');
    fits(card);
    expect(/超过通常的 1\/3|above the usual 1\/3/.test(allText(card))).toBe(warns);
  }
  expect((await at.click('S0', { a: 'confirm_results', r: at.r, p: 0 })).toast?.type).toBe('success');
});
