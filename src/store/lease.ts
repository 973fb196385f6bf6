/** Leases: at most one process holds a name; another may take it once it has run out. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

/** A lease that ends later than this many times its length from now was written by a clock that is wrong. */
const IMPOSSIBLE_LENGTHS = 10;

const TAKE = `INSERT INTO lease (name, owner, until) VALUES (?1, ?2, ?3)
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
  WHERE lease.owner = excluded.owner OR lease.until <= ?4 OR lease.until > ?5`;

/**
 * Takes or renews the lease `name` for `forMs` milliseconds from `now` (Unix ms).
 * @param owner differs for every process and every start of it.
 * @returns whether `owner` holds it now.
 */
export async function takeLease(
  tx: Writer,
  { name, owner, now, forMs }: { name: string; owner: string; now: number; forMs: number },
): Promise<boolean> {
  const until = Math.trunc(now + forMs);
  return (await tx.run(TAKE, [name, owner, until, now, now + forMs * IMPOSSIBLE_LENGTHS])) > 0;
}

/** Whether `owner` still holds the lease; checked in the transaction that relies on it. */
export async function holdsLease(h: Reader, name: string, owner: string, now: number): Promise<boolean> {
  const sql = 'SELECT owner FROM lease WHERE name = ? AND owner = ? AND until > ?';
  return (await h.get(z.object({ owner: z.string() }), sql, [name, owner, now])) !== null;
}

/** Gives the lease back, so that another process need not wait for its end. */
export async function releaseLease(tx: Writer, name: string, owner: string): Promise<void> {
  await tx.run('DELETE FROM lease WHERE name = ? AND owner = ?', [name, owner]);
}

/** Until when somebody holds the lease (Unix ms), or null when nobody does at `now`. */
export async function leaseUntil(h: Reader, name: string, now: number): Promise<number | null> {
  const sql = 'SELECT until FROM lease WHERE name = ? AND until > ?';
  return (await h.get(z.object({ until: z.int() }), sql, [name, now]))?.until ?? null;
}
/** Nobody holds any lease of a database that was just put back: whoever did is not running on it. */
export const forgetLeases = (tx: Writer): Promise<number> => tx.run('DELETE FROM lease');
