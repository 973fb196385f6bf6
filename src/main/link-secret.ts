import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TenstarError } from '../errors.ts';

const FILE = 'link-secret';
const BYTES = 32;

/**
 * The secret that signs links, kept beside the ballot keys and made once; links die with the file, nothing else does.
 * @throws {TenstarError} `config_invalid` when the folder cannot be written or the file is not what was written there.
 */
export function linkSecret(keysDir: string, randomBytes: (size: number) => Uint8Array): Uint8Array {
  const file = join(keysDir, FILE);
  try {
    mkdirSync(keysDir, { recursive: true, mode: 0o700 });
    // Fails when the file is there, so of two processes that start at once one writes and both read the same.
    writeFileSync(file, randomBytes(BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST')
      throw new TenstarError(
        'config_invalid',
        `KEYS_DIR ${keysDir} cannot be written: make the folder writable for the user the bot runs as.`,
        { cause: error },
      );
  }
  const secret = readFileSync(file);
  if (secret.length !== BYTES)
    throw new TenstarError(
      'config_invalid',
      `${file} is damaged: remove it, a new one is made at the next start (links sent so far stop working).`,
    );
  return secret;
}
