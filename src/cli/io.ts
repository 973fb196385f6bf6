import type { TextOutput } from './progress.ts';

/** What a command line works in: the process, or a collector in tests. */
export interface CliIo {
  env: Readonly<Record<string, string | undefined>>;
  stdout: TextOutput;
  stderr: TextOutput;
  setExitCode: (code: number) => void;
}

export const processIo: CliIo = {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  setExitCode(code) {
    process.exitCode = code;
  },
};
