/**
 * The playground: a process of its own that speaks the part of Feishu's and DingTalk's HTTP interfaces the bot uses, and plays the
 * people at the other end. State lives in memory and ends with the process.
 */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatRoutes } from './api/chats.ts';
import { clickRoutes } from './api/clicks.ts';
import { controlRoutes } from './api/control.ts';
import { dingTalkRoutes } from './api/dingtalk.ts';
import { guideRoutes } from './api/guide.ts';
import { peopleRoutes } from './api/people.ts';
import { streamRoutes } from './api/stream.ts';
import { createClicker } from './app/click.ts';
import { createClock } from './clock.ts';
import type { AppConfig, Context } from './context.ts';
import { createDingTalk, type DingTalkOptions } from './dingtalk/index.ts';
import { type Faults, NO_FAULTS } from './faults.ts';
import type { Env } from './feishu/answer.ts';
import { createUpdateTokens } from './feishu/card-update.ts';
import { directoryRoutes } from './feishu/directory.ts';
import { createGate } from './feishu/gate.ts';
import { messageRoutes } from './feishu/messages.ts';
import { createTokens } from './feishu/tokens.ts';
import { uploadRoutes } from './feishu/uploads.ts';
import { createLimiter } from './limiter.ts';
import { pageRoutes } from './page.ts';
import { createPusher } from './push/push.ts';
import { createRandom } from './random.ts';
import { createStats } from './stats.ts';
import { createWorld } from './world.ts';

export interface PlaygroundOptions {
  /** 0 (the default) takes a free port. */
  port?: number;
  host?: string;
  appId: string;
  appSecret: string;
  /** Null or empty: pushes are neither encrypted nor signed. */
  encryptKey?: string | null;
  verificationToken: string;
  /** Where events go; null until it is set. */
  eventUrl?: string | null;
  /** Where clicks go; the same as events when absent. */
  callbackUrl?: string | null;
  /** Scales rate limits and redeliveries; 1 = as the platform. */
  speed?: number;
  /** Seed of faults and of what the played people do. */
  seed?: number;
  botName?: string;
  faults?: Partial<Faults>;
  /** An app of DingTalk beside the one of Feishu; absent: DingTalk is not played. */
  dingtalk?: DingTalkOptions | null;
}
export interface Playground {
  url: string;
  /** Everything inside, for tests that start the playground in their own process. */
  state: Context;
  close(): Promise<void>;
}

export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const ctx = createContext(options);
  const tokens = createTokens(ctx);
  const pusher = createPusher(ctx);
  const updates = createUpdateTokens(ctx);
  const clicker = createClicker(ctx, pusher, updates);

  const feishu = new Hono<Env>()
    .use('/open-apis/*', createGate(ctx, tokens))
    .route('/', messageRoutes(ctx))
    .route('/', uploadRoutes(ctx))
    .route('/', directoryRoutes(ctx))
    .route('/', updates.routes);
  const own = new Hono()
    .route('/', peopleRoutes(ctx, pusher))
    .route('/', chatRoutes(ctx, pusher))
    .route('/', clickRoutes(ctx, clicker, pusher))
    .route('/', controlRoutes(ctx, pusher, tokens))
    .route('/', dingTalkRoutes(ctx))
    .route('/', guideRoutes(ctx))
    .route('/', streamRoutes(ctx));
  const app = new Hono()
    .route('/', tokens.routes) // before the gate: a token is not needed to get one
    .route('/', feishu)
    .route('/', ctx.dingtalk?.routes ?? new Hono<Env>())
    .route('/playground/api', own)
    .route('/', pageRoutes(ctx))
    .onError((error, c) => {
      if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
      console.error(`playground: ${c.req.method} ${c.req.path}: ${error.message}`); // never the body: it may be a ballot
      return c.json({ code: 300000, msg: 'Internal Error' }, 500);
    });

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.on('upgrade', (request, socket, head) => {
    if (!ctx.dingtalk) return socket.destroy();
    if (head.length > 0) socket.unshift(head);
    return ctx.dingtalk.stream.upgrade(request, socket);
  });
  const { host = '127.0.0.1', port = 0 } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  if (ctx.dingtalk) ctx.dingtalk.app.base = url;
  return {
    url,
    state: ctx,
    async close() {
      ctx.clock.stop();
      pusher.stop();
      ctx.dingtalk?.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function createContext(options: PlaygroundOptions): Context {
  const { appId, appSecret, verificationToken, encryptKey, eventUrl = null, callbackUrl = eventUrl } = options;
  const config: AppConfig = {
    appId,
    appSecret,
    verificationToken,
    encryptKey: encryptKey === undefined || encryptKey === '' ? null : encryptKey,
    eventUrl,
    callbackUrl,
  };
  const clock = createClock(options.speed);
  const faults: Faults = { ...NO_FAULTS, ...options.faults };
  const seed = options.seed ?? faults.seed;
  const ctx: Context = {
    config,
    clock,
    faults,
    random: createRandom(seed),
    taste: createRandom(seed + 1),
    limiter: createLimiter(clock),
    stats: createStats(),
    world: createWorld(appId, options.botName ?? '双十星助手'),
    dingtalk: null,
  };
  if (options.dingtalk) ctx.dingtalk = createDingTalk(options.dingtalk, ctx);
  return ctx;
}
