/** `/results` before there are any: a sentence, and nobody has looked at anything. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { stage, toBallot, vote } from '../support/review-stage.ts';

it('the committee is told that nothing has been counted yet; a look is noted only when there is something to see', async () => {
  const at = await stage();
  const views = async () =>
    (await at.use.db.read.get(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM sheet_view'))?.n;
  const ask = async (person: string) => {
    await at.type(person, '/结果');
    const answer = (await at.outbox()).at(-1);
    return `${answer?.card} ${answer?.args}`;
  };
  for (const person of ['S0', 'D0', 'K1']) expect(await ask(person)).toContain('"key":"not_counted"');
  await toBallot(at);
  await vote(at);
  expect(await ask('S0')).toContain('"key":"not_counted"');
  expect(await views()).toBe(0);
  await at.click('S0', { a: 'close_ballot', r: at.r });
  expect(await ask('S0')).toMatch(/^scores /);
  expect(await views()).toBeGreaterThan(0);
});
