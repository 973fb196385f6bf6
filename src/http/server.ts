/** The listening socket: opened, and closed without losing a request that is under way. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { TenstarError } from '../errors.ts';

export interface HttpServer {
  /** The port it got; useful after asking for port 0. */
  readonly port: number;
  /** Takes no new connection, lets requests under way finish for at most `limitMs`, then cuts them. @returns how many were cut */
  close(limitMs?: number): Promise<number>;
}

const CLOSE_LIMIT_MS = 10_000;
/** A platform sends its request within a second or two; whoever takes longer only holds the connection. */
const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than reverse proxies keep theirs (60 s, as a rule): else one of them writes into a connection just closed here. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts to listen.
 * @param port 0 takes a free one
 * @throws {TenstarError} `config_invalid` when the port cannot be had
 */
export async function startServer(
  app: { fetch: Parameters<typeof createAdaptorServer>[0]['fetch'] },
  { port, hostname }: { port: number; hostname?: string },
): Promise<HttpServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
  }) as Server; // without certificates it is the plain one
  const underWay = countRequests(server);
  await listening(server, port, hostname);
  let closing: Promise<number> | null = null;
  return {
    port: (server.address() as AddressInfo).port,
    close: (limitMs = CLOSE_LIMIT_MS) => {
      closing ??= close(server, underWay, limitMs);
      return closing;
    },
  };
}

function countRequests(server: Server): () => number {
  let underWay = 0;
  server.on('request', (_request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      // A kept-alive connection whose last request ended after close() began would stay open for over a minute.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  return () => underWay;
}

function listening(server: Server, port: number, hostname: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program listens there'
          : error.code === 'EACCES'
            ? 'this user may not listen there'
            : `it cannot be opened (${error.code ?? 'unknown error'})`;
      reject(
        new TenstarError('config_invalid', `PORT ${port}: ${why}. Stop it or set another PORT.`, { cause: error }),
      );
    });
    server.listen(port, hostname, resolve);
  });
}

function close(server: Server, underWay: () => number, limitMs: number): Promise<number> {
  return new Promise((resolve) => {
    let cut = 0;
    const limit = setTimeout(() => {
      cut = underWay();
      server.closeAllConnections();
    }, limitMs);
    server.close(() => {
      clearTimeout(limit);
      resolve(cut);
    });
  });
}
