/** One token for everybody: many callers at once ask for one, and a token the platform no longer takes is fetched anew once. */

export interface Token {
  value: string;
  /** Life it was given, in ms. */
  lifeMs: number;
}
export interface TokenSource {
  /** Rejects with whatever `fetchToken` rejected with; the next call tries again. */
  get(): Promise<string>;
  /** The platform no longer takes this one. A token fetched meanwhile by somebody else stays. */
  drop(value: string): void;
}

/** The platform hands out the same token while 30 minutes are left, so there is a new one to be had from then on. */
const RENEW_BEFORE_MS = 20 * 60_000;

export function createTokenSource(fetchToken: () => Promise<Token>, now: () => number): TokenSource {
  let current: { value: string; goodUntil: number } | null = null;
  let pending: Promise<string> | null = null;

  const renew = async (): Promise<string> => {
    try {
      const { value, lifeMs } = await fetchToken();
      current = { value, goodUntil: now() + lifeMs - Math.min(RENEW_BEFORE_MS, lifeMs / 2) };
      return value;
    } finally {
      pending = null;
    }
  };
  return {
    get: async () => {
      if (current !== null && now() < current.goodUntil) return current.value;
      pending ??= renew();
      return await pending;
    },
    drop: (value) => {
      if (current?.value === value) current = null;
    },
  };
}
