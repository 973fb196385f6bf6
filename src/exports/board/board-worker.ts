/** Makes one board in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BoardFile } from './content.ts';
import { boardPdf } from './pdf.ts';

// What arrives is what `make.ts` sent, as text because that is copied fastest; there is nobody else to check it for.
parentPort?.postMessage(await boardPdf(JSON.parse(String(workerData)) as BoardFile));
