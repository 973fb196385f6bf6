/**
 * The answer to a button that casts, given again to whoever presses it again. A client may show the second of two answers, and the
 * first of them may come too late to be shown: without this the receipt, which stands in that answer only (design.md 12.16), is lost
 * for good.
 *
 * Why this does not weaken secrecy: what is kept was just shown to the same person and holds no mark; it lies in the memory of the
 * process, which had the whole ballot in hand a moment before, and is never written or logged. It is found by a digest of the person
 * and the sealed draft, never listed; the draft holds a random nonce, so nobody who does not have the very button can tell whose
 * answer an entry is. It is gone after seconds, and nothing about it is told to anybody else. It stays true as long: a ballot that was
 * cast is never taken back, neither by the close nor when the ballot is opened again.
 *
 * Each process has its own: a second tap that reaches another one is told that the person has voted.
 */
import { createHash } from 'node:crypto';

/** How long a receipt is shown again. */
const SAME_ANSWER_MS = 10_000;
/** The same when the first answer came too late to be shown: whoever waited reads "tap again" first. */
const LATE_ANSWER_MS = 60_000;
/** What a busy office casts in ten seconds; beyond that the oldest goes first. */
const MOST = 2_000;

export interface SameAnswer<T> {
  /**
   * The answer under way or just given to this button, else that of `work`.
   * @param button whose it is, and the sealed draft in it
   * @param shownWithinMs an answer that takes longer is not shown
   */
  of(button: readonly string[], work: () => Promise<T>, shownWithinMs?: number): Promise<T>;
}
interface Entry<T> {
  answer: Promise<T>;
  timer?: NodeJS.Timeout;
}

/** @param counts whether an answer means that a ballot was cast; every other is forgotten as soon as it is given */
export function createSameAnswer<T>(counts: (answer: T) => boolean, most = MOST): SameAnswer<T> {
  const entries = new Map<string, Entry<T>>();
  function forget(key: string, entry: Entry<T>): void {
    clearTimeout(entry.timer);
    if (entries.get(key) === entry) entries.delete(key);
  }

  return {
    of(button, work, shownWithinMs = Number.POSITIVE_INFINITY) {
      const key = createHash('sha256').update(JSON.stringify(button)).digest('base64url');
      const known = entries.get(key);
      if (known !== undefined) return known.answer;
      const [oldest] = entries;
      if (entries.size >= most && oldest !== undefined) forget(...oldest);
      const started = performance.now();
      const entry: Entry<T> = { answer: work() };
      entries.set(key, entry);
      entry.answer.then(
        (answer) => {
          if (!counts(answer) || entries.get(key) !== entry) return forget(key, entry);
          const late = performance.now() - started > shownWithinMs;
          entry.timer = setTimeout(() => forget(key, entry), late ? LATE_ANSWER_MS : SAME_ANSWER_MS).unref();
        },
        () => forget(key, entry),
      );
      return entry.answer;
    },
  };
}
