/** Deliveries seen before. Ballot clicks are never entered (design.md section 12.16). */
import type { Writer } from './db.ts';

/** Remembers a delivery. @returns false when any of its keys was seen before: then nothing may happen again. `day` is an ISO date. */
export async function claimDelivery(
  tx: Writer,
  platform: string,
  keys: readonly string[],
  day: string,
): Promise<boolean> {
  if (keys.length === 0) return true;
  const rows = await tx.run(
    'INSERT INTO inbox (platform, key, day) SELECT ?, value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    [platform, day, JSON.stringify(keys)],
  );
  return rows === keys.length;
}
export const forgetDeliveries = (tx: Writer, beforeDay: string): Promise<number> =>
  tx.run('DELETE FROM inbox WHERE day < ?', [beforeDay]);
