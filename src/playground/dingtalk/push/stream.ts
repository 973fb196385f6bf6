/**
 * Stream mode: a connection the bot opens and pushes come over (platform/dingtalk.md §1.4). A ticket is good once and for 90 s; of several
 * connections each push takes one at random; a message that is not acknowledged comes again after a minute.
 */
import { Hono } from 'hono';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { STREAM_GOODBYE_MS, STREAM_REDELIVERY_MS, STREAM_TICKET_LIFE_MS } from '../../../platform/dingtalk/limits.ts';
import type { Context } from '../../context.ts';
import type { Env } from '../../feishu/answer.ts';
import type { Json } from '../../tenant.ts';
import { fail, isRefused, ok, readBody, refuse } from '../answer.ts';
import type { DingTalkApp } from '../app.ts';
import { acceptSocket, type Socket } from './websocket.ts';

export const TOPICS = { message: '/v1.0/im/bot/messages/get', click: '/v1.0/card/instances/callback' } as const;
type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export interface StreamAnswer {
  code: number;
  /** Of the answer's `data`. */
  response: unknown;
  data: string;
}
export interface Stream {
  routes: Hono<Env>;
  upgrade(request: IncomingMessage, stream: Duplex): void;
  /** One push; null when nobody took it in time. `again`: comes once more when it is not acknowledged. */
  push(topic: Topic, data: Json, how: { deadlineMs: number; again: boolean }): Promise<StreamAnswer | null>;
  /** Open connections that take pushes. */
  size(): number;
  /** Tells every connection to go, falls silent, and ends it after ten seconds. */
  disconnect(reason: string): void;
  /** Breaks every connection at once. */
  cut(): void;
}

interface Connection {
  id: string;
  socket: Socket;
  topics: ReadonlySet<string>;
}
/** By the playground's clock; the answer is awaited in real time. */
const PING_MS = 30_000;
const PONG_MS = 5_000;
const openBody = z.looseObject({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.looseObject({ type: z.enum(['EVENT', 'CALLBACK']), topic: z.string() })).min(1),
});
const answerSchema = z.looseObject({
  code: z.number(),
  headers: z.looseObject({ messageId: z.string() }),
  data: z.string().optional(),
});

export function createStream(app: DingTalkApp, { clock, random, stats, world }: Context): Stream {
  const tickets = new Map<string, { until: number; topics: ReadonlySet<string> }>();
  const open = new Map<string, Connection>();
  /** Everything that has a socket, also what is told to go. */
  const sockets = new Set<Socket>();
  const waiting = new Map<string, (answer: StreamAnswer) => void>();

  const frame = (type: 'SYSTEM' | 'CALLBACK', topic: string, messageId: string, connection: Connection, data: string) =>
    JSON.stringify({
      specVersion: '1.0',
      type,
      headers: {
        topic,
        messageId,
        contentType: 'application/json',
        time: String(clock.now()),
        appId: app.clientId,
        connectionId: connection.id,
      },
      data,
    });

  function answered(text: string): void {
    const read = answerSchema.safeParse(parse(text));
    if (!read.success) return;
    const { code, headers, data = '' } = read.data;
    const body = z.looseObject({ response: z.unknown() }).safeParse(parse(data));
    waiting.get(headers.messageId)?.({ code, response: body.data?.response, data });
  }

  /** Sends a frame and waits for its answer; null after `ms` of real time. */
  function ask(connection: Connection, id: string, text: string, ms: number): Promise<StreamAnswer | null> {
    return new Promise((resolve) => {
      const done = (answer: StreamAnswer | null) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => done(null), ms);
      timer.unref();
      waiting.set(id, done);
      connection.socket.send(text);
    });
  }

  function drop(connection: Connection): void {
    open.delete(connection.id);
    sockets.delete(connection.socket);
  }

  /** However fast the clock runs, a connection is not flooded with pings. */
  const pingLater = (connection: Connection) =>
    clock.after(PING_MS * Math.max(1, clock.speed), () => void keepAlive(connection));
  async function keepAlive(connection: Connection): Promise<void> {
    if (!open.has(connection.id)) return;
    const id = world.newId('ev');
    const data = JSON.stringify({ opaque: id });
    const answer = await ask(connection, id, frame('SYSTEM', 'ping', id, connection, data), PONG_MS);
    if (answer?.data !== data) return connection.socket.cut();
    pingLater(connection);
  }

  return {
    routes: new Hono<Env>().post('/v1.0/gateway/connections/open', async (c) => {
      const read = await readBody(c, openBody);
      if (isRefused(read)) return fail(c, read);
      const { clientId, clientSecret, subscriptions } = read.body;
      if (clientId !== app.clientId || clientSecret !== app.clientSecret) {
        return fail(c, refuse('authFailed', 'the client id or secret is wrong', 401));
      }
      if (subscriptions.some(({ type, topic }) => type === 'EVENT' && topic !== '*')) {
        return fail(c, refuse('invalidParameter.subscriptions', 'the topic of events is *'));
      }
      const ticket = `${world.newId('ev')}+/=`; // signs that do not survive an address unless they are encoded
      const topics = new Set(subscriptions.map(({ topic }) => topic));
      tickets.set(ticket, { until: clock.now() + STREAM_TICKET_LIFE_MS, topics });
      stats.call(`POST ${c.req.path}`, 'ok');
      const endpoint = `${app.base.replace(/^http/, 'ws')}/connect`;
      if (c.req.header('accept')?.includes('json')) return ok(c, { endpoint, ticket });
      return c.body(`<r><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></r>`, 200, {
        'content-type': 'application/xml',
      });
    }),
    upgrade(request, stream) {
      stream.on('error', () => stream.destroy());
      const url = new URL(request.url ?? '/', 'http://localhost');
      const ticket = url.searchParams.get('ticket') ?? '';
      const found = url.pathname === '/connect' ? tickets.get(ticket) : undefined;
      tickets.delete(ticket);
      if (!found || found.until < clock.now()) {
        stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      const socket = acceptSocket(request, stream);
      const connection = { id: world.newId('ev'), socket, topics: found.topics };
      sockets.add(socket);
      open.set(connection.id, connection);
      socket.onText(answered);
      socket.onEnd(() => drop(connection));
      pingLater(connection);
    },
    async push(topic, data, { deadlineMs, again }) {
      const messageId = world.newId('ev');
      const attempt = async () => {
        const able = [...open.values()].filter(({ topics }) => topics.has(topic));
        const connection = random.pick(able);
        const text = connection && frame('CALLBACK', topic, messageId, connection, JSON.stringify(data));
        return connection && text !== undefined ? ask(connection, messageId, text, deadlineMs) : null;
      };
      const answer = await attempt();
      if (answer === null && again) clock.after(STREAM_REDELIVERY_MS, () => void attempt());
      return answer;
    },
    size: () => open.size,
    disconnect(reason) {
      for (const connection of open.values()) {
        open.delete(connection.id);
        connection.socket.send(
          frame('SYSTEM', 'disconnect', world.newId('ev'), connection, JSON.stringify({ reason })),
        );
        clock.after(STREAM_GOODBYE_MS, () => connection.socket.cut());
      }
    },
    cut() {
      for (const socket of sockets) socket.cut();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fails the schema
  }
}
