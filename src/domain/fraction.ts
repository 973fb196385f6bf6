/**
 * Exact rationals. Scores are compared with the threshold exactly and only then shown, rounded down (A5), so no binary float may
 * come near them. Values are not always in lowest terms: reducing costs more than the few extra digits.
 */
export interface Fraction {
  readonly n: bigint;
  /** Always positive. */
  readonly d: bigint;
}

const SMALL = BigInt(Number.MAX_SAFE_INTEGER);
const abs = (x: bigint): bigint => (x < 0n ? -x : x);

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [abs(a), abs(b)];
  while (x > SMALL || y > SMALL) {
    if (y === 0n) return x;
    [x, y] = [y, x % y];
  }
  let [p, q] = [Number(x), Number(y)]; // numbers are several times faster than bigints
  while (q !== 0) [p, q] = [q, p % q];
  return BigInt(p);
}

/** `n / d`. Both are whole numbers, `d` above zero. */
export function fraction(n: number | bigint, d: number | bigint = 1): Fraction {
  return { n: BigInt(n), d: BigInt(d) };
}

export const ZERO = fraction(0);

/** Lowest terms. */
export function reduce({ n, d }: Fraction): Fraction {
  const g = gcd(n, d);
  return g > 1n ? { n: n / g, d: d / g } : { n, d };
}

const READABLE = /^(\d{1,9})(?:\.(\d{1,9})|\/(\d{1,9}))?$/;

/** Reads "8", "8.25" or "2/3" exactly; null for anything else. */
export function parseFraction(text: string): Fraction | null {
  const [, whole, decimals, under] = READABLE.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  if (under !== undefined) return BigInt(under) === 0n ? null : fraction(BigInt(whole), BigInt(under));
  if (decimals !== undefined) return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  return fraction(BigInt(whole));
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  return reduce({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The whole number at or below `a / b`; `b` above zero. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b < 0n ? q - 1n : q;
}

/** The whole number at or above `a / b`; `b` above zero. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return -floorDiv(-a, b);
}

/** Hundredths, rounded down: 7.997 is 799. */
export function hundredths({ n, d }: Fraction): bigint {
  return floorDiv(n * 100n, d);
}

/** Two decimals rounded DOWN, "7.99" for 7.997, so that what is shown never contradicts what was decided (A5). Not for negative values. */
export function floor2(value: Fraction): string {
  const digits = String(hundredths(value)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
