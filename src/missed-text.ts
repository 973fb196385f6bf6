import type { MissedStep } from './domain/missed-steps.ts';
import type { Translate } from './i18n.ts';
import { periodName } from './period-name.ts';

/** A step of the year that a branch has missed, in words. */
export function missedText(t: Translate, missed: MissedStep): string {
  switch (missed.step) {
    case 'commitments':
    case 'branch_commitments':
      return t(`result.missed.${missed.step}`);
    case 'review_not_opened':
    case 'review_not_published':
      return t(`result.missed.${missed.step}`, { period: periodName(t, missed.period) });
    case 'summaries':
    case 'minutes':
      return t(`result.missed.${missed.step}`, { n: missed.n });
  }
}
