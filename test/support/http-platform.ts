/** A chat platform over real HTTP: a server with faults for the test, and the port filled in by fetch for the process under test. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { ChatPlatform, SendResult } from '../../src/platform/platform.ts';

export type HttpFault = 'none' | 'limited' | 'error' | 'reset' | 'reset_after_storing' | 'silence_after_storing';
const sendBody = z.object({ key: z.string(), to: z.string(), text: z.string() });

export interface HttpPlatformServer {
  url: string;
  /** Each key once, in order of arrival. */
  arrived: { key: string; to: string; text: string }[];
  /** Second deliveries of a key, which the platform dropped. */
  repeats(): number;
  close(): Promise<void>;
}

export async function startHttpPlatform(nextFault: () => HttpFault): Promise<HttpPlatformServer> {
  const arrived: HttpPlatformServer['arrived'] = [];
  const ids = new Map<string, string>();
  let repeats = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const fault = nextFault();
      const reply = (status: number, body: unknown, headers = {}) =>
        response.writeHead(status, headers).end(JSON.stringify(body));
      if (fault === 'limited') return reply(429, { code: 99991400 }, { 'x-ogw-ratelimit-reset': '0.05' });
      if (fault === 'error') return reply(500, { code: 2200 });
      if (fault === 'reset') return request.socket.destroy();
      const message = sendBody.parse(JSON.parse(Buffer.concat(parts).toString()));
      if (ids.has(message.key)) repeats += 1;
      else {
        ids.set(message.key, `om_${ids.size}`);
        arrived.push(message);
      }
      if (fault === 'reset_after_storing') return request.socket.destroy();
      if (fault === 'silence_after_storing') return undefined;
      return reply(200, { message_id: ids.get(message.key) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    repeats: () => repeats,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The port, filled in by fetch; only what the outbox uses. */
export function httpPlatform(url: string, limits: ChatPlatform['limits'], timeoutMs: number): ChatPlatform {
  const unused = () => Promise.reject(new Error('not used'));
  return {
    name: 'lark',
    appId: 'cli_test',
    limits,
    answerWithinMs: 1_000,
    receive: () => ({ kind: 'rejected', status: 401, why: 'test' }),
    answer: () => ({}),
    async send({ to, content, idempotencyKey }): Promise<SendResult> {
      const recipient = to.kind === 'chat' ? to.chatId : to.userId;
      const body = JSON.stringify({
        key: idempotencyKey,
        to: recipient,
        text: content.kind === 'card' ? content.card.title : content.name,
      });
      try {
        const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
        if (answer.status === 429) {
          const retryAfterMs = Number(answer.headers.get('x-ogw-ratelimit-reset')) * 1_000;
          return { ok: false, reason: 'rate_limited', code: '99991400', retryAfterMs };
        }
        if (!answer.ok) return { ok: false, reason: 'unreachable', code: String(answer.status) };
        return { ok: true, messageId: z.object({ message_id: z.string() }).parse(await answer.json()).message_id };
      } catch {
        return { ok: false, reason: 'unreachable', code: 'network' };
      }
    },
    update: unused,
    findByMobile: unused,
    self: unused,
    chats: unused,
    close: () => Promise.resolve(),
  };
}
