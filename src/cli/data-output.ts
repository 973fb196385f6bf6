/** Where data goes that a command prints: standard output, or a file that is written whole or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { TenstarError } from '../errors.ts';
import type { UseDeps } from './output.ts';

/** @throws {TenstarError} `input_invalid` when the file cannot be written */
export async function putData(
  deps: Pick<UseDeps, 'stdout' | 'stderr'>,
  data: string | Uint8Array,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) {
    deps.stdout.write(typeof data === 'string' ? data : Buffer.from(data).toString('binary'));
    return;
  }
  const half = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(half, data);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new TenstarError(
      'input_invalid',
      `${file} cannot be written (${code}): name a file in a folder that exists and is yours.`,
      { cause: error },
    );
  }
  deps.stderr.write(`${file}\n`);
}
