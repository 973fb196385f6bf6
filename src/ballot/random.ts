import { randomFillSync } from 'node:crypto';

/** A whole number drawn evenly from 0 to `bound` − 1; `bound` is 1 to 2^32. */
export type Below = (bound: number) => number;

const POOL_BYTES = 4096;
const RANGE = 2 ** 32;

/**
 * Random numbers from the system's cryptographic generator. `crypto.randomInt` gives the same but costs ten times as much a call,
 * and a shuffle of a box asks a thousand times.
 */
export function secureBelow(): Below {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  return (bound) => {
    const fair = RANGE - (RANGE % bound); // numbers from here up would favour the small ones: draw again
    for (;;) {
      if (used === POOL_BYTES) {
        randomFillSync(pool);
        used = 0;
      }
      const drawn = pool.readUInt32LE(used);
      used += 4;
      if (drawn < fair) return drawn % bound;
    }
  };
}
