import { expect, it } from 'vitest';
import { createTokenSource } from '../../src/platform/token-source.ts';

const HOUR = 3_600_000;
function source(lifeMs = 2 * HOUR) {
  const state = { now: 0, fetched: 0, fail: false };
  const tokens = createTokenSource(
    async () => {
      state.fetched++;
      if (state.fail) throw new Error('down');
      return { value: `t-${state.fetched}`, lifeMs };
    },
    () => state.now,
  );
  return { state, tokens };
}

it('fetches once for everybody who waits', async () => {
  const { state, tokens } = source();
  expect(await Promise.all(Array.from({ length: 20 }, () => tokens.get()))).toEqual(
    Array.from({ length: 20 }, () => 't-1'),
  );
  expect(state.fetched).toBe(1);
});
it('renews before the end of its life', async () => {
  const { state, tokens } = source();
  await tokens.get();
  state.now = 1.6 * HOUR;
  expect(await tokens.get()).toBe('t-1');
  state.now = 1.7 * HOUR;
  expect(await tokens.get()).toBe('t-2');
});
it('does not renew a short-lived one at each call', async () => {
  const { state, tokens } = source(60_000);
  await tokens.get();
  state.now = 29_000;
  expect(await tokens.get()).toBe('t-1');
});
it('forgets a refused one, but not a newer one', async () => {
  const { tokens } = source();
  await tokens.get();
  tokens.drop('t-1');
  expect(await tokens.get()).toBe('t-2');
  tokens.drop('t-1');
  expect(await tokens.get()).toBe('t-2');
});
it('tries again after a failure', async () => {
  const { state, tokens } = source();
  state.fail = true;
  await expect(tokens.get()).rejects.toThrow('down');
  state.fail = false;
  expect(await tokens.get()).toBe('t-2');
});
