/** Writes everything of a scheme year that is final into one file. */
import { open, rename, rm } from 'node:fs/promises';
import { TenstarError } from '../../errors.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader } from '../../store/db.ts';
import { archivedRows, archiveShapes, unfinishedReviews } from '../../store/year-archive.ts';
import type { Use } from '../../use.ts';
import { FORMAT } from './format.ts';
import { checkFile } from './read-file.ts';
import { sinkTo } from './write-file.ts';

export interface YearExported {
  rows: number;
  sha256: string;
  /** Rows by table; tables without any are left out. */
  tables: Readonly<Record<string, number>>;
  /** Reviews that are not final yet and are not in the file. */
  unfinished: number;
}

interface Order {
  year: string;
  file: string;
  /** Told before each table, for a progress bar. */
  onTable?: (done: number, all: number) => void;
}

/**
 * All of it as of one moment, while others go on writing. The file holds names, scores and the texts of self-reviews: it is for the
 * archive, not for publication.
 * @throws {TenstarError} `input_invalid` when the file cannot be written; nothing is left behind then
 */
export async function exportYear(use: Pick<Use, 'db' | 'now'>, order: Order): Promise<YearExported> {
  const { year, file } = order;
  const half = `${file}.${process.pid}.tmp`;
  try {
    const made = await use.db.snapshot((h) => write(h, { ...order, file: half }));
    await readBack(half, file, made);
    const { rows, sha256 } = made;
    await use.db.write((tx) =>
      appendAudit(tx, {
        at: use.now(),
        actor: 'system',
        act: 'year_exported',
        object: year,
        detail: { rows, sha256 },
      }),
    );
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

async function write(h: Reader, { year, file, onTable }: Order): Promise<YearExported> {
  const handle = await open(file, 'w', 0o600);
  try {
    const shapes = await archiveShapes(h);
    const sink = sinkTo(handle);
    await sink.line({ tenstar_year: year, format: FORMAT });
    const tables: Record<string, number> = {};
    for (const [done, shape] of shapes.entries()) {
      onTable?.(done, shapes.length);
      const { name } = shape.table;
      for await (const r of archivedRows(h, shape, year)) {
        await sink.line({ t: name, r });
        tables[name] = (tables[name] ?? 0) + 1;
      }
    }
    const rows = Object.values(tables).reduce((sum, n) => sum + n, 0);
    const sha256 = await sink.end(rows);
    await handle.sync();
    return { rows, sha256, tables, unfinished: await unfinishedReviews(h, year) };
  } finally {
    await handle.close();
  }
}

/** A file for the archive that cannot be read is found out now, not when it is needed. */
async function readBack(half: string, file: string, { rows, sha256 }: YearExported): Promise<void> {
  const found = await checkFile(half).catch((cause: unknown) => ({ rows: -1, sha256: '', cause }));
  if (found.rows !== rows || found.sha256 !== sha256)
    throw new TenstarError(
      'input_invalid',
      `${file} does not read back as it was written, so it is not kept: check the disk and export again.`,
      'cause' in found ? { cause: found.cause } : {},
    );
}
