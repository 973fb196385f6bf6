/** The time one message may take, with all its calls. The outbox stops waiting at 30 s; nothing of a message may leave after that. */
export interface Deadline {
  /** Ms; 0 or less when it is over. */
  leftMs(): number;
}

/** Five seconds below what the outbox waits, for what is on its way when the time is over. */
export const SEND_WITHIN_MS = 25_000;

/** By the machine's own monotonic clock: time may be played elsewhere, but a connection is slow in real seconds. */
export function deadlineIn(ms: number): Deadline {
  const end = performance.now() + ms;
  return { leftMs: () => end - performance.now() };
}

/** For what several messages wait for together. */
export const earliest = (deadlines: readonly Deadline[]): Deadline => ({
  leftMs: () => Math.min(...deadlines.map((one) => one.leftMs())),
});
