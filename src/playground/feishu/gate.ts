/** What stands before every call of the bot: faults, bearer, scopes, gateway rate limit; and the count of what was answered. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createMiddleware } from 'hono/factory';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { type Call, type Env, fail, type Refusal, refuse } from './answer.ts';
import type { Tokens } from './tokens.ts';

/** One of these must be granted (platform/lark.md §6.2). */
const SCOPES: readonly (readonly [path: RegExp, scopes: readonly string[]])[] = [
  [/\/im\/v1\/messages|\/interactive\//, ['im:message:send_as_bot', 'im:message']],
  [/\/im\/v1\/(files|images)/, ['im:resource', 'im:resource:upload']],
  [/\/contact\/v3\//, ['contact:user.id:readonly']],
  [/\/im\/v1\/chats/, ['im:chat:readonly', 'im:chat']],
];

/** `POST /open-apis/im/v1/messages/:id/reply`: what rate limits and statistics are counted by. */
export const apiName = (method: string, path: string): string =>
  `${method} ${path.replace(/\/(?:oc|om|ou|on|file|img)_[^/]+/g, '/:id')}`;

export function createGate(ctx: Context, tokens: Tokens) {
  const { faults, random, stats, limiter } = ctx;

  /** The refusals that come before the call is looked at. */
  function refusal(c: Call, api: string): Refusal | null {
    const bearer = tokens.check(c.req.header('authorization'));
    if (bearer) return bearer;
    if (faults.app_disabled) return refuse(99991662, 'app is disabled');
    if (faults.quota_exceeded) return refuse(99991403, 'monthly quota of API calls is used up', { status: 429 });
    const scopes = SCOPES.find(([path]) => path.test(c.req.path))?.[1] ?? [];
    if (scopes.length > 0 && scopes.every((scope) => faults.missing_scopes.includes(scope))) {
      return refuse(99991672, `Access denied. One of the following scopes is required: [${scopes.join(', ')}]`);
    }
    const full = limiter.gateway(api);
    return full ? tooMany(full.limit, full.resetSec) : null;
  }

  return createMiddleware<Env>(async (c, next) => {
    const api = apiName(c.req.method, c.req.path);
    c.header('x-tt-logid', ctx.world.newId('ev'));
    const hit = faults.scope === 'all' || c.req.path.includes('/im/v1/messages');
    const strikes = (rate: number) => hit && random.chance(rate);
    const lost = (what: string) => {
      stats.call(api, what);
      return RESPONSE_ALREADY_SENT;
    };

    if (hit && faults.latency_ms > 0) await sleep(random.int(0, faults.latency_ms));
    if (strikes(faults.reset_before)) return reset(c), lost('reset_before');
    if (strikes(faults.timeout_before)) {
      await hang(c, faults.timeout_ms);
      return reset(c), lost('timeout_before');
    }
    const injected = strikes(faults.rate_429)
      ? tooMany(50, ctx.clock.speed === 1 ? 1 : 1 / ctx.clock.speed)
      : strikes(faults.rate_5xx)
        ? refuse(2200, 'Internal Error', { status: 500 })
        : refusal(c, api);
    if (injected) {
      stats.call(api, injected.code);
      return fail(c, injected);
    }

    await next();

    if (strikes(faults.reset_after)) {
      reset(c);
      c.res = lost('reset_after');
    } else if (strikes(faults.timeout_after)) {
      stats.call(api, 'timeout_after');
      await hang(c, faults.timeout_ms);
    } else {
      stats.call(api, c.get('code') ?? c.res.status);
    }
  });
}

const tooMany = (limit: number, resetSec: number): Refusal =>
  refuse(99991400, 'request trigger frequency limit', {
    status: 429,
    headers: { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSec) },
  });

function reset(c: Call): void {
  c.env.outgoing.socket?.resetAndDestroy();
}

/** Waits, at most until the caller gives up; 0 ms = for ever. */
function hang(c: Call, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms > 0 ? setTimeout(resolve, ms) : undefined;
    c.env.outgoing.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
