/**
 * The keys of the boxes: one small file each in KEYS_DIR, never in the database and never in its backups, so that destroying a
 * file destroys every copy of the box it opens (F16). Synchronous on purpose: keys are made and read inside a transaction.
 */
import { randomFillSync } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { TenstarError } from '../errors.ts';
import { deriveKey, KEY_BYTES } from './cipher.ts';

/** `working` opens the box while people vote; `recount` opens what is kept for objections afterwards; `opinions` opens the opinion box. */
export const KEY_PURPOSES = ['working', 'recount', 'opinions'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export interface KeyName {
  review: string;
  purpose: KeyPurpose;
}
export interface KeyStore {
  /** Writes a new key and answers when it is on disk. @throws {TenstarError} `bug` if there is one already */
  create(review: string, purpose: KeyPurpose, key: Uint8Array): void;
  /** The key, from memory after the first time. Not to be changed or kept. @throws {TenstarError} `key_missing` */
  load(review: string, purpose: KeyPurpose): Uint8Array;
  /**
   * A key for one use, drawn from it and kept in memory beside it, for what is opened and sealed at every click.
   * Not to be changed or kept. @throws {TenstarError} `key_missing`
   */
  derive(review: string, purpose: KeyPurpose, use: string): Uint8Array;
  has(review: string, purpose: KeyPurpose): boolean;
  /** Overwrites and removes the file and forgets the key; false when there was none. */
  destroy(review: string, purpose: KeyPurpose): boolean;
  list(): KeyName[];
}

/** A key in memory, with those drawn from it. */
interface Known {
  key: Buffer;
  stamp: string;
  derived: Map<string, Buffer>;
}

/** Also keeps a review id from walking out of the folder. */
const REVIEW_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const FILE_NAME = /^(?<review>[A-Za-z0-9][A-Za-z0-9_-]{0,63})\.(?<purpose>working|recount|opinions)\.key$/;
const isPurpose = (text: string | undefined): text is KeyPurpose => KEY_PURPOSES.some((purpose) => purpose === text);
const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const isThere = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** The keys in a folder, which is neither made nor changed; none when it is not there. */
export function keyFiles(dir: string): KeyName[] {
  if (!fs.existsSync(dir)) return [];
  return fs.readdirSync(dir).flatMap((name) => {
    const found = FILE_NAME.exec(name)?.groups;
    return found?.['review'] !== undefined && isPurpose(found['purpose'])
      ? [{ review: found['review'], purpose: found['purpose'] }]
      : [];
  });
}

function makeFolder(dir: string): void {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    fs.chmodSync(dir, 0o700);
  } catch (error) {
    throw new TenstarError(
      'config_invalid',
      `KEYS_DIR ${dir} cannot be used: name a folder that the user the bot runs as owns, or may make.`,
      { cause: error },
    );
  }
}

/** Opens the key folder, making it if need be (mode 0700, files 0600). @throws {TenstarError} `config_invalid` */
export function createKeyStore(dir: string): KeyStore {
  makeFolder(dir);
  const memory = new Map<string, Known>();

  const path = (review: string, purpose: KeyPurpose): string => {
    if (!REVIEW_ID.test(review)) throw new TenstarError('bug', 'A review id has signs that a key file cannot carry.');
    return join(dir, `${review}.${purpose}.key`);
  };
  const syncDir = () => {
    const handle = fs.openSync(dir, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  };
  const forget = (file: string) => {
    const held = memory.get(file);
    for (const key of held ? [held.key, ...held.derived.values()] : []) key.fill(0);
    memory.delete(file);
  };
  /** Changes when another process destroyed or replaced the file; null when it is gone. */
  const stampOf = (file: string): string | null => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : null;
  };

  const known = (review: string, purpose: KeyPurpose): Known => {
    const file = path(review, purpose);
    const stamp = stampOf(file);
    const held = memory.get(file);
    if (held && held.stamp === stamp) return held;
    forget(file);
    const key = stamp === null ? null : readKey(file);
    if (key === null || stamp === null)
      throw new TenstarError(
        'key_missing',
        `The ${purpose} key of review ${review} is not in KEYS_DIR: it was destroyed, or the folder is not the one the ballot was opened with.`,
      );
    const fresh = { key, stamp, derived: new Map<string, Buffer>() };
    memory.set(file, fresh);
    return fresh;
  };

  return {
    create(review, purpose, key) {
      if (key.length !== KEY_BYTES) throw new TenstarError('bug', `A ballot key has ${KEY_BYTES} bytes.`);
      const file = path(review, purpose);
      let handle: number;
      try {
        handle = fs.openSync(file, 'wx', 0o600);
      } catch (error) {
        if (isThere(error))
          throw new TenstarError('bug', 'A ballot key was to be made twice; the first one was kept.', { cause: error });
        throw error;
      }
      try {
        fs.writeSync(handle, key);
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
      syncDir();
    },
    load: (review, purpose) => known(review, purpose).key,
    derive(review, purpose, use) {
      const { key, derived } = known(review, purpose);
      const drawn = derived.get(use) ?? deriveKey(key, use);
      derived.set(use, drawn);
      return drawn;
    },
    has: (review, purpose) => stampOf(path(review, purpose)) !== null,
    destroy(review, purpose) {
      const file = path(review, purpose);
      forget(file);
      let handle: number;
      try {
        handle = fs.openSync(file, 'r+');
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
      try {
        // A journalling or flash file system may keep the old block all the same; on a plain disk this ends it.
        fs.writeSync(handle, randomFillSync(Buffer.alloc(KEY_BYTES)), 0, KEY_BYTES, 0);
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
      fs.rmSync(file, { force: true });
      syncDir();
      return true;
    },
    list: () => keyFiles(dir),
  };
}

/** Null for a file that is gone or was cut short by a crash while it was made: no box was ever sealed with that one. */
function readKey(file: string): Buffer | null {
  try {
    const key = fs.readFileSync(file);
    return key.length === KEY_BYTES ? key : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
