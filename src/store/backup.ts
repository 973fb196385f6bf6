/**
 * Copies of a local database file: made while it is in use, checked, and put in the place of another. The lock is the operating
 * system's: whoever has the file open holds it, and it goes with the process, so nothing is ever stale (platform/libsql.md).
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { createClient, type InArgs } from '@libsql/client';
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import { type Database, type Reader, reader } from './db.ts';
import { pendingMigrations } from './migrations.ts';

const HEADER = 'SQLite format 3\0';
/** How long a restore waits for a command that is about to end. */
const LOCK_WAIT_MS = 1_000;
const SIDE_FILES = ['-wal', '-shm', '-journal'] as const;

/** The driver's or the system's own code, also behind an error of ours. */
export function errorCode(error: unknown): string {
  if (error instanceof TenstarError && error.cause !== undefined) return errorCode(error.cause);
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}

const fsync = (path: string): void => {
  const handle = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
};

/** Whether the file begins as every SQLite file does. */
export function looksLikeDatabase(file: string): boolean {
  const handle = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEADER.length);
    return fs.readSync(handle, head, 0, head.length, 0) === head.length && head.toString('latin1') === HEADER;
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * Checks that what is read through `read` is whole and of this program.
 * @returns migrations that are still to be applied to it.
 * @throws {TenstarError} `input_invalid` with one sentence; `migration_missing`, `migration_changed`
 */
export async function checkDatabase(read: Reader, name: string): Promise<string[]> {
  const damaged = (what: string) =>
    new TenstarError('input_invalid', `${name} is damaged (${what}): use a sound copy instead.`);
  try {
    const problems = await read.all(z.object({ integrity_check: z.string() }), 'PRAGMA integrity_check(1)');
    if (problems.some((row) => row.integrity_check !== 'ok')) throw damaged('its integrity check fails');
    const tables = z.object({ n: z.number() });
    const ours =
      "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name IN ('migration', 'review', 'audit')";
    if ((await read.get(tables, ours))?.n !== 3)
      throw new TenstarError('input_invalid', `${name} is a SQLite file, but not a database of Tenstar.`);
    return await pendingMigrations({ read });
  } catch (error) {
    if (error instanceof TenstarError) throw error;
    throw damaged(errorCode(error));
  }
}

/** Checks a file that nobody writes to; leaves nothing beside it. @throws as `checkDatabase` */
async function checkCopy(file: string, name: string): Promise<string[]> {
  const client = createClient({ url: `file:${file}`, concurrency: 1 });
  try {
    const read = reader((sql, args) => client.execute({ sql, args: args as InArgs }));
    return await checkDatabase(read, name);
  } finally {
    client.close();
  }
}

/**
 * Writes a copy that only the current user may read, checks it, and gives it its name when it is on disk: under that name there is
 * never half a copy, and nothing that was there before is lost.
 * @returns its size in bytes.
 * @throws {TenstarError} `input_invalid`: there is such a file already, or it cannot be written
 */
export async function writeCopy(db: Pick<Database, 'backup'>, file: string): Promise<number> {
  const taken = () =>
    new TenstarError('input_invalid', `${file} exists already and is left as it is: name a file that does not exist.`);
  const part = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    if (fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined) throw taken();
    fs.closeSync(fs.openSync(part, 'wx', 0o600)); // VACUUM INTO takes an empty file, and so nobody else can read it meanwhile
    await db.backup(part);
    fsync(part);
    await checkCopy(part, 'The database');
    try {
      fs.linkSync(part, file); // unlike a rename, it fails when the name is taken
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw taken();
      fs.renameSync(part, file); // a memory stick knows no links
    }
    fs.rmSync(part, { force: true });
    fsync(dirname(file));
    return fs.statSync(file).size;
  } catch (error) {
    removePart(part);
    throw error instanceof TenstarError ? error : cannotWrite(file, error);
  }
}

function removePart(part: string): void {
  try {
    for (const side of ['', ...SIDE_FILES]) fs.rmSync(`${part}${side}`, { force: true });
  } catch {
    // Its folder is none, or was taken away: then nothing lies there.
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is not a folder',
  EACCES: 'the folder may not be written',
  EPERM: 'the folder may not be written',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  SQLITE_FULL: 'the disk is full',
};
const cannotWrite = (file: string, error: unknown): TenstarError => {
  const code = errorCode(error);
  return new TenstarError(
    'input_invalid',
    `${file} cannot be written: ${WHY[code] ?? 'an error of the disk or the database'} (${code}).`,
    { cause: error },
  );
};

export type Replaced =
  /** `kept` is the former file, whole; null when there was none. `raw`: it could not be read and lies there as it was found. */
  { kept: string | null; raw: boolean } | 'in_use';

/**
 * Puts `staged` (on the same disk) in the place of `current` in one step, after folding the former file's log into it and keeping
 * it as `kept`. Nobody may have `current` open; who opens it meanwhile waits for the lock and then sees the new file (`openDatabase`).
 */
export async function replaceDatabase(current: string, staged: string, kept: string): Promise<Replaced> {
  takeOver(staged, fs.existsSync(current) ? current : dirname(current));
  if (!fs.existsSync(current)) {
    setAside(current, kept); // a log without its file must not be read into the new one
    fs.linkSync(staged, current);
    fs.rmSync(staged);
    fsync(dirname(current));
    return { kept: null, raw: false };
  }
  const client = createClient({ url: `file:${current}`, concurrency: 1, timeout: LOCK_WAIT_MS });
  try {
    try {
      await client.execute('PRAGMA journal_mode=DELETE'); // only who is alone with the file may do this
    } catch (error) {
      if (/BUSY|LOCKED/.test(errorCode(error))) return 'in_use';
      setAside(current, kept);
      fs.renameSync(staged, current);
      fsync(dirname(current));
      return { kept, raw: true };
    }
    const lock = await client.transaction('write');
    try {
      fs.linkSync(current, kept);
      fs.renameSync(staged, current);
      fsync(dirname(current));
    } finally {
      lock.close();
    }
    return { kept, raw: false };
  } finally {
    client.close();
  }
}

/** The new file belongs to whom the former one belonged, also when root puts it there. */
function takeOver(staged: string, model: string): void {
  const { uid, gid, mode } = fs.statSync(model);
  if (process.getuid?.() === 0) fs.chownSync(staged, uid, gid);
  if (fs.statSync(model).isFile()) fs.chmodSync(staged, mode & 0o777);
}

function setAside(current: string, kept: string): void {
  for (const side of ['', ...SIDE_FILES]) {
    if (fs.existsSync(`${current}${side}`)) fs.renameSync(`${current}${side}`, `${kept}${side}`);
  }
}
