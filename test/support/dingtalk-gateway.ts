/** The far end of Stream mode: hands out tickets for one use, takes WebSockets, pushes frames and waits for their acknowledgement. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { acceptKey, readWsFrame, wsFrame } from './lark-gateway.ts';

interface StreamAnswer {
  code: number;
  /** Parsed. */
  data: unknown;
}
export interface DingTalkGateway {
  url: string;
  /** Bodies of the requests for a ticket. */
  asked: Record<string, unknown>[];
  /** Connections that stand, oldest first. */
  open(): number;
  /** All connections ever made. */
  made(): number;
  /** What is said when a ticket is asked for; null: a ticket. */
  refuse(answer: { status: number; code: string } | null): void;
  /** Over the newest connection; an answer counts only when it comes back by the same. */
  push(type: string, topic: string, data: unknown): Promise<StreamAnswer>;
  /** Sends this text to the newest connection as it is. */
  raw(text: string): void;
  /** Says that the connection will end, which it does only when the other side ends it. */
  sayGoodbye(): void;
  /** Breaks every connection as a cable does. */
  cut(): void;
  close(): Promise<void>;
}

export async function startDingTalkGateway(): Promise<DingTalkGateway> {
  const asked: Record<string, unknown>[] = [];
  const tickets = new Set<string>();
  const waiting = new Map<string, { socket: Duplex | undefined; answered: (answer: StreamAnswer) => void }>();
  const sockets: Duplex[] = [];
  let refusal: { status: number; code: string } | null = null;
  let made = 0;

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(JSON.parse(body) as Record<string, unknown>);
      const ticket = `${randomUUID()}+/=`;
      if (refusal === null) tickets.add(ticket);
      response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          refusal === null
            ? { endpoint: `${url.replace('http', 'ws')}/connect`, ticket }
            : { code: refusal.code, message: 'm' },
        ),
      );
    });
  });
  server.on('upgrade', (request, socket: Duplex) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    socket.on('error', () => undefined);
    if (!tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(request)}\r\n\r\n`,
    );
    made += 1;
    sockets.push(socket);
    socket.on('close', () => void sockets.splice(sockets.indexOf(socket), 1));
    let buffered: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let frame = readWsFrame(buffered); frame !== null; frame = readWsFrame(buffered)) {
        buffered = buffered.subarray(frame.size);
        if (frame.opcode === 8) socket.end(wsFrame(frame.payload, 8));
        else if (frame.opcode === 1) answered(socket, frame.payload.toString());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answered(socket: Duplex, text: string): void {
    const { code, headers, data } = JSON.parse(text) as { code: number; headers: { messageId: string }; data: string };
    const asked = waiting.get(headers.messageId);
    if (asked?.socket === socket) asked.answered({ code, data: JSON.parse(data) });
  }
  const send = (text: string) => void sockets.at(-1)?.write(wsFrame(Buffer.from(text), 1));
  const frame = (type: string, topic: string, data: unknown, messageId: string) =>
    JSON.stringify({
      specVersion: '1.0',
      type,
      headers: { topic, messageId, contentType: 'application/json', time: '0' },
      data: JSON.stringify(data),
    });

  return {
    url,
    asked,
    open: () => sockets.length,
    made: () => made,
    refuse: (answer) => {
      refusal = answer;
    },
    push: (type, topic, data) =>
      new Promise((resolve) => {
        const id = randomUUID();
        waiting.set(id, { socket: sockets.at(-1), answered: resolve });
        send(frame(type, topic, data, id));
      }),
    raw: send,
    sayGoodbye: () => send(frame('SYSTEM', 'disconnect', { reason: 'demo' }, randomUUID())),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
