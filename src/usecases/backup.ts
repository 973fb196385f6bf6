/**
 * A copy of the database, and putting one back. Keys are no part of either: a copy and the keys together would open ballots that are
 * still being cast, so they are to be kept in different places (design.md section 2).
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Temporal } from 'temporal-polyfill';
import { keyFiles } from '../ballot/keys.ts';
import { TenstarError } from '../errors.ts';
import { appendAudit, lastAuditAt, verifyAudit } from '../store/audit.ts';
import { checkDatabase, errorCode, looksLikeDatabase, replaceDatabase, writeCopy } from '../store/backup.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { forgetLeases, leaseUntil } from '../store/lease.ts';
import { outboxHealth } from '../store/outbox-admin.ts';
import { knownReviews, type SealedBoxOf, sealedBoxes } from '../store/sealed.ts';
import { OUTBOX_LEASE } from './outbox/lane.ts';

/** Whether `path` is `folder` or lies in it. */
export const isInside = (path: string, folder: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === resolve(path));
};

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest('hex');
}

export interface BackupMade {
  file: string;
  bytes: number;
  sha256: string;
  /** Boxes in it that the keys of today open. */
  boxes: number;
}

/**
 * Copies the database while the bot runs, checks the copy, and writes to the trail that there is one.
 * @throws {TenstarError} `input_invalid` with one sentence; nothing is left behind then
 */
export async function makeBackup(
  db: Database,
  { file, keysDir, now }: { file: string; keysDir: string; now: number },
): Promise<BackupMade> {
  if (isInside(file, keysDir))
    throw new TenstarError(
      'input_invalid',
      `${file} lies in KEYS_DIR: a copy beside the keys opens ballots, so name another folder.`,
    );
  const bytes = await writeCopy(db, file);
  const sha256 = await sha256Of(file);
  await db.write((tx) =>
    appendAudit(tx, { at: now, actor: 'system', act: 'backup_made', object: 'database', detail: { bytes, sha256 } }),
  );
  return { file, bytes, sha256, boxes: (await sealedBoxes(db.read)).length };
}

export interface RestorePlan {
  /** When the last thing in the copy was done, Unix ms; null when nothing was. */
  lastAt: number | null;
  /** Migrations the next start will apply. */
  pending: string[];
  trailUnbroken: boolean;
  /** Messages that wait in the copy; they leave after the next start, even if they left once before. */
  waiting: number;
  /** Boxes whose key is not in KEYS_DIR: nobody can open them any more. */
  withoutKey: SealedBoxOf[];
  /** Keys of reviews the copy knows, but without a box in it: the next start destroys them (`sweepKeys`). */
  keysWithoutBox: number;
}

async function planOf(db: Database, file: string, keysDir: string, now: number): Promise<RestorePlan> {
  const pending = await checkDatabase(db.read, file);
  const name = ({ review, purpose }: { review: string; purpose: string }) => `${review} ${purpose}`;
  const held = keyFiles(keysDir);
  const keys = new Set(held.map(name));
  const boxes = await sealedBoxes(db.read);
  const needed = new Set(boxes.map(name));
  const known = new Set(
    await knownReviews(
      db.read,
      held.map(({ review }) => review),
    ),
  );
  return {
    lastAt: await lastAuditAt(db.read),
    pending,
    trailUnbroken: (await verifyAudit(db.read)).ok,
    waiting: (await outboxHealth(db.read, now)).waiting,
    withoutKey: boxes.filter((box) => !keys.has(name(box))),
    keysWithoutBox: held.filter((key) => known.has(key.review) && !needed.has(name(key))).length,
  };
}

export interface RestoreOrder {
  /** The copy; it is only read. */
  file: string;
  /** Path of the database. */
  current: string;
  keysDir: string;
  timezone: string;
  now: number;
  /** False: only look. */
  apply: boolean;
}
export interface RestoreOutcome extends RestorePlan {
  /** Whether a bot sends messages from the database that would be replaced. */
  botRuns: boolean;
  restored: boolean;
  /** Where the former database is now; null when there was none, or nothing was done. */
  kept: string | null;
  /** The former database could not be read. */
  keptRaw: boolean;
}

