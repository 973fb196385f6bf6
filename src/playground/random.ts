/** Seeded randomness: a run with the same seed meets the same faults. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** True with probability `rate`. Draws nothing for a rate of 0, so switching one fault on does not move the others. */
  chance(rate: number): boolean;
  /** Whole number in [from, to]. */
  int(from: number, to: number): number;
  pick<T>(items: readonly T[]): T | undefined;
  seed(value: number): void;
}

export function createRandom(start = 1): Random {
  let state = start >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0; // splitmix32
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (rate) => rate > 0 && next() < rate,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items) => items[Math.floor(next() * items.length)],
    seed: (value) => {
      state = value >>> 0;
    },
  };
}
