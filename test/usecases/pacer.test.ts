/** How many messages may start: what is kept free for urgent ones. The rest of the pacer is tested through the dispatcher. */
import { expect, it } from 'vitest';
import { createPacer } from '../../src/usecases/outbox/pacer.ts';

it.each([
  // A minute's allowance that could be gone after twenty seconds: something is kept.
  [
    { perMinute: 1_000, perSecond: 50 },
    { bulk: 48, urgent: 50 },
  ],
  // Every second brings new room, and urgent ones are taken first: nothing is lost to a reserve.
  [
    { perMinute: 600, perSecond: 10 },
    { bulk: 10, urgent: 10 },
  ],
])('%j: %j at the start', (limits, permits) => {
  expect(createPacer(limits).permits(0)).toEqual(permits);
});
