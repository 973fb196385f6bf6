/** Work that takes long is done in a thread of its own with limited memory and time, so that no ballot waits for it. */
import { Worker } from 'node:worker_threads';
import { TenstarError } from '../errors.ts';

export interface ThreadWork {
  /** A module that posts its result once. */
  module: URL;
  /** Sent as text. */
  data: unknown;
  memoryMb: number;
  timeMs: number;
  /** For the error, for example `A workbook of 12 sheets`. */
  what: string;
}

/** @throws {TenstarError} `bug` when it cannot be done within those limits */
export function inThread({ module, data, memoryMb, timeMs, what }: ThreadWork): Promise<unknown> {
  const worker = new Worker(module, {
    workerData: JSON.stringify(data),
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    env: {}, // the thread needs no setting and no secret
  });
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => reject(new TenstarError('bug', `${what} could not be written.`, { cause }));
    const timer = setTimeout(() => {
      fail();
      void worker.terminate();
    }, timeMs);
    worker.once('message', resolve);
    worker.once('error', fail);
    worker.once('exit', () => {
      clearTimeout(timer);
      fail(); // does nothing once it has been written
    });
  });
}
