/** Several processes on one database do what the clock asks at one moment, with the real jobs. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { OpinionWorld } from './opinion-world.ts';

const CHILD = fileURLToPath(new URL('job-process.ts', import.meta.url));

/** @param moment Unix ms. @returns what they ran, as `job state`, each as often as it was run */
export async function sweepTogether(
  { dir }: Pick<OpinionWorld, 'dir'>,
  moment: number,
  processes = 3,
): Promise<string[]> {
  const args = [CHILD, `file:${join(dir, 'tenstar.db')}`, join(dir, 'keys'), String(moment)];
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const answers = await Promise.all(children.map(({ stdout }) => text(stdout)));
  return answers.flatMap((answer) => JSON.parse(answer) as string[]);
}
