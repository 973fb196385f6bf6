/** Writes one large workbook in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PrintSheet, writeWorkbook } from './workbook.ts';

// What arrives is what `write-apart.ts` sent, as text because that is copied fastest; there is nobody else to check it for.
const { sheets, title } = JSON.parse(String(workerData)) as { sheets: readonly PrintSheet[]; title: string };
parentPort?.postMessage(await writeWorkbook(sheets, title));
