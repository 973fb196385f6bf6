/** Two taps on a button that makes something make it once; what is typed anew, or later, is made anew. */
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { SECOND_TAP_MS } from '../../src/usecases/second-tap.ts';
import { opinionWorld, type OpinionWorld } from '../support/opinion-world.ts';

let at: OpinionWorld;
beforeEach(async () => {
  at = await opinionWorld();
});
const tasks = async () => (await at.use.db.read.get(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM task'))?.n;
const add = (text: string) => at.click('S0', { a: 'task_add', p: 0 }, { text, owner: 'M01', due: '2026-11-30' });

it('two taps with a boundary of the clock between them are one', async () => {
  at.clock.now = Math.ceil(at.clock.now / SECOND_TAP_MS) * SECOND_TAP_MS - 1;
  expect((await add('归档')).toast?.type).toBe('success');
  at.clock.now += 2;
  expect((await add('归档')).toast?.type).toBe('info');
  expect(await tasks()).toBe(1);
});
it('another text at once, and the same text later, are new', async () => {
  await add('归档');
  await add('调研');
  at.clock.now += 2 * SECOND_TAP_MS;
  await add('归档');
  expect(await tasks()).toBe(3);
});
it('guidance is sent to the branches once', async () => {
  await at.use.db.write((tx) => tx.run("INSERT INTO person_role (person, role) VALUES ('X0', 'office')"));
  const publish = () => at.click('X0', { a: 'guidance_publish' }, { text: '请按时开会' });
  await Promise.all([publish(), publish()]);
  const sent = (await at.outbox()).filter(({ card }) => card === 'guidance').map(({ recipient }) => recipient);
  expect(sent.length).toBeGreaterThan(0);
  expect(new Set(sent).size).toBe(sent.length);
});
