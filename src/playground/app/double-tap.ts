/** A nervous finger, on either platform: the same tap twice. A client shows the answers in the order of the taps, so the second stays. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { Json } from '../world.ts';
import type { Toast } from './read-answer.ts';

/** @returns what `send` came to, once or twice, in the order in which the client shows it */
export async function taps<T>(
  { faults, random }: Pick<Context, 'faults' | 'random'>,
  send: () => Promise<T>,
): Promise<T[]> {
  if (!random.chance(faults.double_taps)) return [await send()];
  return Promise.all([send(), sleep(faults.double_tap_ms).then(send)]);
}

export interface Shown {
  code?: number;
  detail?: string;
  toast?: Toast;
  card?: Json;
}
/** What stands on the screen after all of them: the last answer, beside the card of an earlier one when it brings none. */
export const onScreen = (answers: readonly Shown[]): Shown =>
  answers.reduce(({ card }, next) => ({ ...(card ? { card } : {}), ...next }));
