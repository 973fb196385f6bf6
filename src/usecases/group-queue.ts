import { TenstarError } from '../errors.ts';

/** What became of one item of a group. */
export type Outcome<R> = { value: R } | { error: unknown };

export interface GroupQueue<T, R> {
  /** Settles after the group of `item` was handled. @throws {TenstarError} `overloaded` when too many wait already */
  add(item: T): Promise<R>;
  /** Settles when nothing waits any more. */
  idle(): Promise<void>;
}
export interface GroupLimits {
  maxGroup: number;
  maxQueue: number;
}

interface Waiting<T, R> {
  item: T;
  resolve: (value: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Handles what comes in at the same time together: whatever waits when `setImmediate` fires is one group (platform/libsql.md).
 * Between groups the event loop turns once, so that requests, timers and finalizers run.
 * @param handle answers with one outcome an item, in the same order
 */
export function createGroupQueue<T, R>(
  handle: (items: readonly T[]) => Promise<readonly Outcome<R>[]>,
  { maxGroup, maxQueue }: GroupLimits,
): GroupQueue<T, R> {
  const waiting: Waiting<T, R>[] = [];
  let running: Promise<void> | null = null;
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  async function handleGroup(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await handle(group.map(({ item }) => item));
      for (const [i, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[i];
        if (outcome && 'value' in outcome) resolve(outcome.value);
        else
          reject(
            outcome ? outcome.error : new TenstarError('bug', 'A group was handled without an answer for everybody.'),
          );
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
  async function drain(): Promise<void> {
    await turn();
    while (waiting.length > 0) {
      await handleGroup(waiting.splice(0, maxGroup));
      await turn();
    }
    running = null;
  }

  return {
    add(item) {
      if (waiting.length >= maxQueue)
        return Promise.reject(
          new TenstarError(
            'overloaded',
            'Too many people are voting at this very moment. Please press the button again.',
          ),
        );
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= drain();
      });
    },
    async idle() {
      await running;
    },
  };
}
