/** DingTalk in the playground: its interface for the bot, and the clients of the people who have an account there. */
import { Hono } from 'hono';
import { API_PER_SECOND } from '../../platform/dingtalk/limits.ts';
import type { TypeOrder, TypeResult } from '../app/type.ts';
import type { Context } from '../context.ts';
import type { Env } from '../feishu/answer.ts';
import { fail, refuse } from './answer.ts';
import { type DingTalkApp, NO_SWITCHES, type Plan, type Switches } from './app.ts';
import { createCallbacks } from './card/callbacks.ts';
import { createCards } from './card/cards.ts';
import { createChecker } from './card/check.ts';
import { createDelivery } from './card/delivery.ts';
import { cardRoutes } from './card/routes.ts';
import { contactRoutes } from './contacts.ts';
import { createGate } from './gate.ts';
import { groupRoutes } from './groups.ts';
import { mediaRoutes } from './media.ts';
import { createClicker, type DingTalkClicker } from './person/click.ts';
import { createTyping } from './person/type.ts';
import { createPusher } from './push/push.ts';
import { createStream, type Stream } from './push/stream.ts';
import { createQuota, type Quota } from './quota.ts';
import { robotRoutes } from './robot.ts';
import { createSessions } from './session.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface DingTalkOptions {
  clientId: string;
  clientSecret: string;
  /** A published copy of our template. */
  templateId: string;
  receive?: DingTalkApp['receive'];
  /** Where robot messages go over HTTP; clicks go where the bot registers. */
  messageUrl?: string | null;
  corpId?: string;
  plan?: Plan;
  /** Of each call; what the free plan permits when absent. */
  callsPerSecond?: number;
  switches?: Partial<Switches>;
}

export interface DingTalk {
  app: DingTalkApp;
  routes: Hono<Env>;
  tokens: Tokens;
  quota: Quota;
  stream: Stream;
  /** What clients showed nothing of, with the switch `hidden` at `show_nothing`. */
  problems: ReturnType<typeof createChecker>['problems'];
  clicker: DingTalkClicker;
  type(order: TypeOrder): Promise<TypeResult>;
  stop(): void;
}

export function createDingTalk(options: DingTalkOptions, ctx: Context): DingTalk {
  const { clientId, clientSecret, templateId } = options;
  const app: DingTalkApp = {
    clientId,
    clientSecret,
    corpId: options.corpId ?? 'dingdemocorp',
    templates: { [templateId]: 'published' },
    receive: options.receive ?? 'http',
    messageUrl: options.messageUrl ?? null,
    plan: options.plan ?? null,
    callsPerSecond: options.callsPerSecond ?? API_PER_SECOND,
    switches: { ...NO_SWITCHES, ...options.switches },
    base: '',
  };
  const tokens = createTokens(app, ctx);
  const quota = createQuota(app, ctx.clock);
  const sessions = createSessions(app, ctx, quota);
  const callbacks = createCallbacks();
  const checker = createChecker(app);
  const cards = createCards(app, ctx, callbacks, checker);
  const stream = createStream(app, ctx);
  const pusher = createPusher(app, ctx, { callbacks, quota, stream });

  const gate = createGate(app, ctx, tokens, quota);
  const gated = new Hono<Env>()
    .use('/v1.0/*', gate)
    .use('/topapi/*', gate)
    .use('/media/*', gate)
    .route('/', robotRoutes(app, ctx))
    .route('/', cardRoutes(cards, createDelivery(app, ctx)))
    .route('/', callbacks.routes)
    .route('/', mediaRoutes(ctx))
    .route('/', contactRoutes(ctx))
    .route('/', groupRoutes(app, ctx));
  const unknown = (path: string) => refuse('InvalidAction.NotFound', `${path} is not played here`, 404);
  const routes = new Hono<Env>()
    .route('/', tokens.routes)
    .route('/', stream.routes)
    .route('/', sessions.routes)
    .route('/', gated);
  for (const prefix of ['/v1.0/*', '/topapi/*']) routes.all(prefix, (c) => fail(c, unknown(c.req.path)));

  return {
    app,
    routes,
    tokens,
    quota,
    stream,
    problems: checker.problems,
    clicker: createClicker(app, ctx, cards, pusher),
    type: createTyping(app, ctx, pusher, sessions),
    stop() {
      pusher.stop();
      stream.cut();
    },
  };
}
