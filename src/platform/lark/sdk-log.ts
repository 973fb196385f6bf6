import type { Logger } from '@larksuiteoapi/node-sdk';

/** Where the adapter tells the operator something. Sentences are fixed: they hold no id, no content and no secret. */
export interface LarkLog {
  warn(sentence: string): void;
}

/**
 * A logger for the SDK that repeats nothing of what it is given: the SDK logs request bodies (ballots), the token and, when a
 * token cannot be fetched, the app secret (platform/lark.md §5.2).
 */
export function silentLogger(log: LarkLog): Logger {
  const nothing = () => undefined;
  return {
    error: () =>
      log.warn('lark: the SDK reports an error; its details are withheld because they hold message contents'),
    warn: () =>
      log.warn('lark: the SDK reports a warning; its details are withheld because they hold message contents'),
    info: nothing,
    debug: nothing,
    trace: nothing,
  };
}
