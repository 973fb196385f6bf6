/** A minimal receiver of the platform's pushes: checks signature and encryption by itself, records, answers as scripted. */
import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Push {
  type: string;
  header: Record<string, string>;
  event: Record<string, unknown>;
  /** As received, before decryption. */
  rawBody: string;
  /** Null when there was no signature. */
  signed: boolean | null;
}
export interface Script {
  status?: number;
  body?: unknown;
  /** Sent instead of `body`, as it is. */
  text?: string;
  delayMs?: number;
  destroy?: boolean;
}

export interface EchoBot {
  url: string;
  pushes: Push[];
  /** Answers every push from now on. */
  answer: (push: Push) => Script | Promise<Script>;
  ofType(type: string): Push[];
  close(): Promise<void>;
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function openSealed(sealed: string, encryptKey: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', sha256(encryptKey), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

export async function startEchoBot(encryptKey: string | null): Promise<EchoBot> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const raw = Buffer.concat(chunks);
        const body = JSON.parse(raw.toString('utf8'));
        const inner = body.encrypt === undefined ? body : JSON.parse(openSealed(body.encrypt, encryptKey ?? ''));
        if (inner.type === 'url_verification') return response.end(JSON.stringify({ challenge: inner.challenge }));
        const signature = request.headers['x-lark-signature'];
        const { 'x-lark-request-timestamp': time, 'x-lark-request-nonce': nonce } = request.headers;
        const right = sha256(String(time), String(nonce), encryptKey ?? '', raw).toString('hex');
        const push: Push = {
          type: inner.header.event_type,
          header: inner.header,
          event: inner.event,
          rawBody: raw.toString('utf8'),
          signed: signature === undefined ? null : signature === right,
        };
        bot.pushes.push(push);
        const script = await bot.answer(push);
        if (script.delayMs) await sleep(script.delayMs);
        if (script.destroy) return request.socket.destroy();
        response.statusCode = script.status ?? 200;
        return response.end(script.text ?? JSON.stringify(script.body ?? {}));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bot: EchoBot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lark/events`,
    pushes: [],
    answer: () => ({}),
    ofType: (type) => bot.pushes.filter((push) => push.type === type),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bot;
}
