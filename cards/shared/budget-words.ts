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

/** What a review takes and what is left. `first`: before it is opened, when it can still be put off. */
export const reviewLine = (t: Translate, it: Forecast, which: 'first' | 'this' | 'next'): string => {
  const params = {
    platform: platformWord(t, it),
    ...it.needed,
    callsLeft: it.left.calls,
    pushesLeft: it.left.pushes,
  };
  if (which === 'next') return t('budget.next', params);
  if (!it.short) return t('budget.review', params);
  return t(which === 'first' ? 'budget.first_short' : 'budget.review_short', params);
};
