import type { ClickResult } from '../app/click.ts';

/** Why a click did not do what it should; null when it did. */
export function problemOf(outcome: ClickResult): string | null {
  if ('blocked' in outcome) return 'blocked';
  if ('refused' in outcome) return outcome.refused;
  if ('code' in outcome && outcome.code !== undefined) return String(outcome.code);
  const toast = 'toast' in outcome ? outcome.toast : undefined;
  return toast?.type === 'error' || toast?.type === 'warning' ? `${toast.type}_toast` : null;
}
