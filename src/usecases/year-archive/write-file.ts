import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const FLUSH_BYTES = 256 * 1024;

/** Writes the lines of a year's file and hashes them. */
export function sinkTo(handle: FileHandle) {
  const hash = createHash('sha256');
  let waiting = '';
  const flush = async (): Promise<void> => {
    hash.update(waiting);
    await handle.appendFile(waiting);
    waiting = '';
  };
  return {
    async line(data: unknown): Promise<void> {
      waiting += `${JSON.stringify(data)}\n`;
      if (waiting.length >= FLUSH_BYTES) await flush();
    },
    async end(rows: number): Promise<string> {
      await flush();
      const sha256 = hash.digest('hex');
      await handle.appendFile(`${JSON.stringify({ rows, sha256 })}\n`);
      return sha256;
    },
  };
}
