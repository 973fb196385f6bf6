/**
 * One connection to a local file that keeps its statements prepared. The client library prepares every call anew, which costs several
 * times what the statement itself does and leaves memory behind until a garbage collection and a turn of the event loop
 * (platform/libsql.md, "No statement cache"). Behaves as that library's client with one connection, as far as it is used here.
 */
import Libsql from 'libsql';
import type { InArgs } from '@libsql/client';

export interface Answer {
  rows: readonly unknown[];
  rowsAffected: number;
}
interface Call {
  sql: string;
  args: InArgs;
}
export interface LinkTransaction {
  execute(call: Call): Promise<Answer>;
  commit(): Promise<void>;
  /** Rolls back what was not committed. */
  close(): void;
}
/** What `db.ts` needs of a client; the library's own has it all. */
export interface Link {
  execute(call: Call | string): Promise<Answer>;
  transaction(mode: 'read' | 'write'): Promise<LinkTransaction>;
  executeMultiple(sql: string): Promise<void>;
  close(): void;
}

interface Prepared {
  statement: Libsql.Statement;
  /** Null when it gives no rows. */
  columns: readonly string[] | null;
}
/** Statements are constants of the program, so there are far fewer; a guard against ones that are made up. */
const MOST_PREPARED = 500;

/** Never rejects with anything but the driver's `SqliteError`, whose `code` is SQLite's extended one, or a misuse below. */
export function openLocalClient(path: string, { timeout }: { timeout: number }): Link {
  const db = new Libsql(path, { timeout });
  const prepared = new Map<string, Prepared>();
  let closed = false;

  const check = (): void => {
    if (closed) throw misuse('CLIENT_CLOSED', 'The connection is closed.'); // the driver would abort the process
  };
  function prepare(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    const made: Prepared = statement.reader
      ? { statement: statement.raw(true), columns: statement.columns().map(({ name }) => name) }
      : { statement, columns: null };
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    prepared.set(sql, made);
    return made;
  }
  function run(call: Call | string): Answer {
    check();
    const { sql, args } = typeof call === 'string' ? { sql: call, args: [] } : call;
    const { statement, columns } = prepare(sql);
    const values = Array.isArray(args) ? args.map(toSql) : args;
    try {
      if (columns === null) return { rows: [], rowsAffected: statement.run(values).changes };
      return { rows: statement.all(values).map((row) => toObject(columns, row as unknown[])), rowsAffected: 0 };
    } catch (error) {
      prepared.delete(sql); // in what state it is now is not said anywhere
      throw error;
    }
  }
  function rollBack(): void {
    if (!closed && db.inTransaction) run('ROLLBACK');
  }

  return {
    execute: async (call) => run(call),
    async transaction(mode) {
      check();
      if (db.inTransaction) throw misuse('TRANSACTION_ACTIVE', 'A transaction is open on this connection.');
      run(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN'); // a reader sees what there is at its first statement
      return {
        execute: async (call) => {
          check();
          if (!db.inTransaction) throw misuse('TRANSACTION_CLOSED', 'The transaction was rolled back.');
          return run(call);
        },
        commit: async () => void run('COMMIT'),
        close: rollBack,
      };
    },
    async executeMultiple(sql) {
      check();
      try {
        db.exec(sql);
      } finally {
        rollBack();
      }
    },
    close() {
      if (closed) return;
      prepared.clear();
      closed = true;
      db.close();
    },
  };
}

const misuse = (code: string, message: string): Error => Object.assign(new Error(message), { code });

function toSql(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value === undefined) throw new TypeError('undefined cannot be passed to the database');
  return value;
}

function toObject(columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    const value = row[i];
    object[column] = Buffer.isBuffer(value) ? value.buffer : value;
  }
  return object;
}
