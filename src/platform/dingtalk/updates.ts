/**
 * Updates of cards that were sent. Two at once of one card fail (platform/dingtalk.md §2.3), so each card has its turn; and an answer to
 * a click changes a group's card for who clicked only, so the others get the last state a while later, in one call for many clicks.
 */
import type { Card } from '../../card.ts';
import type { SendResult } from '../platform.ts';

export interface CardUpdates {
  /** At once, after what is under way for the same card. */
  now(outTrackId: string, card: Card): Promise<SendResult>;
  /** Later, and only the last of several. */
  later(outTrackId: string, card: Card): void;
  /** Does at once what was to be done later. */
  flush(): Promise<void>;
}

export function createCardUpdates(
  update: (outTrackId: string, card: Card) => Promise<SendResult>,
  delayMs: number,
  onFailure: (result: SendResult) => void,
): CardUpdates {
  const turns = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, { card: Card; timer: NodeJS.Timeout }>();

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
    if (!result.ok) onFailure(result);
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
      const timer = setTimeout(() => void due(outTrackId), delayMs);
      timer.unref();
      waiting.set(outTrackId, { card, timer });
    },
    async flush() {
      await Promise.all([...waiting.keys()].map(due));
    },
  };
}
