/** Writes everything of a scheme year that is final into one file. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { TenstarError } from '../../errors.ts';
import { appendAudit } from '../../store/audit.ts';
import { archivedRows, archiveShapes, unfinishedReviews } from '../../store/year-archive.ts';
import type { Use } from '../../use.ts';
import { FORMAT } from './format.ts';

export interface YearExported {
  rows: number;
  sha256: string;
  /** Rows by table; tables without any are left out. */
  tables: Readonly<Record<string, number>>;
  /** Reviews that are not final yet and are not in the file. */
  unfinished: number;
}

const FLUSH_BYTES = 256 * 1024;

/**
 * All of it as of one moment. The file holds names, scores and the texts of self-reviews: it is for the archive, not for publication.
 * @param onTable told before each table, for a progress bar
 * @throws {TenstarError} `input_invalid` when the file cannot be written; nothing is left behind then
 */
export async function exportYear(
  use: Pick<Use, 'db' | 'now'>,
  { year, file, onTable }: { year: string; file: string; onTable?: (done: number, all: number) => void },
): Promise<YearExported> {
  const half = `${file}.${process.pid}.tmp`;
  try {
    // Under the write lock nothing changes meanwhile; a second attempt writes the file anew.
    const made = await use.db.write(async (tx) => {
      const handle = await open(half, 'w', 0o600);
      try {
        const shapes = await archiveShapes(tx);
        const sink = sinkTo(handle);
        await sink.line({ tenstar_year: year, format: FORMAT });
        const tables: Record<string, number> = {};
        for (const [done, shape] of shapes.entries()) {
          onTable?.(done, shapes.length);
          const { name } = shape.table;
          for await (const r of archivedRows(tx, shape, year)) {
            await sink.line({ t: name, r });
            tables[name] = (tables[name] ?? 0) + 1;
          }
        }
        const rows = Object.values(tables).reduce((sum, n) => sum + n, 0);
        const sha256 = await sink.end(rows);
        await handle.sync();
        const unfinished = await unfinishedReviews(tx, year);
        await appendAudit(tx, {
          at: use.now(),
          actor: 'system',
          act: 'year_exported',
          object: year,
          detail: { rows, sha256 },
        });
        return { rows, sha256, tables, unfinished };
      } finally {
        await handle.close();
      }
    });
    await rename(half, file);
    return made;
  } catch (error) {
    await rm(half, { force: true });
    if (error instanceof TenstarError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw new TenstarError(
      'input_invalid',
      `${file} cannot be written (${code}): name a file in a folder that exists and is yours.`,
      { cause: error },
    );
  }
}

function sinkTo(handle: FileHandle) {
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
