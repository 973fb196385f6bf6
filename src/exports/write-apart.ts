import { Worker } from 'node:worker_threads';
import { TenstarError } from '../errors.ts';
import { type PrintSheet, writeWorkbook } from './workbook.ts';

/** A branch's workbook takes some 50 ms; a city's more than a second, in which no ballot could be answered. */
const SHEETS_AT_ONCE = 10;
const MEMORY_MB = 768;
const WRITE_MS = 60_000;

/**
 * Writes a workbook without holding up anything else: a large one in a worker thread with limited memory and time.
 * @throws {TenstarError} `bug` when it cannot be written within those limits
 */
export function writeApart(sheets: readonly PrintSheet[], title: string): Promise<Uint8Array> {
  if (sheets.length <= SHEETS_AT_ONCE) return writeWorkbook(sheets, title);
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: JSON.stringify({ sheets, title }),
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    env: {}, // the thread needs no setting and no secret
  });
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) =>
      reject(new TenstarError('bug', `A workbook of ${sheets.length} sheets could not be written.`, { cause }));
    const timer = setTimeout(() => {
      fail();
      void worker.terminate();
    }, WRITE_MS);
    worker.once('message', (bytes: unknown) => {
      if (bytes instanceof Uint8Array) resolve(bytes);
      else fail();
    });
    worker.once('error', fail);
    worker.once('exit', () => {
      clearTimeout(timer);
      fail(); // does nothing once it has been written
    });
  });
}
