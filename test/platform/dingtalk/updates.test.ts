import { expect, test, vi } from 'vitest';
import type { Card } from '../../../src/card.ts';
import type { SendResult } from '../../../src/platform/platform.ts';
import { paceOf } from '../../../src/platform/dingtalk/pace.ts';
import { createCardUpdates } from '../../../src/platform/dingtalk/updates.ts';

const card = (title: string): Card => ({ title, tone: 'blue', blocks: [] });
const OK: SendResult = { ok: true, messageId: 'c.1.k' };
const BUSY: SendResult = { ok: false, reason: 'overloaded', code: 'system.busy' };

/** Answers in turn, then yes. */
function updates(...answers: SendResult[]) {
  const shown: string[] = [];
  const failed: SendResult[] = [];
  const update = (_: string, { title }: Card) => {
    shown.push(title);
    return Promise.resolve(answers.shift() ?? OK);
  };
  return { shown, failed, updates: createCardUpdates(update, 1, (result) => failed.push(result)) };
}

test('of several changes the last is shown, once', async () => {
  const { shown, updates: later } = updates();
  for (const title of ['a', 'b', 'c']) later.later('c.1.k', card(title));
  await vi.waitFor(() => expect(shown).toEqual(['c']));
});

test('what the platform was too busy for is tried again', async () => {
  const { shown, failed, updates: later } = updates(BUSY, BUSY);
  later.later('c.1.k', card('a'));
  await vi.waitFor(() => expect(shown).toEqual(['a', 'a', 'a']));
  expect(failed).toEqual([]);
});

test('it is given up in the end, and at once where no later try helps; then it is said', async () => {
  const busy = updates(...Array.from({ length: 20 }, () => BUSY));
  busy.updates.later('c.1.k', card('a'));
  await vi.waitFor(() => expect(busy.failed).toEqual([BUSY]));
  expect(busy.shown).toHaveLength(6);
  const gone: SendResult = { ok: false, reason: 'chat_gone', code: 'gone' };
  const lost = updates(gone);
  lost.updates.later('c.1.k', card('a'));
  await vi.waitFor(() => expect(lost.failed).toEqual([gone]));
  expect(lost.shown).toEqual(['a']);
});

test('a plan with more calls goes faster', () => {
  expect(paceOf('free')).toEqual({ perMinute: 620, perSecond: 15, groupRefreshMs: 60_000 });
  expect(paceOf('pack')).toEqual({ perMinute: 1_860, perSecond: 45, groupRefreshMs: 5_000 });
});
