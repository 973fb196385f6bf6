import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import type { Database, Reader } from './db.ts';

const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
const LEDGER =
  'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';
const ledgerRow = z.object({ name: z.string(), sha256: z.string() });
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

interface MigrationFile {
  name: string;
  sql: string;
  sha256: string;
}

/** The project's own `migrations/` folder. */
export const MIGRATIONS_DIR = new URL('../../migrations/', import.meta.url);

function migrationFiles(dir: URL): MigrationFile[] {
  return readdirSync(dir)
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, dir), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

async function ledger(read: Reader): Promise<Map<string, string>> {
  const rows = await read.all(ledgerRow, 'SELECT name, sha256 FROM migration');
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function check(files: readonly MigrationFile[], applied: ReadonlyMap<string, string>): MigrationFile[] {
  const known = new Set(files.map((file) => file.name));
  for (const name of applied.keys()) {
    if (!known.has(name))
      throw new TenstarError(
        'migration_missing',
        `The database has migration ${name}, this version has not. Install the version that made it, or a newer one.`,
      );
  }
  for (const file of files) {
    const hash = applied.get(file.name);
    if (hash !== undefined && hash !== file.sha256)
      throw new TenstarError(
        'migration_changed',
        `Migration ${file.name} was edited after it had been applied. Restore the file as it was and put the change into a new one.`,
      );
  }
  return files.filter((file) => !applied.has(file.name));
}

/**
 * Applies every migration whose name is not in the ledger, in order, each in one transaction with its ledger row.
 * @returns the names applied now.
 * @throws {TenstarError} `migration_changed`, `migration_missing`
 */
export async function migrate(db: Database, now: number, dir: URL = MIGRATIONS_DIR): Promise<string[]> {
  await db.write(async (tx) => tx.run(LEDGER));
  const pending = check(migrationFiles(dir), await ledger(db.read));
  const done: string[] = [];
  for (const { name, sql, sha256 } of pending) {
    // IMMEDIATE takes the lock first: of two starters the second finds the ledger row and its INSERT fails as a whole.
    const row = `INSERT INTO migration (name, sha256, applied_at) VALUES (${quote(name)}, ${quote(sha256)}, ${Math.trunc(now)})`;
    try {
      await db.script(`BEGIN IMMEDIATE;\n${row};\n${sql}\n;COMMIT;`);
    } catch (error) {
      await db.script('ROLLBACK').catch(() => {});
      if ((await ledger(db.read)).has(name)) continue;
      throw error;
    }
    done.push(name);
  }
  return done;
}

/** Names not applied yet; empty when the database is current. @throws as `migrate` */
export async function pendingMigrations(db: Pick<Database, 'read'>, dir: URL = MIGRATIONS_DIR): Promise<string[]> {
  const exists = await db.read.get(
    z.object({ n: z.number() }),
    "SELECT count(*) AS n FROM sqlite_master WHERE name = 'migration'",
  );
  const applied = exists?.n ? await ledger(db.read) : new Map<string, string>();
  return check(migrationFiles(dir), applied).map((file) => file.name);
}
