/**
 * Whom an answer in a group's card was said to. It is private data of who clicked, which a change of the card for everybody does not
 * touch, so that change has to take it away, or it would stand below newer states. Kept in memory: after a restart it stays until the
 * person's next click.
 */
const MOST_CARDS = 1_000;

export interface Said {
  note(outTrackId: string, userId: string): void;
  /** Those it was said to since the last time. */
  take(outTrackId: string): string[];
}

export function createSaid(): Said {
  const cards = new Map<string, Set<string>>();
  return {
    note(outTrackId, userId) {
      const people = cards.get(outTrackId) ?? new Set();
      cards.delete(outTrackId); // the card that was quiet longest is the first to be forgotten
      cards.set(outTrackId, people.add(userId));
      const [oldest] = cards.keys();
      if (cards.size > MOST_CARDS && oldest !== undefined) cards.delete(oldest);
    },
    take(outTrackId) {
      const people = cards.get(outTrackId) ?? [];
      cards.delete(outTrackId);
      return [...people];
    },
  };
}
