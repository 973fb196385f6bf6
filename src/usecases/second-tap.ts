/** A second tap on a button that makes something new: what it made would stand there twice. Other buttons say how things stand. */
import { createHash } from 'node:crypto';
import type { ActionName } from '../action.ts';
import type { IncomingClick } from '../platform/platform.ts';

/** The same by the same person on the same card is one click for at least this long, and at most for twice as long. */
export const SECOND_TAP_MS = 5_000;

/** Those that refuse a second one of the same words by their own rules need not stand here. */
const MAKES_SOMETHING: ReadonlySet<ActionName> = new Set<ActionName>([
  'activity_plan',
  'guidance_publish',
  'leading_evidence_add',
  'leading_meeting_add',
  'meeting_plan',
  'task_add',
  'visit_plan',
]);

/**
 * Keys of de-duplication besides those of the delivery: one for this stretch of time and one for the next, so that no boundary lies
 * between two taps. None for other buttons. @param now Unix ms
 */
export function secondTapKeys({ action, form, messageId, sender }: IncomingClick, now: number): string[] {
  if (action === null || !MAKES_SOMETHING.has(action.a)) return [];
  if ('g' in action) return []; // a change to what is there
  const stretch = Math.floor(now / SECOND_TAP_MS);
  const typed = Object.entries(form).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [stretch, stretch + 1].map((n) => {
    const what = JSON.stringify([n, sender.userId, messageId, action, typed]);
    return `tap:${createHash('sha256').update(what).digest('base64url')}`;
  });
}
