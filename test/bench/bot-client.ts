/** Starts the processes that are measured and gives them orders. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { APP, databaseUrl, keysDir } from './stage.ts';

export type Order =
  | { do: 'leave out commits' }
  | { do: 'tally'; period: string }
  | { do: 'close'; now: number }
  | { do: 'league'; period: string; districts: boolean }
  | { do: 'keep running leagues'; period: string }
  | { do: 'stop running leagues' };

export interface Measured {
  url: string;
  pid: number;
  /** @returns the seconds it took */
  order(order: Order): Promise<number>;
  /** CPU time used so far. */
  cpuSeconds(): number;
  /** The largest memory the process has had, in MB (10^6 bytes). */
  peakMb(): number;
  stop(): Promise<void>;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What `npm start` gives Node. */
export const START_FLAGS: readonly string[] = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
  .scripts.start.split(' ')
  .filter((part) => part.startsWith('--'));

export const botEnv = (dir: string, platformUrl: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  PORT: '0',
  DATABASE_URL: databaseUrl(dir),
  KEYS_DIR: keysDir(dir),
  LARK_APP_ID: APP.appId,
  LARK_APP_SECRET: APP.appSecret,
  LARK_ENCRYPT_KEY: APP.encryptKey,
  LARK_VERIFICATION_TOKEN: APP.verificationToken,
  LARK_DOMAIN: platformUrl,
});
/** Where `src/tenstar.mjs` has Node keep compiled code. */
const COMPILE_CACHE = join(tmpdir(), 'node-compile-cache');
/** Nobody listens there: for measurements in which no message leaves. */
export const NO_PLATFORM = 'http://127.0.0.1:9';

/** @param env on top of the bot's own */
export const startBot = (dir: string, env: NodeJS.ProcessEnv = {}): Promise<Measured> =>
  start(script('bot.ts'), [], { ...botEnv(dir, NO_PLATFORM), NODE_COMPILE_CACHE: COMPILE_CACHE, ...env }, START_FLAGS);
/** @param args as `stock-bot.ts` wants them */
export const startStockBot = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> =>
  start(script('stock-bot.ts'), args, { PATH: process.env['PATH'], NODE_ENV: 'production', ...env });

/** Linux tells it; elsewhere it is not a number. */
export function peakMbOf(pid: number): number {
  try {
    return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** User and system time of a process; 100 ticks a second on every Linux there is. */
function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

async function start(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<Measured> {
  const profile = process.env['BENCH_CPU_PROF'];
  const execArgv = [...flags, ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`])];
  const child = fork(file, args, { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const said: string[] = [];
  child.stderr?.on('data', (chunk) => said.push(String(chunk)));
  const ended = once(child, 'exit');
  const fail = () => new Error(`${file} ended:\n${said.join('').slice(-2_000)}`);
  const message = (): Promise<unknown> =>
    Promise.race([
      once(child, 'message').then(([value]: unknown[]) => value),
      ended.then(() => Promise.reject(fail())),
    ]);
  const { port } = (await message()) as { port: number };
  const pid = child.pid ?? 0;
  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    async order(order) {
      child.send(order);
      const { seconds, error } = (await message()) as { seconds: number; error?: string };
      if (error !== undefined) throw new Error(`${order.do}: ${error}\n${said.join('').slice(-2_000)}`);
      return seconds;
    },
    cpuSeconds: () => cpuSecondsOf(pid),
    peakMb: () => peakMbOf(pid),
    stop: () => stop(child, ended),
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null) child.kill('SIGTERM');
  await ended;
}
