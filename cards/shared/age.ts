import type { Translate } from '../../src/i18n.ts';

const STEPS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const;

/** A length of time (ms) in its largest whole unit. */
export function age(t: Translate, ms: number): string {
  const step = STEPS.find(([, size]) => ms >= size);
  return step === undefined ? t('job.age.none') : t(`job.age.${step[0]}`, { n: Math.floor(ms / step[1]) });
}
