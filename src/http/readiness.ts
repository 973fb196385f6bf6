/** Whether this process can do its work: the database answers, its tables are those of this version, messages are leaving. */
import { TenstarError } from '../errors.ts';
import { pendingMigrations } from '../store/migrations.ts';
import { OUTBOX_MAX_AGE_MS, outboxHealth } from '../store/outbox-admin.ts';
import type { Use } from '../use.ts';

const ANSWER_WITHIN_MS = 2_000;
/** However often it is asked, the database is asked at most once in this time. */
const KEEP_MS = 1_000;

export const CHECKS = ['database', 'migrations', 'outbox'] as const;
export type CheckName = (typeof CHECKS)[number];
export interface Check {
  ok: boolean;
  /** What is wrong, or the number that was looked at. */
  note: string;
}
export interface ReadinessReport {
  ready: boolean;
  failing: CheckName[];
  checks: Record<CheckName, Check>;
}
export type Readiness = () => Promise<ReadinessReport>;

const NOT_ASKED: Check = { ok: false, note: 'not looked at: the database does not answer' };

export function createReadiness(use: Pick<Use, 'db' | 'now'>): Readiness {
  let last: { at: number; report: Promise<ReadinessReport> } | null = null;
  return () => {
    const at = use.now();
    if (last === null || Math.abs(at - last.at) >= KEEP_MS) last = { at, report: look(use) };
    return last.report;
  };
}

async function look(use: Pick<Use, 'db' | 'now'>): Promise<ReadinessReport> {
  const migrations = await check(async () => {
    const pending = await pendingMigrations(use.db);
    return pending.length === 0
      ? { ok: true, note: 'all applied' }
      : { ok: false, note: `not applied: ${pending.join(', ')}; run "tenstar migrate"` };
  });
  if (migrations === null) {
    const database = { ok: false, note: `no answer within ${ANSWER_WITHIN_MS / 1000} s, or an error` };
    return report({ database, migrations: NOT_ASKED, outbox: NOT_ASKED });
  }
  const outbox = await check(async () => {
    const { oldestMs, due } = await outboxHealth(use.db.read, use.now());
    return { ok: oldestMs <= OUTBOX_MAX_AGE_MS, note: `${due} due, the oldest for ${Math.round(oldestMs / 1000)} s` };
  });
  return report({
    database: { ok: true, note: 'answers' },
    migrations,
    outbox: outbox ?? { ok: false, note: 'the table cannot be read' },
  });
}

function report(checks: Record<CheckName, Check>): ReadinessReport {
  const failing = CHECKS.filter((name) => !checks[name].ok);
  return { ready: failing.length === 0, failing, checks };
}

/** What `ask` found; null when the database did not answer. What a driver says goes nowhere: it may quote a statement. */
async function check(ask: () => Promise<Check>): Promise<Check | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    return error instanceof TenstarError ? { ok: false, note: error.message } : null;
  } finally {
    clearTimeout(timer);
  }
}
