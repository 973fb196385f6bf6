import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';

/** A fresh file name; a libSQL file stays open until garbage collection, so no name is used twice. */
export const tempDatabaseUrl = (): string => `file:${join(mkdtempSync(join(tmpdir(), 'tenstar-')), 'test.db')}`;

/** A real database file with every migration applied. */
export async function tempDatabase(): Promise<Database> {
  const db = await openDatabase({ url: tempDatabaseUrl() });
  await migrate(db, 0);
  return db;
}
