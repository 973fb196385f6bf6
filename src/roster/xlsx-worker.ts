/** Reads one workbook in a thread of its own, whose memory is limited: a hostile file ends the thread and not the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readFirstSheet } from '../exports/workbook.ts';

const { bytes, maxRows } = z.object({ bytes: z.instanceof(Uint8Array), maxRows: z.int() }).parse(workerData);
parentPort?.postMessage(await readFirstSheet(bytes, maxRows));
