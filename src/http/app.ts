/** Every address the bot answers on (design.md section 3). */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ChatPlatform, PlatformName } from '../platform/platform.ts';
import type { Use } from '../use.ts';
import type { Dispatcher } from '../usecases/dispatch.ts';
import { type Board, createBoard } from './board.ts';
import { BOARD_STYLE } from './board-page.ts';
import { ballotRoutes } from './ballot/routes.ts';
import { errorAnswer, jsonAnswer, onlyAnswer } from './json-answer.ts';
import type { Metrics } from './metrics.ts';
import { type HttpEnv, pushRoute } from './push-route.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { pageHeaders } from './security-headers.ts';

export interface HttpParts {
  use: Pick<Use, 'db' | 'config' | 'linkSecret' | 'log' | 'now' | 'rules' | 'years' | 'keys' | 'caster'>;
  platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  dispatcher: Dispatcher;
  metrics: Metrics;
  /** By default made from `use`, as is `board`. */
  readiness?: Readiness;
  board?: Board;
}

/** Where each platform delivers. Events and clicks may be given either address. */
const PUSH_PATHS: Readonly<Record<PlatformName, readonly string[]>> = {
  lark: ['/lark/events', '/lark/callbacks'],
  dingtalk: ['/dingtalk/messages', '/dingtalk/cards'],
};

export function createHttp({ use, platforms, dispatcher, metrics, ...parts }: HttpParts): Hono<HttpEnv> {
  const readiness = parts.readiness ?? createReadiness(use);
  const board = parts.board ?? createBoard(use);
  const app = new Hono<HttpEnv>();

  for (const platform of platforms.values()) {
    const handle = pushRoute({ platform, dispatcher, metrics, log: use.log, now: use.now });
    for (const path of PUSH_PATHS[platform.name]) {
      app.post(path, handle); // no middleware here: it is the path that must be fast
      app.all(path, () => onlyAnswer('POST'));
    }
  }

  app.get('/healthz', () => jsonAnswer(200, { ok: true }));
  app.get('/readyz', async () => {
    const report = await readiness();
    return jsonAnswer(report.ready ? 200 : 503, report);
  });
  app.get('/metrics', async () => {
    const headers = {
      'content-type': metrics.contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    return new Response(await metrics.text(), { headers });
  });

  app.get('/board/:token', pageHeaders(BOARD_STYLE, use.config.publicUrl), async (c) => {
    const { status, page } = await board(c.req.param('token'));
    c.header('cache-control', 'private, no-store');
    c.header('x-robots-tag', 'noindex, nofollow');
    return c.html(page, status);
  });

  app.route('/ballot', ballotRoutes(use));

  app.notFound(() => errorAnswer(404, 'not found'));
  app.onError((error) => {
    if (error instanceof HTTPException) return errorAnswer(error.status, 'refused');
    // Without the address: that of a board or a ballot is a key.
    use.log.error({ err: error }, 'a request could not be answered');
    return errorAnswer(500, 'internal error');
  });
  return app;
}
