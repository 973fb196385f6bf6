/** What a platform counts by the month, in words. */
import type { Translate } from '../../src/i18n.ts';
import type { BudgetStand, Forecast } from '../../src/usecases/budget.ts';

export const platformWord = (t: Translate, { platform }: BudgetStand): string => t(`budget.platform.${platform}`);

/** What was used of the month's budget. */
export const usedLine = (t: Translate, stand: BudgetStand): string =>
  t('budget.used', {
    platform: platformWord(t, stand),
    calls: stand.used.calls,
    callsPlan: stand.plan.calls,
    pushes: stand.used.pushes,
    pushesPlan: stand.plan.pushes,
  });

/** What a review takes and what is left. */
export const reviewLine = (t: Translate, it: Forecast, which: 'this' | 'next'): string =>
  t(which === 'next' ? 'budget.next' : it.short ? 'budget.review_short' : 'budget.review', {
    platform: platformWord(t, it),
    ...it.needed,
    callsLeft: it.left.calls,
    pushesLeft: it.left.pushes,
  });
