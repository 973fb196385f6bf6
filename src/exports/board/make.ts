import { z } from 'zod';
import { inThread } from '../in-thread.ts';
import type { BoardFile, MadeBoard } from './content.ts';

const madeSchema = z.object({ bytes: z.instanceof(Uint8Array), pages: z.int(), missing: z.array(z.string()) });

/** One after another: when every branch of a city publishes in one hour, memory is that of one board. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a PDF in a thread of its own: half a second in which ballots are answered as ever.
 * @throws {TenstarError} `bug` when it cannot be made within the limits of that thread
 */
export function makeBoard(file: BoardFile): Promise<MadeBoard> {
  const made = last.then(async () =>
    madeSchema.parse(
      await inThread({
        module: new URL('./board-worker.ts', import.meta.url),
        data: file,
        memoryMb: 256,
        timeMs: 60_000,
        what: `The board “${file.title}”`,
      }),
    ),
  );
  last = made.catch(() => undefined);
  return made;
}
