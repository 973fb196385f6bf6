import type { Use } from '../use.ts';
import type { TextOutput } from './progress.ts';

/** What commands that work on the running installation are given. */
export interface UseDeps {
  /** Opens the migrated database and builds what use cases work with, after the settings have passed every check. */
  openUse(): Promise<{ use: Use; close(): Promise<void> }>;
  stdout: TextOutput;
  stderr: TextOutput;
  setExitCode(code: number): void;
}

/** Runs `fn` and closes whatever it leaves behind. */
export async function withUse<T>(deps: UseDeps, fn: (use: Use) => Promise<T>): Promise<T> {
  const opened = await deps.openUse();
  try {
    return await fn(opened.use);
  } finally {
    await opened.close();
  }
}

export const writeJson = ({ stdout }: Pick<UseDeps, 'stdout'>, data: unknown): unknown =>
  stdout.write(`${JSON.stringify(data)}\n`);

/** Lines with columns under each other; the last column may hold anything, the others plain Latin text. */
export function columns(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(width(i))))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
