/**
 * The database handle. Reads go through `read`, writes through `write(fn)`: one at a time, one transaction each, because the
 * local driver is synchronous and a connection that saw SQLITE_BUSY must not be used again (platform/libsql.md rules 3–7).
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type InArgs, type InValue } from '@libsql/client';
import type { z } from 'zod';
import { TenstarError } from '../errors.ts';
import { emptyLog, untilDone } from './checkpoint.ts';
import { createConnection } from './connection.ts';
import { type Answer, type Link, type LinkTransaction, openLocalClient } from './local-client.ts';

export type Args = readonly InValue[];

/** Can read. Rows are checked by a schema; a row that does not fit is a bug, not input. */
export interface Reader {
  all<S extends z.ZodType>(schema: S, sql: string, args?: Args): Promise<z.infer<S>[]>;
  /** The first row, or null. */
  get<S extends z.ZodType>(schema: S, sql: string, args?: Args): Promise<z.infer<S> | null>;
}
/** Can read and write inside one transaction. */
export interface Writer extends Reader {
  /** Runs one statement; answers how many rows it changed. With RETURNING use `all`. */
  run(sql: string, args?: Args): Promise<number>;
}
export interface Database {
  read: Reader;
  /**
   * Runs `fn` in one transaction and answers after its commit (WAL, synchronous=FULL: committed means durable). `fn` may run
   * again after a lost lock, so it must have no effect outside the database.
   */
  write<T>(fn: (tx: Writer) => Promise<T>): Promise<T>;
  /**
   * Runs `fn` on a connection of its own that sees all of the database as of one moment, however long it takes: others write meanwhile.
   * The log grows until it ends.
   */
  snapshot<T>(fn: (h: Reader) => Promise<T>): Promise<T>;
  /** Runs several statements, for migrations and maintenance only. */
  script(sql: string): Promise<void>;
  /** Writes a consistent copy to `file`. */
  backup(file: string): Promise<void>;
  /** Moves the write-ahead log into the database file and empties it; by itself a little later while somebody reads an older state. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

const BUSY = /BUSY|TRANSACTION_CLOSED|CLIENT_CLOSED|LOCKED/;
const BUSY_TIMEOUT_MS = 5_000;
const WRITE_TRIES = 4;
const CHECKPOINT_AGAIN_MS = 2_000;

export interface DatabaseConfig {
  /** `file:…`, `libsql://…` or `http(s)://…`. */
  url: string;
  authToken?: string | undefined;
}

/** Reads through `execute`; for connections that are not the database's own, such as one to a copy. */
export function reader(execute: (sql: string, args: Args) => Promise<Pick<Answer, 'rows'>>): Reader {
  return {
    async all(schema, sql, args = []) {
      const { rows } = await execute(sql, args);
      return rows.map((row) => schema.parse(row));
    },
    async get(schema, sql, args = []) {
      const { rows } = await execute(sql, args);
      return rows[0] === undefined ? null : schema.parse(rows[0]);
    },
  };
}

const executeIn =
  (tx: LinkTransaction) =>
  (sql: string, args: Args): Promise<Answer> =>
    tx.execute({ sql, args: args as InArgs });

/** Path of the file a `file:` address names; null for a server. */
export function localFile(url: string): string | null {
  if (!url.startsWith('file:')) return null;
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
}
const inodeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.ino ?? null;

/** Makes the folder of a local file. @throws {TenstarError} `config_invalid` */
function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new TenstarError(
      'config_invalid',
      `DATABASE_URL names ${path}, whose folder cannot be made: name a folder that exists or may be made.`,
      { cause: error },
    );
  }
}

/** The second half of a sentence about a database that cannot be opened. */
function whyNot(error: unknown): string {
  const code = codeOf(error);
  if (code.includes('NOTADB')) return 'which is no database: name another file, or restore this one from a backup.';
  if (code.includes('READONLY'))
    return 'which cannot be written: make the file and its folder writable for the user the bot runs as.';
  if (BUSY.test(code)) return 'which another program keeps locked: stop that program and try again.';
  return 'which cannot be opened: check that it is a file (or a server that answers) and that the user the bot runs as may read and write it.';
}

