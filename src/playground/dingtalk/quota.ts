/** Calls and pushes of a month (platform/dingtalk.md §3.9), counted for the whole organisation; months change in Beijing. */
import type { Clock } from '../clock.ts';
import type { DingTalkApp } from './app.ts';

const BEIJING_MS = 8 * 3_600_000;

export interface Quota {
  /** Counts one; false when it is one too many. */
  take(kind: 'calls' | 'pushes'): boolean;
  used(): { month: string; calls: number; pushes: number };
}

export function createQuota(app: Pick<DingTalkApp, 'plan'>, clock: Clock): Quota {
  let used = { month: '', calls: 0, pushes: 0 };
  const current = () => {
    const month = new Date(clock.now() + BEIJING_MS).toISOString().slice(0, 7);
    if (used.month !== month) used = { month, calls: 0, pushes: 0 };
    return used;
  };
  return {
    take(kind) {
      const now = current();
      if (app.plan !== null && now[kind] >= app.plan[kind]) return false;
      now[kind] += 1;
      return true;
    },
    used: () => ({ ...current() }),
  };
}
