/** An ordinary server's disk in place of a fast one; see slow-disk.c. */
import { execFile } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './stats.ts';

const SOURCE = fileURLToPath(new URL('slow-disk.c', import.meta.url));

/** What a process must be started with so that each fsync takes `ms` longer; null where there is no C compiler. */
export async function slowDisk(dir: string, ms: number): Promise<NodeJS.ProcessEnv | null> {
  const library = join(dir, 'slow-disk.so');
  try {
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl']);
  } catch {
    return null;
  }
  return { LD_PRELOAD: library, SYNC_MS: String(ms) };
}

/** Milliseconds the disk under the temporary folder takes to keep 4 KiB for good; median. */
export function syncMs(): number {
  const path = join(tmpdir(), `tenstar-bench-sync-${process.pid}`);
  const file = openSync(path, 'w');
  try {
    const page = Buffer.alloc(4_096, 1);
    return median(
      Array.from({ length: 200 }, (_, i) => {
        writeSync(file, page, 0, page.length, i * page.length);
        const from = performance.now();
        fdatasyncSync(file);
        return performance.now() - from;
      }),
    );
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
