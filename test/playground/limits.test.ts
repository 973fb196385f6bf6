import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../src/playground/clock.ts';
import { createLimiter } from '../../src/playground/limiter.ts';
import { aCard, setStage } from '../support/feishu-calls.ts';

const START = 1_780_300_800_000; // a whole minute
afterEach(() => {
  vi.useRealTimers();
});

/** A limiter whose real time is `time.now`. */
function limiterAt(speed: number) {
  const time = { now: START };
  return { time, limiter: createLimiter(createClock(speed, () => time.now)) };
}
const accepted = (n: number, call: () => boolean) => Array.from({ length: n }, call).filter(Boolean).length;

describe('gateway', () => {
  it.each([
    { speed: 1, perSecond: 50, afterMs: 1_000 },
    { speed: 10, perSecond: 50, afterMs: 100 },
  ])('at speed $speed: $perSecond calls within $afterMs ms', ({ speed, perSecond, afterMs }) => {
    const { time, limiter } = limiterAt(speed);
    expect(accepted(80, () => limiter.gateway('a') === null)).toBe(perSecond);
    expect(limiter.gateway('b')).toBeNull(); // each API by itself
    time.now += afterMs;
    expect(accepted(80, () => limiter.gateway('a') === null)).toBe(perSecond);
  });

  it('a minute holds 1,000 calls, and says how long to wait', () => {
    const { time, limiter } = limiterAt(1);
    let taken = 0;
    for (let second = 0; second < 30; second += 1, time.now += 1_000)
      taken += accepted(50, () => limiter.gateway('a') === null);
    expect(taken).toBe(1_000);
    expect(limiter.gateway('a')).toEqual({ limit: 1_000, resetSec: 30 });
    time.now += 30_000;
    expect(limiter.gateway('a')).toBeNull();
  });
});

it('a recipient takes five messages in any second', () => {
  const { time, limiter } = limiterAt(1);
  const send = () => limiter.allow('to x', 5);
  expect(accepted(4, send)).toBe(4);
  time.now += 600;
  expect(accepted(4, send)).toBe(1);
  time.now += 500; // the first four are older than a second, the fifth is not
  expect(accepted(9, send)).toBe(4);
});

it('over HTTP: 230020 for a recipient, 429 with headers for the gateway', async () => {
  await using stage = await setStage();
  const codes = await Promise.all(Array.from({ length: 8 }, () => stage.send(stage.ids.anna, aCard())));
  expect(codes.filter(({ code }) => code === 0)).toHaveLength(5);
  expect(codes.filter(({ code, status }) => code === 230020 && status === 400)).toHaveLength(3);
  const info = await Promise.all(Array.from({ length: 120 }, () => stage.call('GET', '/bot/v3/info')));
  const limited = info.find(({ code }) => code === 99991400);
  expect(limited?.status).toBe(429);
  expect(limited?.headers.get('x-ogw-ratelimit-limit')).toBe('50');
  expect(Number(limited?.headers.get('x-ogw-ratelimit-reset'))).toBe(1);
  expect((await stage.client.stats()).calls['POST /open-apis/im/v1/messages']).toEqual({ '0': 5, '230020': 3 });
});

it('patches of one message: five a second', async () => {
  await using stage = await setStage();
  const id = String((await stage.send(stage.ids.anna, aCard())).data.message_id as string);
  const patches = await Promise.all(
    Array.from({ length: 7 }, () => stage.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(aCard()) })),
  );
  expect(patches.filter(({ code }) => code === 230020)).toHaveLength(2);
});

it('a token lasts two hours: the same while half an hour is left, then a new one while both work', async () => {
  await using stage = await setStage();
  const ask = async () =>
    (
      await stage.call('POST', '/auth/v3/tenant_access_token/internal', {
        app_id: 'cli_00aa11bb22cc33dd',
        app_secret: 'demo-secret',
      })
    ).body;
  const works = async (token: string) =>
    (await stage.call('GET', '/bot/v3/info', undefined, { authorization: `Bearer ${token}` })).code === 0;
  const first = String((await ask()).tenant_access_token as string);
  await stage.client.clock({ advance: 89 * 60_000 });
  expect(await ask()).toMatchObject({ tenant_access_token: first });
  await stage.client.clock({ advance: 2 * 60_000 });
  const second = String((await ask()).tenant_access_token as string);
  expect(second).not.toBe(first);
  expect(await Promise.all([works(first), works(second)])).toEqual([true, true]);
  await stage.client.clock({ advance: 30 * 60_000 });
  expect(await Promise.all([works(first), works(second)])).toEqual([false, true]);
});
