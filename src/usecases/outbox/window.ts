/** The few rows of one platform that are read ahead, and which of them may start now. */
import type { PlatformName } from '../../platform/platform.ts';
import type { Reader } from '../../store/db.ts';
import { type HeadKind, headRows, type OutboxRow } from '../../store/outbox.ts';
import type { Permits } from './pacer.ts';

/** Other bots share a chat's allowance (platform/lark.md §4.10), so a chat is given half of it. */
const CHAT_SPACING = 2;
const SPACING_SWEEP = 5_000;
const URGENT_ROWS = 64;

const keyOf = ({ to }: OutboxRow): string => (to.kind === 'chat' ? `c:${to.chatId}` : `p:${to.employeeNo}`);

export interface RowWindow {
  /** Rows to start now; they count as taken until `release`. @param planned Unix ms; @param real for the spacing per recipient. */
  take(permits: Permits, free: number, planned: number, real: number): Promise<OutboxRow[]>;
  /** One row that failed before, due or not: to find out whether the platform is back, without putting a fresh one at risk. */
  takeProbe(planned: number): Promise<OutboxRow[]>;
  /** The row's result is committed: its recipient may get the next one `perRecipientPerSecond` allows. */
  release(row: OutboxRow, sentAt: number | null): void;
  /** Milliseconds until a row that was read may start, as far as its recipient's spacing goes; infinite when none waits for that. */
  spacingWaitMs(real: number): number;
  /** The table may hold rows not seen yet. */
  changed(): void;
  readonly taken: number;
}

export function createWindow(deps: {
  read: Reader;
  platform: PlatformName;
  perRecipientPerSecond: number;
  windowRows: number;
}): RowWindow {
  const windows: Record<'urgent' | 'due', OutboxRow[]> = { urgent: [], due: [] };
  const stale = { urgent: true, due: true };
  const takenIds = new Set<number>();
  const takenRecipients = new Set<string>();
  const notBefore = new Map<string, number>(); // recipient → real ms
  const spacingMs = 1_000 / deps.perRecipientPerSecond;

  const isFree = (row: OutboxRow, real: number): boolean => {
    const key = keyOf(row);
    return !takenRecipients.has(key) && (notBefore.get(key) ?? 0) <= real;
  };
  const load = async (kind: HeadKind, planned: number, limit: number): Promise<OutboxRow[]> => {
    const rows = await headRows(deps.read, kind, deps.platform, planned, limit + takenIds.size);
    return rows.filter((row) => !takenIds.has(row.id));
  };
  async function refill(kind: 'urgent' | 'due', planned: number): Promise<void> {
    stale[kind] = false; // before the read: a change during it is seen next time
    windows[kind] = await load(kind, planned, kind === 'urgent' ? URGENT_ROWS : deps.windowRows);
  }
  function mark(row: OutboxRow): OutboxRow {
    takenIds.add(row.id);
    takenRecipients.add(keyOf(row));
    for (const kind of ['urgent', 'due'] as const) windows[kind] = windows[kind].filter(({ id }) => id !== row.id);
    return row;
  }
  function pick(kind: 'urgent' | 'due', most: number, real: number): OutboxRow[] {
    const picked: OutboxRow[] = [];
    for (const row of windows[kind]) {
      if (picked.length >= most) break;
      if (isFree(row, real)) {
        takenRecipients.add(keyOf(row));
        picked.push(row);
      }
    }
    return picked.map(mark);
  }

  return {
    async take(permits, free, planned, real) {
      if (stale.urgent) await refill('urgent', planned);
      const urgent = pick('urgent', Math.min(free, permits.urgent), real);
      const most = Math.min(free, permits.bulk) - urgent.length;
      if (most <= 0) return urgent;
      let bulk = pick('due', most, real);
      if (bulk.length === 0 && stale.due) {
        await refill('due', planned);
        bulk = pick('due', most, real);
      }
      return [...urgent, ...bulk];
    },
    async takeProbe(planned) {
      const [row] = await load('tried', planned, 1);
      return row ? [mark(row)] : [];
    },
    release(row, sentAt) {
      const key = keyOf(row);
      takenIds.delete(row.id);
      takenRecipients.delete(key);
      if (sentAt !== null) {
        if (notBefore.size >= SPACING_SWEEP) for (const [k, at] of notBefore) if (at <= sentAt) notBefore.delete(k);
        notBefore.set(key, sentAt + spacingMs * (row.to.kind === 'chat' ? CHAT_SPACING : 1));
      }
      stale.urgent = true;
      stale.due = true;
    },
    spacingWaitMs(real) {
      let least = Number.POSITIVE_INFINITY;
      for (const row of [...windows.urgent, ...windows.due]) {
        const key = keyOf(row);
        if (!takenRecipients.has(key)) least = Math.min(least, Math.max(1, (notBefore.get(key) ?? 0) - real));
      }
      return least;
    },
    changed() {
      stale.urgent = true;
      stale.due = true;
    },
    get taken() {
      return takenIds.size;
    },
  };
}
