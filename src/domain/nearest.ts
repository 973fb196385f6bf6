/** How many single-letter changes turn `a` into `b`. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** A known word with more written on to it without a space: two Chinese signs or four Latin letters at least. */
const begunBy = (typed: string, known: readonly string[]): string | null =>
  known
    .filter((word) => typed.startsWith(word) && word.length >= (/^[a-z]/.test(word) ? 4 : 2))
    .toSorted((a, b) => b.length - a.length)[0] ?? null;

/**
 * The known word that was probably meant, or null when none is close: at most a third of its letters, and at least one, differ, or
 * what was typed begins with it.
 */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const word of known) {
    const d = distance(typed.toLowerCase(), word.toLowerCase());
    if (d < bestDistance && d <= Math.max(1, Math.floor(word.length / 3))) [best, bestDistance] = [word, d];
  }
  return best ?? begunBy(typed.toLowerCase(), known);
}
