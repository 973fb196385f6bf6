/** One connection after the other: what was spoiled is closed, and the next use opens a new one. */
import type { Link } from './local-client.ts';

export interface Connection {
  /** Runs `fn` on the connection of the moment; opens one where there is none. @throws what `fn` or opening throws */
  use<T>(fn: (link: Link) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Holder {
  link: Promise<Link>;
  users: number;
  /** Nobody new gets it; the last who is on it closes it. */
  givenUp: boolean;
}

/**
 * @param spoils whether an error means that the connection must not be used again (platform/libsql.md, rule 4). Others may still be on
 *   it, also within a transaction, so it is closed when the last of them has left.
 */
export function createConnection(open: () => Promise<Link>, spoils: (error: unknown) => boolean): Connection {
  let current: Holder | null = null;

  const giveUp = (holder: Holder): void => {
    holder.givenUp = true;
    if (current === holder) current = null;
  };
  async function closeUnused(holder: Holder): Promise<void> {
    if (holder.givenUp && holder.users === 0) (await holder.link.catch(() => null))?.close();
  }

  return {
    async use(fn) {
      current ??= { link: open(), users: 0, givenUp: false };
      const holder = current;
      holder.users += 1;
      try {
        const link = await holder.link.catch((error: unknown) => {
          giveUp(holder);
          throw error;
        });
        return await fn(link);
      } catch (error) {
        if (spoils(error)) giveUp(holder);
        throw error;
      } finally {
        holder.users -= 1;
        await closeUnused(holder);
      }
    },
    async close() {
      if (current === null) return;
      const holder = current;
      giveUp(holder);
      await closeUnused(holder);
    },
  };
}