/**
 * Checks a copy and, when asked to, puts it in the place of the database.
 * @throws {TenstarError} `input_invalid` with one sentence; the database is as it was then
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreOutcome> {
  const { file, current, keysDir, now } = order;
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new TenstarError('input_invalid', `There is no file ${file}.`);
  if (!found.isFile()) throw new TenstarError('input_invalid', `${file} is not a file.`);
  if (fs.existsSync(current) && fs.realpathSync(file) === fs.realpathSync(current))
    throw new TenstarError('input_invalid', `${file} is the database itself: name a copy of it.`);
  // Beside the database: on the same disk, so that the last step is one rename, and what is missing there shows now.
  const stage = makeStage(dirname(current), file);
  try {
    const copy = stageCopy(file, stage);
    const db = await openStaged(copy, file);
    try {
      const plan = await planOf(db, file, keysDir, now);
      const nothing = { botRuns: false, restored: false, kept: null, keptRaw: false };
      if (!order.apply) return { ...plan, ...nothing, botRuns: await botRuns(current, now) };
      const ready = join(stage, 'ready.db');
      await db.write(async (tx) => {
        await forgetLeases(tx);
        const detail = { copy: basename(file), sha256: await sha256Of(file) };
        await appendAudit(tx, { at: now, actor: 'system', act: 'backup_restored', object: 'database', detail });
      });
      await writeCopy(db, ready);
      const replaced = await replaceDatabase(current, ready, keptName(current, order));
      if (replaced === 'in_use')
        throw new TenstarError(
          'input_invalid',
          `The database ${current} is in use: stop the bot (and every other command that works on it), then restore again. Nothing was changed.`,
        );
      return { ...plan, ...nothing, restored: true, kept: replaced.kept, keptRaw: replaced.raw };
    } finally {
      await db.close();
    }
  } catch (error) {
    if (error instanceof TenstarError) throw error;
    throw new TenstarError(
      'input_invalid',
      `${file} could not be put in place (${errorCode(error)}): check that ${dirname(current)} can be written and has room for two copies.`,
      { cause: error },
    );
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

function makeStage(folder: string, file: string): string {
  try {
    fs.mkdirSync(folder, { recursive: true });
    return fs.mkdtempSync(join(folder, '.restore-'));
  } catch (error) {
    throw new TenstarError(
      'input_invalid',
      `${file} cannot be put in place: the folder ${folder} may not be written (${errorCode(error)}).`,
      { cause: error },
    );
  }
}

/** A copy to look into: looking writes beside the file, and what was handed in stays as it is. */
function stageCopy(file: string, stage: string): string {
  const copy = join(stage, 'copy.db');
  try {
    if (!looksLikeDatabase(file)) throw new TenstarError('input_invalid', `${file} is not a database file.`);
    fs.copyFileSync(file, copy);
    // Somebody copied the files of a bot that was stopped hard: what is in the log belongs to it.
    if (fs.existsSync(`${file}-wal`)) fs.copyFileSync(`${file}-wal`, `${copy}-wal`);
    return copy;
  } catch (error) {
    if (error instanceof TenstarError) throw error;
    throw new TenstarError('input_invalid', `${file} cannot be read (${errorCode(error)}).`, { cause: error });
  }
}

async function openStaged(copy: string, file: string): Promise<Database> {
  try {
    return await openDatabase({ url: `file:${copy}` });
  } catch (error) {
    throw new TenstarError('input_invalid', `${file} is damaged (${errorCode(error)}): use a sound copy instead.`, {
      cause: error,
    });
  }
}

/** For a look ahead only; what decides is whether anybody has the file open. */
async function botRuns(current: string, now: number): Promise<boolean> {
  if (!fs.existsSync(current)) return false;
  try {
    const db = await openDatabase({ url: `file:${current}` });
    try {
      return (await leaseUntil(db.read, OUTBOX_LEASE, now)) !== null;
    } finally {
      await db.close();
    }
  } catch {
    return false; // it cannot be read, which may be why a copy is put back
  }
}

/** `tenstar.db.before-restore-20261009-150000` beside the database. */
function keptName(current: string, { now, timezone }: RestoreOrder): string {
  const time = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDateTime();
  const stamp = time.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '').replace('T', '-');
  const name = `${current}.before-restore-${stamp}`;
  for (let n = 1; ; n++) {
    const one = n === 1 ? name : `${name}-${n}`;
    if (!fs.existsSync(one)) return one;
  }
}
