/**
 * Until this much later a further signal is the same wish: npm passes Ctrl+C on although the terminal has sent it already, and a
 * process that took the second one for an order to die would be cut off in the middle of stopping.
 */
const SAME_WISH_MS = 1_000;

/** Calls `stop` at the first SIGTERM or SIGINT. Whoever asks again later does not want to wait: the process ends at once, with 1. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let first: number | null = null;
  const handle = (signal: NodeJS.Signals) => {
    if (first === null) {
      first = performance.now();
      stop(signal);
    } else if (performance.now() - first > SAME_WISH_MS) process.exit(1);
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}
