/** Counts what a platform counts by the month, in memory first: a write for each push would tell when each push came. */
import { Temporal } from 'temporal-polyfill';
import type { Log } from '../log.ts';
import type { PlatformName } from '../platform/platform.ts';
import { addUsage, type UsageKind } from '../store/api-usage.ts';
import type { Database } from '../store/db.ts';

/** A stop without notice loses what was counted in this time. */
const FLUSH_MS = 60_000;

export interface UsageMeter {
  count(kind: UsageKind): void;
  /** Writes what was counted. Never rejects: what could not be written is kept. */
  flush(): Promise<void>;
}

/** `2026-10` at `at` (Unix ms) in a time zone. */
export const monthOf = (at: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toPlainYearMonth().toString();

export function createUsageMeter(deps: {
  db: Pick<Database, 'write'>;
  platform: PlatformName;
  timezone: string;
  now: () => number;
  log: Pick<Log, 'warn'>;
  flushMs?: number;
}): UsageMeter {
  /** By month and kind, so that the last minute of a month counts where it belongs. */
  let counted = new Map<string, { month: string; kind: UsageKind; n: number }>();
  let timer: NodeJS.Timeout | null = null;

  function add(month: string, kind: UsageKind, n: number): void {
    const key = `${month} ${kind}`;
    counted.set(key, { month, kind, n: (counted.get(key)?.n ?? 0) + n });
  }
  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const taken = [...counted.values()];
    if (taken.length === 0) return;
    counted = new Map();
    try {
      await deps.db.write(async (tx) => {
        for (const { month, kind, n } of taken) await addUsage(tx, deps.platform, month, kind, n);
      });
    } catch (error) {
      deps.log.warn({ err: error }, 'usage: counts could not be written yet');
      for (const { month, kind, n } of taken) add(month, kind, n);
    }
  }
  return {
    count(kind) {
      add(monthOf(deps.now(), deps.timezone), kind, 1);
      timer ??= setTimeout(() => void flush(), deps.flushMs ?? FLUSH_MS).unref();
    },
    flush,
  };
}
