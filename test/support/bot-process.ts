/** The real bot, started and stopped as an operator would, on its own database file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/tenstar.mjs', import.meta.url));

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `tenstar …` to its end. */
export async function runTenstar(args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<CliResult> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  const collect = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  };
  const [stdout, stderr, [code]] = await Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Number(code), stdout, stderr };
}

export interface LogLine {
  msg: string;
  [key: string]: unknown;
}
export interface BotProcess {
  /** Address it listens on. */
  url: string;
  pid: number;
  /** Everything it has logged so far, as text. */
  log(): string;
  lines(): LogLine[];
  /** Resolves with the first line, old or new, that fits. */
  untilLogged(fits: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine>;
  /** SIGTERM, and waits. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
}

/** @throws Error with what it said when it does not get ready */
export async function startBotProcess(
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
  nodeArgs: readonly string[] = [],
): Promise<BotProcess> {
  const child: ChildProcess = spawn(process.execPath, [...nodeArgs, MAIN, 'serve', ...args], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }); // the channel ends with the test, and so does the bot
  const raw: string[] = [];
  const lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  child.stdout?.on('data', (chunk) => raw.push(String(chunk)));
  if (child.stderr === null) throw new Error('no stderr');
  createInterface({ input: child.stderr }).on('line', (text) => {
    raw.push(`${text}\n`);
    if (!text.startsWith('{')) return;
    const line = JSON.parse(text) as LogLine;
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  const exited = once(child, 'exit');
  const untilLogged = (fits: (line: LogLine) => boolean, timeoutMs = 20_000): Promise<LogLine> => {
    const known = lines.find(fits);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(listener);
        act();
      };
      const listener = (line: LogLine) => {
        if (fits(line)) done(() => resolve(line));
      };
      const timer = setTimeout(
        () => done(() => reject(new Error(`never logged; it said:\n${raw.join('').slice(-4_000)}`))),
        timeoutMs,
      );
      listeners.add(listener);
      void exited.then(() => done(() => reject(new Error(`the bot ended; it said:\n${raw.join('').slice(-4_000)}`))));
    });
  };
  const ready = await untilLogged((line) => line.msg === 'ready');
  const stopWith = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
  };
  return {
    url: `http://127.0.0.1:${Number(ready['port'])}`,
    pid: child.pid ?? 0,
    log: () => raw.join(''),
    lines: () => lines,
    untilLogged,
    async stop() {
      await stopWith('SIGTERM');
      return child.exitCode;
    },
    kill: () => stopWith('SIGKILL'),
  };
}
