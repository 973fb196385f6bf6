/** What is left of the months' budgets of those platforms that have one, and what a review would take of it. */
import type { PlatformName, ReviewSize } from '../platform/platform.ts';
import { type ApiUsage, usageOf } from '../store/api-usage.ts';
import type { Reader } from '../store/db.ts';
import type { Use } from '../use.ts';
import { monthOf } from './usage-meter.ts';

export interface BudgetStand {
  platform: PlatformName;
  /** `2026-10`. */
  month: string;
  /** What the plan without payment holds. */
  free: ApiUsage;
  used: ApiUsage;
  /** Never below zero. */
  left: ApiUsage;
  /** What a review of this size takes; null when none was asked about. */
  needed: ApiUsage | null;
}

/** Empty when no platform in use has a budget. @param at Unix ms */
export async function budgets(use: Pick<Use, 'platforms' | 'config'>, h: Reader, at: number, size: ReviewSize | null = null): Promise<BudgetStand[]> {
  const month = monthOf(at, use.config.timezone);
  const stands: BudgetStand[] = [];
  for (const { name, budget } of use.platforms.values()) {
    if (budget === undefined) continue;
    const used = await usageOf(h, name, month);
    const left = { calls: Math.max(0, budget.free.calls - used.calls), pushes: Math.max(0, budget.free.pushes - used.pushes) };
    stands.push({ platform: name, month, free: budget.free, used, left, needed: size === null ? null : budget.callsNeeded(size) });
  }
  return stands;
}
