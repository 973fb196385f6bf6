/** When messages may start again after the platform did not answer. The rest of the pacer is tested through the dispatcher. */
import { expect, it } from 'vitest';
import type { SendResult } from '../../src/platform/platform.ts';
import { createPacer } from '../../src/usecases/outbox/pacer.ts';

const LOST: SendResult = { ok: false, reason: 'unreachable', code: '' };
const SENT: SendResult = { ok: true, messageId: 'm1' };

it.each([5, 12, 200])(
  '%i messages that fail at once, say for want of a token, are one event: a second later it is tried again',
  (burst) => {
    const pacer = createPacer({ perMinute: 1_000, perSecond: 500 });
    for (let n = 0; n < burst; n++) pacer.reserve();
    for (let n = 0; n < burst; n++) pacer.finish(LOST, 10_000 + n);
    expect(pacer.outage()).toBe(true);
    expect(pacer.permits(10_000 + burst)).toEqual({ bulk: 0, urgent: 0 });
    const later = 10_000 + burst + pacer.waitMs(10_000 + burst);
    expect(later).toBeLessThanOrEqual(11_100);
    expect(pacer.permits(later)).toEqual({ bulk: 1, urgent: 1 });
    pacer.reserve();
    pacer.finish(SENT, later + 50);
    expect(pacer.outage()).toBe(false);
  },
);

it('each try that fails doubles the wait, up to a minute', () => {
  const pacer = createPacer({ perMinute: 1_000, perSecond: 50 });
  let now = 0;
  const waits: number[] = [];
  for (let n = 0; n < 5; n++) pacer.reserve();
  for (let n = 0; n < 5; n++) pacer.finish(LOST, now);
  for (let n = 0; n < 9; n++) {
    const wait = pacer.waitMs(now);
    waits.push(wait);
    now += wait;
    expect(pacer.permits(now).bulk).toBe(1);
    pacer.reserve();
    pacer.finish(LOST, now);
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});
