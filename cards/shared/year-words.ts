import type { RenderContext } from '../../src/card-def.ts';
import type { MissedStep } from '../../src/domain/missed-steps.ts';
import { periodName } from '../../src/period-name.ts';
import { percent } from '../../src/usecases/year/figures.ts';

/** `71% (5/7)`; a dash where nothing was due. */
export function share(part: number, of: number): string {
  const value = percent(part, of);
  return value === null ? '—' : `${value}% (${part}/${of})`;
}
export function missedWord(missed: MissedStep, { t }: Pick<RenderContext, 't'>): string {
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