/**
 * Opens the database and sets what is stored in the file (WAL). Makes the folder of a local file.
 * @throws {TenstarError} `config_invalid` when the folder cannot be made or the database cannot be opened
 */
export async function openDatabase({ url, authToken }: DatabaseConfig): Promise<Database> {
  const path = localFile(url);
  if (path !== null) makeFolder(path);
  const open = async (until = Date.now() + BUSY_TIMEOUT_MS): Promise<Link> => {
    if (path === null)
      return createClient({ url, concurrency: 1, timeout: BUSY_TIMEOUT_MS, ...(authToken ? { authToken } : {}) });
    const inode = inodeOf(path);
    const client = openLocalClient(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      await client.execute('PRAGMA journal_mode=WAL');
      await client.execute('PRAGMA synchronous=FULL');
      await client.execute('PRAGMA cache_size=-32768');
      // What retention deletes is overwritten; else it could be read from the file's free pages for years (F16).
      await client.execute('PRAGMA secure_delete=ON');
      // Else a restore that held the lock until now has put another file in the place of the one just opened.
      if (inode === null || inodeOf(path) === inode) return client;
      client.close();
    } catch (error) {
      client.close();
      // For the change to WAL the driver does not wait: two processes that start at once on a new file meet here.
      if (!BUSY.test(codeOf(error)) || Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
    }
    return open(until);
  };
  const spoils = (error: unknown): boolean => BUSY.test(codeOf(error));
  const writer = createConnection(open, spoils);
  const readers = createConnection(open, spoils);
  const here = async (): Promise<void> => {};
  await writer.use(here).catch((error: unknown) => {
    throw new TenstarError('config_invalid', `DATABASE_URL names ${path ?? url.split('?')[0]}, ${whyNot(error)}`, {
      cause: error,
    });
  });
  await readers.use(here);
  let queue: Promise<unknown> = Promise.resolve();
  const inWrite = new AsyncLocalStorage<true>();
  function queued<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  const read = reader(async (sql, args) => {
    const execute = () => readers.use((link) => link.execute({ sql, args: args as InArgs }));
    try {
      return await execute();
    } catch (error) {
      if (!spoils(error)) throw error;
      return execute(); // on a new connection
    }
  });

  const transact = <T>(fn: (tx: Writer) => Promise<T>): Promise<T> =>
    writer.use(async (link) => {
      const tx = await link.transaction('write');
      try {
        const execute = executeIn(tx);
        const value = await inWrite.run(true, () =>
          fn({ ...reader(execute), run: async (sql, args = []) => (await execute(sql, args)).rowsAffected }),
        );
        await tx.commit();
        return value;
      } finally {
        tx.close();
      }
    });
  async function attempt<T>(fn: (tx: Writer) => Promise<T>, triesLeft: number): Promise<T> {
    try {
      return await transact(fn);
    } catch (error) {
      if (triesLeft <= 1 || !spoils(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 40));
      return attempt(fn, triesLeft - 1);
    }
  }

  const logEmptied = untilDone(
    () => queued(() => writer.use((link) => emptyLog(link, BUSY_TIMEOUT_MS))),
    CHECKPOINT_AGAIN_MS,
  );

  return {
    read,
    write(fn) {
      if (inWrite.getStore())
        throw new TenstarError('bug', 'write() was called inside write(): use the transaction that is already open.');
      return queued(() => attempt(fn, WRITE_TRIES));
    },
    async snapshot(fn) {
      const link = await open();
      try {
        const tx = await link.transaction('read');
        try {
          return await fn(reader(executeIn(tx)));
        } finally {
          tx.close();
        }
      } finally {
        link.close();
      }
    },
    async script(sql) {
      await writer.use((link) => link.executeMultiple(sql));
    },
    async backup(file) {
      await writer.use((link) => link.execute({ sql: 'VACUUM INTO ?', args: [file] }));
    },
    async checkpoint() {
      if (path !== null) await logEmptied.now();
    },
    async close() {
      logEmptied.stop();
      await queue;
      await writer.close();
      await readers.close();
    },
  };
}

function codeOf(error: unknown): string {
  const e = error as { code?: unknown; extendedCode?: unknown; message?: unknown };
  return `${String(e.code)} ${String(e.extendedCode)} ${String(e.message)}`;
}
