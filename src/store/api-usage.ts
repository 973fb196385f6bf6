/** Calls to a platform and pushes from it, summed by month. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

export type UsageKind = 'call' | 'push';
export interface ApiUsage {
  calls: number;
  pushes: number;
}
const row = z.object({ kind: z.enum(['call', 'push']), n: z.int() });

/** @param month `2026-10` */
export async function addUsage(tx: Writer, platform: string, month: string, kind: UsageKind, n: number): Promise<void> {
  await tx.run(
    'INSERT INTO api_usage (platform, month, kind, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET n = n + ?4',
    [platform, month, kind, n],
  );
}

/** What was used in a month (`2026-10`); zero when nothing was. */
export async function usageOf(h: Reader, platform: string, month: string): Promise<ApiUsage> {
  const rows = await h.all(row, 'SELECT kind, n FROM api_usage WHERE platform = ? AND month = ?', [platform, month]);
  const of = (kind: UsageKind) => rows.find((it) => it.kind === kind)?.n ?? 0;
  return { calls: of('call'), pushes: of('push') };
}
