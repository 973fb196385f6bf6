/** Counts of the bot's calls and a log of pushes. Holds types, times and codes; never a body, never a form value. */
export interface Delivery {
  id: string;
  type: string;
  /** Unix ms of the playground's clock. */
  at: number;
  /** HTTP status, 0 when there was no answer. */
  status: number;
  /** Why there was none. */
  error: 'timeout' | 'connect' | 'dns' | 'reset' | 'no_url' | null;
  ms: number;
  /** 1 for the first. */
  attempt: number;
  /** When the next one is due, by the playground's clock at its present speed; null when there will be none. */
  nextInMs: number | null;
}

const KEPT_DELIVERIES = 10_000;

export interface Stats {
  call(api: string, code: string | number): void;
  calls(): Record<string, Record<string, number>>;
  delivered(delivery: Delivery): void;
  deliveries(limit: number): Delivery[];
}

export function createStats(): Stats {
  const calls = new Map<string, Map<string, number>>();
  let log: Delivery[] = [];
  return {
    call(api, code) {
      const codes = calls.get(api) ?? new Map<string, number>();
      calls.set(api, codes);
      codes.set(String(code), (codes.get(String(code)) ?? 0) + 1);
    },
    calls: () => Object.fromEntries([...calls].map(([api, codes]) => [api, Object.fromEntries(codes)])),
    delivered(delivery) {
      log.push(delivery);
      if (log.length > 2 * KEPT_DELIVERIES) log = log.slice(-KEPT_DELIVERIES);
    },
    deliveries: (limit) => log.slice(-limit).toReversed(),
  };
}
