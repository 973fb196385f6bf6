/**
 * Updates of cards that were sent. Two at once of one card fail (platform/dingtalk.md §2.3), so each card has its turn; and an answer to
 * a click changes a group's card for who clicked only, so the others get the last state a while later, in one call for many clicks.
 */
import type { Card } from '../../card.ts';
import { SEND_FAILURES, type SendResult } from '../platform.ts';

export interface CardUpdates {
  /** At once, after what is under way for the same card. */
  now(outTrackId: string, card: Card): Promise<SendResult>;
  /** Later, and only the last of several. */
  later(outTrackId: string, card: Card): void;
  /** Does at once what was to be done later. */
  flush(): Promise<void>;
}

/** Of an update that failed for a reason that passes. */
const MOST_RETRIES = 5;

export function createCardUpdates(
  update: (outTrackId: string, card: Card) => Promise<SendResult>,
  delayMs: number,
  onFailure: (result: SendResult) => void,
): CardUpdates {
  const turns = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, { card: Card; timer: NodeJS.Timeout; triesLeft: number }>();

  async function now(outTrackId: string, card: Card): Promise<SendResult> {
    const before = turns.get(outTrackId) ?? Promise.resolve();
    const mine = before.then(() => update(outTrackId, card));
    const settled = mine.catch(() => undefined);
    turns.set(outTrackId, settled);
    try {
      return await mine;
    } finally {
      if (turns.get(outTrackId) === settled) turns.delete(outTrackId);
    }
  }
  async function due(outTrackId: string): Promise<void> {
    const item = waiting.get(outTrackId);
    if (item === undefined) return;
    clearTimeout(item.timer);
    waiting.delete(outTrackId);
    const result = await now(outTrackId, item.card);
    if (result.ok) return;
    // Unless a newer state waits by now, this one is tried again.
    const again = SEND_FAILURES[result.reason] === 'retry' && item.triesLeft > 0 && !waiting.has(outTrackId);
    if (again) wait(outTrackId, item.card, item.triesLeft - 1);
    else onFailure(result);
  }
  function wait(outTrackId: string, card: Card, triesLeft: number): void {
    const timer = setTimeout(() => void due(outTrackId), delayMs);
    timer.unref();
    waiting.set(outTrackId, { card, timer, triesLeft });
  }

  return {
    async now(outTrackId, card) {
      const item = waiting.get(outTrackId);
      if (item !== undefined) clearTimeout(item.timer); // what waited is older than this
      waiting.delete(outTrackId);
      return now(outTrackId, card);
    },
    later(outTrackId, card) {
      const item = waiting.get(outTrackId);
      if (item !== undefined) {
        item.card = card;
        return;
      }
      wait(outTrackId, card, MOST_RETRIES);
    },
    async flush() {
      await Promise.all([...waiting.keys()].map(due));
    },
  };
}
