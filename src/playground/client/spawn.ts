/** The playground as a process of its own, which ends with the one that started it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PlaygroundClient } from './http.ts';

export interface SpawnOptions {
  /** 0 (the default) takes a free port. */
  port?: number;
  host?: string;
  /** Where the bot listens, or will. */
  botUrl: string;
  appId: string;
  appSecret: string;
  encryptKey?: string;
  verificationToken: string;
  /** Scales rate limits and redeliveries. */
  speed?: number;
  seed?: number;
  /** An app of DingTalk beside the one of Feishu. */
  dingtalk?: { clientId: string; clientSecret: string; templateId: string; transport?: 'webhook' | 'stream' };
}
export interface PlaygroundProcess {
  url: string;
  client: PlaygroundClient;
  stop(): Promise<void>;
}

const MAIN = new URL('../main.ts', import.meta.url).pathname;

/** @throws Error with what the process said, when it does not start */
export async function spawnPlayground(options: SpawnOptions): Promise<PlaygroundProcess> {
  const { dingtalk } = options;
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the channel closes with this process, and so does the child
    env: {
      PATH: process.env['PATH'],
      TZ: process.env['TZ'],
      PLAYGROUND_PORT: String(options.port ?? 0),
      PLAYGROUND_HOST: options.host ?? '127.0.0.1',
      PLAYGROUND_BOT_URL: options.botUrl,
      PLAYGROUND_SPEED: String(options.speed ?? 1),
      PLAYGROUND_SEED: String(options.seed ?? 1),
      LARK_APP_ID: options.appId,
      LARK_APP_SECRET: options.appSecret,
      ...(options.encryptKey ? { LARK_ENCRYPT_KEY: options.encryptKey } : {}),
      LARK_VERIFICATION_TOKEN: options.verificationToken,
      ...(dingtalk
        ? {
            DINGTALK_CLIENT_ID: dingtalk.clientId,
            DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
            DINGTALK_CARD_TEMPLATE_ID: dingtalk.templateId,
            DINGTALK_TRANSPORT: dingtalk.transport ?? 'webhook',
          }
        : {}),
    },
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the playground has no pipes');
  const said: string[] = [];
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
    process.stderr.write(text);
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([readyUrl(stdout), exited.then(() => null)]);
  if (url === null) throw new Error(`the playground did not start: ${said.join('').trim()}`);
  return {
    url,
    client: new PlaygroundClient(url),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function readyUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const found = /^playground ready on (\S+)$/.exec(line);
    if (found?.[1]) {
      stdout.resume(); // whatever comes later must not fill the pipe
      return found[1];
    }
  }
  return new Promise(() => {}); // the process has ended: the caller sees that
}
