import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const MEMORY_MB = 768;
const READ_MS = 60_000;
const rowsSchema = z.array(z.array(z.string()));

/**
 * Reads the first sheet as text in a worker thread with limited memory and time.
 * @returns null when the file cannot be read within those limits.
 */
export function readXlsxRows(bytes: Uint8Array, maxRows: number): Promise<string[][] | null> {
  const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
    workerData: { bytes: new Uint8Array(bytes), maxRows },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    env: {}, // the thread needs no setting and no secret
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve) => {
    const finish = (rows: string[][] | null) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(rows);
    };
    const timer = setTimeout(() => finish(null), READ_MS);
    worker.once('message', (message) => finish(rowsSchema.safeParse(message).data ?? null));
    worker.once('error', () => finish(null));
    worker.once('exit', () => finish(null));
  });
}
