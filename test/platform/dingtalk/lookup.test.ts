/** Lookups by mobile: a busy moment is waited for, in place and not for ever. */
import { expect, it } from 'vitest';
import type { ApiFailure, Outcome } from '../../../src/platform/dingtalk/api.ts';
import { failureOf, noAnswer } from '../../../src/platform/dingtalk/errors.ts';
import { createLookup } from '../../../src/platform/dingtalk/lookup.ts';

const said = (code: string): ApiFailure => {
  const refusal = { ...noAnswer, status: 200, code };
  return { ...failureOf(refusal), uncertain: false, refusal };
};
const silence: ApiFailure = { ...failureOf(noAnswer), uncertain: true, refusal: noAnswer };
const found = { ok: true, value: { result: { userid: 'u-anna' } } } as const;

/** Answers in turn, then finds. */
function lookup(...answers: Outcome<unknown>[]) {
  const waits: number[] = [];
  let calls = 0;
  let paced = 0;
  const call = () => {
    calls += 1;
    return Promise.resolve(answers.shift() ?? found) as Promise<never>;
  };
  const find = createLookup(
    { call },
    { apiBase: 'https://api.example' },
    {
      pace: () => Promise.resolve(void (paced += 1)),
      sleep: (ms) => Promise.resolve(void waits.push(ms)),
      random: () => 0,
    },
  );
  return { find: () => find('13800000001'), waits, calls: () => calls, paced: () => paced };
}

it.each([
  ['too many calls', said('90018')],
  ['too many calls of everybody', said('90002')],
  ['busy', said('-1')],
  ['no answer', silence],
])('%s: the same number is tried again, a second later and then slower', async (_what, answer) => {
  const { find, waits, calls, paced } = lookup(answer, answer, answer);
  expect(await find()).toBe('u-anna');
  expect(waits).toEqual([1_000, 2_000, 4_000]);
  expect(calls()).toBe(4);
  expect(paced()).toBe(4); // tries are paced like all calls
});
it('a minute is waited for where the platform asks for one', async () => {
  const { find, waits } = lookup(said('Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'));
  expect(await find()).toBe('u-anna');
  expect(waits).toEqual([60_000]);
});
it.each<[string, ApiFailure[], number]>([
  ['that does not pass', Array.from({ length: 9 }, () => said('90018')), 5],
  ['for minutes', [{ ...said('-1'), retryAfterMs: 300_000 }], 1],
  ['without permission', [said('60011')], 1],
  ['without a token', [said('40014')], 1],
])('a run ends with what to do: %s', async (_what, answers, most) => {
  const { find, calls } = lookup(...answers);
  await expect(find()).rejects.toMatchObject({ code: 'platform_failed' });
  expect(calls()).toBe(most);
});
it.each(['60121', '40104'])('%s: nobody has the number, which is an answer', async (code) => {
  const { find, waits } = lookup(said(code));
  expect(await find()).toBeNull();
  expect(waits).toEqual([]);
});
