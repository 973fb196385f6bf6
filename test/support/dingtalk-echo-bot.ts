/** A minimal receiver of DingTalk's pushes: checks both signatures by itself, records, answers as scripted. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from './echo-bot.ts';

export interface DingTalkPush {
  kind: 'message' | 'click';
  body: Record<string, unknown>;
  rawBody: string;
  /** Null when there was no signature. */
  signed: boolean | null;
  /** Unix ms of the signed timestamp. */
  timestamp: number;
}
export interface DingTalkEchoBot {
  messageUrl: string;
  cardUrl: string;
  pushes: DingTalkPush[];
  messages(): DingTalkPush[];
  clicks(): DingTalkPush[];
  /** Answers every push from now on. */
  answer: (push: DingTalkPush) => Script | Promise<Script>;
  close(): Promise<void>;
}

export const CARD_SECRET = 'card-api-secret';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');

function read(request: IncomingMessage, rawBody: string, clientSecret: string): DingTalkPush {
  const { headers, url } = request;
  const click = url?.endsWith('/cards') === true;
  const timestamp = String(headers[click ? 'x-ddpaas-signature-timestamp' : 'timestamp'] ?? '');
  const signature = headers[click ? 'x-ddpaas-signature' : 'sign'];
  const right = click ? hmac(CARD_SECRET, timestamp) : hmac(clientSecret, `${timestamp}\n${clientSecret}`);
  return {
    kind: click ? 'click' : 'message',
    body: JSON.parse(rawBody),
    rawBody,
    signed: signature === undefined ? null : signature === right,
    timestamp: Number(timestamp),
  };
}

export async function startDingTalkEchoBot(clientSecret: string): Promise<DingTalkEchoBot> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const push = read(request, Buffer.concat(chunks).toString('utf8'), clientSecret);
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
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dingtalk`;
  const bot: DingTalkEchoBot = {
    messageUrl: `${base}/messages`,
    cardUrl: `${base}/cards`,
    pushes: [],
    messages: () => bot.pushes.filter(({ kind }) => kind === 'message'),
    clicks: () => bot.pushes.filter(({ kind }) => kind === 'click'),
    answer: () => ({}),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bot;
}
