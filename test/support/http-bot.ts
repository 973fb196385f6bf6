/** The bot's HTTP side on a real socket, with a real database and the real adapter; what a delivery leads to is the test's choice. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyStore, type KeyStore } from '../../src/ballot/keys.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { defaultProjects } from '../../src/domain/projects.ts';
import { mergeRules } from '../../src/domain/rules.ts';
import { createHttp, type HttpParts } from '../../src/http/app.ts';
import { createMetrics, type Metrics } from '../../src/http/metrics.ts';
import { type HttpServer, startServer } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import { createLarkPlatform } from '../../src/platform/lark/index.ts';
import type { ClickAnswer, Incoming, RawRequest } from '../../src/platform/platform.ts';
import type { Database } from '../../src/store/db.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { createYearSchemes } from '../../src/usecases/scheme/year-schemes.ts';
import { larkConfig, NOW } from './lark-push.ts';
import { tempDatabase } from './temp-database.ts';

export interface HttpBot {
  url: string;
  port: number;
  server: HttpServer;
  db: Database;
  metrics: Metrics;
  use: HttpParts['use'];
  /** What was handed over, in order. */
  handled: Incoming[];
  /** Everything logged so far. */
  logged(): string;
  /** What a delivery leads to from now on. */
  handle: (incoming: Incoming) => Promise<ClickAnswer | null>;
  /** The clock, Unix ms. */
  time: number;
  close(): Promise<void>;
}

export async function startHttpBot(
  over: Partial<Pick<HttpParts, 'readiness' | 'board'>> & { db?: Database; keys?: KeyStore; publicUrl?: string } = {},
): Promise<HttpBot> {
  const {
    db = await tempDatabase(),
    keys = createKeyStore(mkdtempSync(join(tmpdir(), 'tenstar-http-'))),
    publicUrl = 'https://stars.example.test',
    ...parts
  } = over;
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const config = {
    publicUrl,
    webBallotUrl: publicUrl,
    timezone: 'Asia/Shanghai',
    defaultLocale: 'zh-CN',
  } as HttpParts['use']['config'];
  const linkSecret = createHash('sha256').update('demo link secret').digest();
  const platforms = new Map([['lark', createLarkPlatform(larkConfig())] as const]);
  const now = () => bot.time;
  const caster = createBallotCaster({ db, keys, now });
  const rules = mergeRules({});
  const years = createYearSchemes({ rules, catalogue: defaultCatalogue, projects: defaultProjects });
  const use = { db, config, platforms, linkSecret, log, keys, caster, rules, years, now };
  const metrics = createMetrics(use);
  const dispatcher = {
    handle: (incoming: Incoming) => {
      bot.handled.push(incoming);
      return bot.handle(incoming);
    },
  };
  const server = await startServer(createHttp({ use, platforms, dispatcher, metrics, ...parts }), {
    port: 0,
    hostname: '127.0.0.1',
  });
  const bot: HttpBot = {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    server,
    db,
    metrics,
    use,
    handled: [],
    logged: () => lines.join(''),
    handle: (incoming) =>
      Promise.resolve(incoming.kind === 'click' ? { toast: { type: 'success', text: 'saved' } } : null),
    time: NOW,
    close: async () => {
      await server.close(0);
      await db.close();
    },
  };
  return bot;
}

/** Sends a push as the platform does. */
export const deliver = (
  bot: { url: string },
  { headers, rawBody }: RawRequest,
  path = '/lark/events',
): Promise<Response> => fetch(bot.url + path, { method: 'POST', headers, body: Buffer.from(rawBody) });

/** Sends a body in chunks without saying how long it is. @returns status, and how many bytes were written before the answer came */
export function deliverChunked(
  bot: { port: number },
  chunks: Iterable<Buffer>,
): Promise<{ status: number; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const request = httpRequest(
      { port: bot.port, host: '127.0.0.1', path: '/lark/events', method: 'POST' },
      (response) => {
        response.resume();
        request.destroy();
        resolve({ status: response.statusCode ?? 0, sent });
      },
    );
    request.on('error', reject);
    const iterator = chunks[Symbol.iterator]();
    const next = (): void => {
      const { done, value } = iterator.next();
      if (request.destroyed) return;
      if (done === true) {
        request.end();
        return;
      }
      sent += value.length;
      request.write(value, next);
    };
    next();
  });
}

/** Sends raw bytes and returns all that comes back until the other side closes, or until `enough` says so. */
export function talk(port: number, bytes: string, enough: (answer: string) => boolean = () => false): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      if (enough(answer)) finish();
    });
    socket.on('close', finish);
    socket.on('error', reject);
  });
}

/** Sends raw bytes and hangs up. */
export function hangUp(port: number, bytes: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.destroy()));
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}
